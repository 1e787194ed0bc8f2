package catalog

import (
	"errors"
	"net/url"
)

// WithoutAddress takes the address, which may hold a key, out of the error of a call
// of a system outside.
func WithoutAddress(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}
