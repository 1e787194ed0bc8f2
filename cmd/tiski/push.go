package main

import (
	"time"

	"tiski/catalog/call"
	"tiski/webhooks/console"
)

// pushPatience is how long a browser's push service may take to answer.
const pushPatience = 10 * time.Second

// newPush calls staff whose console is closed. Where their browsers say that they
// are called is not to be trusted: only the open network is.
func newPush(secret []byte, contact string) (*console.Push, error) {
	return console.NewPush(secret, contact, call.Outward(pushPatience))
}
