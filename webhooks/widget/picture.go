package widget

import (
	"errors"
	"io/fs"
	"net/http"
	"regexp"

	"github.com/labstack/echo/v4"

	"tiski/catalog"
)

var sixDigits = regexp.MustCompile(`^[0-9A-Fa-f]{6}$`)

// picture serves a picture of the shop, a drawing painted: /images/takki.svg?color=1f2f55.
func (d *Door) picture(c echo.Context) error {
	name, color := c.Param("name"), c.QueryParam("color")
	if !catalog.IsImage(name) || color != "" && !sixDigits.MatchString(color) {
		return echo.ErrNotFound
	}
	data, kind, err := d.Picture(name, color)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return echo.ErrNotFound
	}
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set(echo.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	h.Set(echo.HeaderCacheControl, "public, max-age=604800")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	return c.Blob(http.StatusOK, kind, data)
}
