package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

const readyPatience = 3 * time.Second

// ready is `tiski ready`: an error unless the program that listens at an address
// of this machine can handle messages. For checks of containers without a shell.
func ready(ctx context.Context, args []string, _ io.Reader, out io.Writer) error {
	f := flags("ready")
	addr := f.String("addr", ":8080", "address that it listens at")
	if err := parse(f, args); err != nil {
		return err
	}
	host, port, err := net.SplitHostPort(*addr)
	if err != nil {
		return fmt.Errorf("-addr: %w", err)
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	ctx, cancel := context.WithTimeout(ctx, readyPatience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/readyz", nil)
	if err != nil {
		return fmt.Errorf("-addr: %w", err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("ask whether it is ready: %w", err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("it is not ready: %s", answer.Status)
	}
	_, err = fmt.Fprintln(out, "ready")
	return err
}
