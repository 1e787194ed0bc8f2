package main

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"tiski/catalog/call"
)

func TestPushesGoOutward(t *testing.T) {
	t.Parallel()
	inside := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("our own network is asked") }))
	defer inside.Close()
	push, err := newPush([]byte(doorSecret), "shop@shop.example")
	if err != nil {
		t.Fatal(err)
	}
	answer, err := push.HTTP.Post(inside.URL+"/push", "application/octet-stream", nil)
	if err == nil {
		answer.Body.Close()
	}
	if !errors.Is(err, call.ErrInward) {
		t.Errorf("a push service inside: %v", err)
	}
}
