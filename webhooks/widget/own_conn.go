package widget

import (
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// ownConn is the connection of a stream, taken from the server: what the server
// keeps for a request, and its buffers, are more than a stream needs.
type ownConn struct{ net.Conn }

// takeOver takes the connection of a request and writes the head of the answer,
// which lasts until the connection closes.
func takeOver(c echo.Context) (ownConn, error) {
	conn, _, err := http.NewResponseController(c.Response().Writer).Hijack()
	if err != nil {
		return ownConn{}, err
	}
	c.Response().Committed = true
	var head strings.Builder
	head.WriteString("HTTP/1.1 200 OK\r\nConnection: close\r\nDate: " + time.Now().UTC().Format(http.TimeFormat) + "\r\n")
	c.Response().Header().Write(&head)
	own := ownConn{conn}
	if err := own.write(head.String() + "\r\n"); err != nil {
		conn.Close()
		return ownConn{}, err
	}
	return own, nil
}

func (o ownConn) write(text string) error {
	if err := o.SetWriteDeadline(time.Now().Add(writeTime)); err != nil {
		return err
	}
	_, err := io.WriteString(o, text)
	return err
}

// gone tells whether the reader has closed the connection; what it sends is of no
// interest. It takes a millisecond.
func (o ownConn) gone() bool {
	if err := o.SetReadDeadline(time.Now().Add(time.Millisecond)); err != nil {
		return true
	}
	for some := make([]byte, 64); ; {
		if _, err := o.Read(some); err != nil {
			return !errors.Is(err, os.ErrDeadlineExceeded)
		}
	}
}
