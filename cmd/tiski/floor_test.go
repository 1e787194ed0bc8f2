package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
	"github.com/redis/go-redis/v9"
)

// floorRedis names the setting with which the test's own program becomes the
// floor: the least that a server can do which answers a message and keeps
// something of it in the Redis at that address.
const floorRedis = "FLOOR_REDIS"

// keptBytes is about what a conversation's state takes.
const keptBytes = 1000

// floorServer answers /trips after a GET and a SET, two trips to Redis, and
// /script after one script that does both.
func floorServer(url string) error {
	o, err := redis.ParseURL(url)
	if err != nil {
		return err
	}
	client := redis.NewClient(o)
	both := redis.NewScript(`local was = redis.call('GET', KEYS[1]); redis.call('SET', KEYS[1], ARGV[1]); return was`)
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	var kept = strings.Repeat("s", keptBytes)
	serve := func(path string, keep func(ctx context.Context, key string) error) {
		e.POST(path, func(c echo.Context) error {
			var in struct{ ID, Text string }
			if err := c.Bind(&in); err != nil {
				return err
			}
			if err := keep(c.Request().Context(), "floor:"+c.Request().Header.Get("Authorization")); err != nil {
				return err
			}
			return c.JSON(http.StatusOK, map[string]any{"messages": []map[string]string{{"text": in.Text}}})
		})
	}
	serve("/trips", func(ctx context.Context, key string) error {
		if err := client.Get(ctx, key).Err(); err != nil && err != redis.Nil {
			return err
		}
		return client.Set(ctx, key, kept, 0).Err()
	})
	serve("/script", func(ctx context.Context, key string) error {
		if err := both.Run(ctx, client, []string{key}, kept).Err(); err != nil && err != redis.Nil {
			return err
		}
		return nil
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(l.Addr())
	go http.Serve(l, e)
	_, err = io.Copy(io.Discard, os.Stdin) // it ends with who started it
	return err
}

// floor starts the floor and returns its address and process.
func floor(t testing.TB, redisURL string) (addr string, pid int) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), floorRedis+"="+redisURL)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	if _, err := fmt.Fscanln(out, &addr); err != nil {
		t.Fatalf("the floor did not start: %v", err)
	}
	return addr, cmd.Process.Pid
}
