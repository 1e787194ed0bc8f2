package widget

import (
	"io"
	"net"
	"testing"
)

// A reader who sends what nobody asked for is still there, and one who has closed is not.
func TestGone(t *testing.T) {
	t.Parallel()
	door, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer door.Close()
	reader, err := net.Dial("tcp", door.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	conn, err := door.Accept()
	if err != nil {
		t.Fatal(err)
	}
	own := ownConn{conn}
	defer own.Close()
	if own.gone() {
		t.Error("a silent reader is taken for gone")
	}
	if _, err := io.WriteString(reader, "GET / HTTP/1.1\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if own.gone() {
		t.Error("a reader who sends is taken for gone")
	}
	if err := own.write("still here"); err != nil {
		t.Fatal(err)
	}
	heard := make([]byte, len("still here"))
	if _, err := io.ReadFull(reader, heard); err != nil || string(heard) != "still here" {
		t.Fatalf("the reader hears %q, %v", heard, err)
	}
	reader.Close()
	for range 1000 { // it takes the network a moment
		if own.gone() {
			return
		}
	}
	t.Error("a reader who has closed is taken for there")
}
