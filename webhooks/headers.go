package webhooks

import (
	"crypto/rand"
	"maps"
	"net/http"

	"github.com/labstack/echo/v4"
)

// policy lets a page load only what this server serves, and pictures of shops
// from elsewhere.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: https:; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// security are the security headers of every answer.
var security = http.Header{
	echo.HeaderContentSecurityPolicy: {policy},
	echo.HeaderXContentTypeOptions:   {"nosniff"},
	echo.HeaderXFrameOptions:         {"DENY"},
	echo.HeaderReferrerPolicy:        {"strict-origin-when-cross-origin"},
	"Permissions-Policy":             {"camera=(), geolocation=(), microphone=(), payment=()"},
	"Cross-Origin-Opener-Policy":     {"same-origin"},
}

// headers sets the security headers; a room that needs others sets its own.
func headers(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		maps.Copy(h, security)
		if c.Scheme() == "https" {
			h.Set(echo.HeaderStrictTransportSecurity, "max-age=31536000")
		}
		return next(c)
	}
}

// requestID gives every answer an id of its own; the log has the same.
func requestID(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set(echo.HeaderXRequestID, rand.Text())
		return next(c)
	}
}
