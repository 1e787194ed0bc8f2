package widget

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// The sources of the widget are in ui; what browsers get is in built, made of
// them by
//
//go:generate go test -run TestBuilt -rewrite .
//go:embed built
var built embed.FS

// asset serves an embedded file, compressed as the browser takes it; brotli
// when a file with .br stands beside it. Browsers ask each time whether it has
// changed, unless the address names its version.
func asset(from fs.ReadFileFS, name, kind string) echo.HandlerFunc {
	content, err := from.ReadFile(name)
	if err != nil {
		panic(err) // the file is part of the program
	}
	codings := []coding{{"gzip", gzipped(content)}, {"", content}}
	if br, err := from.ReadFile(name + ".br"); err == nil {
		codings = append([]coding{{"br", br}}, codings...)
	}
	now := version(content)
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set(echo.HeaderContentType, kind+"; charset=utf-8")
		h.Set(echo.HeaderCacheControl, "no-cache")
		if c.Request().URL.RawQuery == now {
			h.Set(echo.HeaderCacheControl, "public, max-age=31536000, immutable")
		}
		h.Add(echo.HeaderVary, echo.HeaderAcceptEncoding)
		// A shop's page is of another origin than the widget.
		h.Set(echo.HeaderAccessControlAllowOrigin, "*")
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		for _, coding := range codings {
			if coding.name != "" && !accepts(c.Request().Header.Get(echo.HeaderAcceptEncoding), coding.name) {
				continue
			}
			if coding.name != "" {
				h.Set(echo.HeaderContentEncoding, coding.name)
			}
			h.Set("ETag", strconv.Quote(now+coding.name))
			http.ServeContent(c.Response(), c.Request(), name, time.Time{}, bytes.NewReader(coding.content))
			break
		}
		return nil
	}
}

// coding is a file as it goes over the line; the name is that of HTTP.
type coding struct {
	name    string
	content []byte
}

func gzipped(content []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	w.Write(content)
	w.Close()
	return b.Bytes()
}

// accepts says whether an Accept-Encoding names a coding and does not weigh it 0.
func accepts(header, coding string) bool {
	for one := range strings.SplitSeq(header, ",") {
		name, weight, _ := strings.Cut(one, ";")
		if strings.EqualFold(strings.TrimSpace(name), coding) {
			_, q, weighed := strings.Cut(weight, "=")
			least, err := strconv.ParseFloat(strings.TrimSpace(q), 64)
			return !weighed || err == nil && least > 0
		}
	}
	return false
}

// version names what a file contains.
func version(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:8])
}
