package main

import "context"

// doors are the channels and pages, ready to run.
type doors struct {
	base string // address of this program, without a slash at the end
	run  []func(context.Context) error
}

// wire is the one list of channels, shops and payments.
func wire(h *house, addr string) (*doors, error) {
	return &doors{base: "http://" + addr}, nil
}
