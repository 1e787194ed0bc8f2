//go:build linux

package faulttest

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"time"

	"tiski/webhooks"
)

// crowdDoors keeps the places at the doors of all nodes taken, by twice as many
// senders of whom nothing but the head of a request comes, until some have been
// refused. Whom they leave no place must come again.
func crowdDoors(s *site) error {
	within(500*time.Millisecond, time.Second)
	ctx, enough := context.WithCancel(s.t.Context())
	defer enough()
	var all sync.WaitGroup
	for _, n := range s.nodes {
		n.ready(s.t)
		at := strings.TrimPrefix(*n.base.Load(), "http://")
		for _, head := range []string{
			"/widget/v1/session HTTP/1.1\r\n",
			"/webhooks/telegram HTTP/1.1\r\nX-Telegram-Bot-Api-Secret-Token: " + secret + "\r\n",
		} {
			for range 2 * webhooks.AtOnce() {
				all.Go(func() {
					for ctx.Err() == nil {
						begin("POST "+head+"Host: shop\r\nContent-Length: 2\r\n\r\n", at)
					}
				})
			}
		}
	}
	refused := 0
	for until := time.Now().Add(time.Minute); refused < 10 && time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
		if at := s.at(); at != "" && strings.Contains(begin("POST /widget/v1/messages HTTP/1.1\r\nHost: shop\r\nContent-Length: 0\r\n\r\n", strings.TrimPrefix(at, "http://")), " 503 ") {
			refused++
		}
	}
	enough()
	all.Wait()
	if refused == 0 {
		return errors.New("the doors were never crowded")
	}
	return nil
}

// begin sends what there is of a request, waits three seconds at most, and returns
// the first line of the answer.
func begin(request, at string) string {
	c, err := net.Dial("tcp", at)
	if err != nil {
		return ""
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(3 * time.Second))
	io.WriteString(c, request)
	answer, _ := bufio.NewReader(c).ReadString('\n')
	return answer
}
