package call

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"
)

func TestTheOpenNetwork(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"93.184.216.34": true, "1.1.1.1": true, "172.15.255.255": true, "172.32.0.0": true, "100.63.255.255": true, "100.128.0.0": true, "2a00:1450:4001::1": true, "2606:4700::1111": true,
		"127.0.0.1": false, "127.255.255.254": false, "0.0.0.0": false, "0.1.2.3": false, "10.0.0.1": false, "172.16.0.1": false, "172.31.255.255": false, "192.168.1.1": false,
		"169.254.169.254": false, "100.64.0.1": false, "100.127.255.255": false, "192.0.0.8": false, "198.18.0.1": false, "198.19.255.255": false, "224.0.0.1": false, "255.255.255.255": false,
		"::": false, "::1": false, "fe80::1": false, "fe80::1%eth0": false, "fc00::1": false, "fd12:3456::1": false, "fec0::1": false, "ff02::1": false, "2001:db8::1": false,
		"::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::ffff:169.254.169.254": false, "::ffff:93.184.216.34": true, "::127.0.0.1": false,
		"64:ff9b::a00:1": false, "64:ff9b:1::a00:1": false, "2002:7f00:1::": false, "2002:a00:1::": false, "2001:0:4136:e378:8000:63bf:3fff:fdd2": false,
	} {
		if got := open(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}

// Ways to write an address of our own; all are looked at after they are resolved.
func TestInwardAddresses(t *testing.T) {
	t.Parallel()
	asked := false
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	t.Cleanup(server.Close)
	_, port, _ := strings.Cut(strings.TrimPrefix(server.URL, "http://"), ":")
	for _, host := range []string{"127.0.0.1", "localhost", "LOCALHOST", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "[::]", "169.254.169.254", "[fd00::1]", "10.255.255.1"} {
		r, err := Outward(time.Minute, "elsewhere.example").Get("http://" + host + ":" + port + "/")
		if err == nil {
			r.Body.Close()
		}
		if !errors.Is(err, ErrInward) {
			t.Errorf("%s: %v", host, err)
		}
	}
	if asked {
		t.Error("our own network was asked")
	}
}

func TestRedirectionsAreLookedAt(t *testing.T) {
	t.Parallel()
	inside := false
	private := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { inside = true }))
	t.Cleanup(private.Close)
	_, port, _ := strings.Cut(strings.TrimPrefix(private.URL, "http://"), ":")
	hops := http.NewServeMux()
	hops.HandleFunc("/in", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://localhost:"+port+"/", http.StatusFound)
	})
	hops.HandleFunc("/round", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/round", http.StatusFound) })
	hops.HandleFunc("/file", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
	})
	hops.HandleFunc("/on", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/end", http.StatusFound) })
	hops.HandleFunc("/end", func(http.ResponseWriter, *http.Request) {})
	server := httptest.NewServer(hops)
	t.Cleanup(server.Close)
	client := Outward(time.Minute, OwnHost(server.URL))
	for path, fits := range map[string]bool{"/in": false, "/round": false, "/file": false, "/on": true} {
		r, err := client.Get(server.URL + path)
		if err == nil {
			r.Body.Close()
		}
		if (err == nil) != fits || path == "/in" && !errors.Is(err, ErrInward) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if inside {
		t.Error("a redirection led inside")
	}
	secure := httptest.NewTLSServer(http.RedirectHandler(server.URL+"/end", http.StatusFound))
	t.Cleanup(secure.Close)
	client.Transport = secure.Client().Transport
	if _, err := client.Get(secure.URL); err == nil || !strings.Contains(err.Error(), "https to http") {
		t.Errorf("from https to http: %v", err)
	}
}

func TestOwnHosts(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"http://localhost:8000/feed.xml": "localhost", "http://192.168.1.5/feed.xml": "192.168.1.5", "http://[::1]:80/": "::1",
		"https://shop.example/feed.xml": "", "https://93.184.216.34/": "", "https://localhost.example/": "", "://": "", "feed.xml": "",
	} {
		if got := OwnHost(address); got != want {
			t.Errorf("%s: %q", address, got)
		}
	}
}
