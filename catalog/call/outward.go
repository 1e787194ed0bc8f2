package call

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"
)

// ErrInward means that an address leads into a network of our own, where what
// comes from outside may not send us.
var ErrInward = errors.New("the address leads into a private network")

const (
	mostHops = 5 // redirections that are followed
	dialTime = 10 * time.Second
)

// Outward returns a client for addresses that come from data, or lead on to such.
// It connects to the open network only: what a name stands for is looked at when
// the connection is made, for every redirection anew. own are hosts of the
// shopkeeper's network that may be asked all the same: names or IP addresses,
// without ports.
func Outward(patience time.Duration, own ...string) *http.Client {
	open := &net.Dialer{Timeout: dialTime, Control: outwards}
	inward := &net.Dialer{Timeout: dialTime}
	transport := &http.Transport{
		// No proxy: it would make the connections that are looked at here.
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			host, _, err := net.SplitHostPort(address)
			if err == nil && slices.ContainsFunc(own, func(o string) bool { return strings.EqualFold(o, host) }) {
				return inward.DialContext(ctx, network, address)
			}
			return open.DialContext(ctx, network, address)
		},
		ForceAttemptHTTP2: true, TLSHandshakeTimeout: dialTime, IdleConnTimeout: time.Minute, MaxResponseHeaderBytes: 64 << 10,
	}
	return &http.Client{Timeout: patience, Transport: transport, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		switch {
		case len(via) > mostHops:
			return fmt.Errorf("more than %d redirections", mostHops)
		case r.URL.Scheme != "https" && via[0].URL.Scheme == "https":
			return errors.New("the address leads from https to http")
		}
		return nil
	}}
}

// outwards refuses a connection into a private network. It is asked for every
// address that a name stands for.
func outwards(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("connect to %s: %w", address, err)
	}
	if !open(at.Addr()) {
		return ErrInward
	}
	return nil
}

// inner are networks that nobody reaches from outside, or that hide an IPv4
// address: RFC 6890 and the registries of special addresses at IANA.
var inner = func() (all []netip.Prefix) {
	for _, p := range []string{
		"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
		"192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
		"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
	} {
		all = append(all, netip.MustParsePrefix(p))
	}
	return all
}()

// globalIPv6 is all of IPv6 that is given to anybody in the open network.
var globalIPv6 = netip.MustParsePrefix("2000::/3")

func open(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	return (a.Is4() || globalIPv6.Contains(a)) && !slices.ContainsFunc(inner, func(p netip.Prefix) bool { return p.Contains(a) })
}

// OwnHost is the host of an address when it is written as one of our own network:
// localhost or a private IP address. Who writes so means it. Otherwise it is "".
func OwnHost(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	at, err := netip.ParseAddr(u.Hostname())
	if u.Hostname() == "localhost" || err == nil && !open(at) {
		return u.Hostname()
	}
	return ""
}
