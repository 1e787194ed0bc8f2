package state

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"
)

func TestAddress(t *testing.T) {
	t.Parallel()
	addresses := func(url string) (kind string, hosts []string) {
		client, err := dial(url)
		if err != nil {
			t.Fatalf("%s: %v", url, err)
		}
		defer client.Close()
		switch c := client.(type) {
		case *redis.ClusterClient:
			return "cluster " + c.Options().Username, c.Options().Addrs
		case *redis.Client:
			o := c.Options()
			if o.TLSConfig != nil {
				kind = "secret "
			}
			return kind + o.Username, []string{o.Addr}
		}
		return "", nil
	}
	for url, want := range map[string][]string{
		"redis://u:p@h:6380/2":                        {"u", "h:6380"},
		"rediss://h:6380?read_timeout=2s":             {"secret ", "h:6380"},
		"unix:///run/redis.sock":                      {"", "/run/redis.sock"},
		"redis+cluster://h:7000":                      {"cluster ", "h:7000"},
		"redis+cluster://u:p@a:1,b:2,c:3?pool_size=5": {"cluster u", "a:1", "b:2", "c:3"},
		"rediss+cluster://a:1,b:2/":                   {"cluster ", "a:1", "b:2"},
		"redis+sentinel://a:1,b:2/0?master_name=x":    {"", "FailoverClient"},
	} {
		kind, hosts := addresses(url)
		if kind != want[0] || !slices.Equal(slices.Sorted(slices.Values(hosts)), want[1:]) {
			t.Errorf("%s: %q %q", url, kind, hosts)
		}
	}
}

func TestAddressRefused(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]string{
		"localhost:6379":              "must begin with",
		"http://h":                    "must begin with",
		"redis+ring://h":              "+ring is unknown",
		"redis://h?no_such=1":         "no_such",
		"redis+cluster://h?no_such=1": "no_such",
		"redis+sentinel://h:1":        "master_name",
		"redis+sentinel://h:1/x":      "address of Redis",
		"redis://u:salaisuus%@h":      "%25",
	} {
		_, err := Open(t.Context(), Options{URL: url})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "salaisuus") {
			t.Errorf("%s: %v, want %q", url, err, want)
		}
	}
}

func TestOpenRefused(t *testing.T) {
	t.Parallel()
	for what, o := range map[string]Options{
		"a brace in the prefix": {Prefix: "a{b"},
		"a star in the prefix":  {Prefix: "a*"},
		"no partitions":         {Partitions: -1},
		"too many partitions":   {Partitions: maxPartitions + 1},
	} {
		if s, err := Open(t.Context(), o); err == nil {
			s.Close()
			t.Errorf("%s is accepted", what)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := Open(ctx, Options{URL: "redis://127.0.0.1:1"}); err == nil || !strings.Contains(err.Error(), "reach Redis") {
		t.Errorf("nobody answers: %v", err)
	}
}
