package staff

import "errors"

// Errors of what staff do to orders.
var (
	ErrOften     = errors.New("done as often as it may be")
	ErrElsewhere = errors.New("the shop's own system has it")
)
