package state

import (
	"fmt"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// quiet keeps the client from asking for notices that only some hosted Redis give.
var quiet = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}

// clusterLook is how old the picture of who serves which slots in a Cluster may
// get: so long a replica that has taken a dead master's place may go unnoticed.
const clusterLook = time.Second

// dial makes a client from an address as described at [Options]. Its errors do
// not repeat the address, which may hold a password.
func dial(address string) (redis.UniversalClient, error) {
	scheme, rest, _ := strings.Cut(address, "://")
	kind, plural := "", ""
	scheme, kind, _ = strings.Cut(scheme, "+")
	if scheme != "redis" && scheme != "rediss" && scheme != "unix" {
		return nil, fmt.Errorf("address of Redis: must begin with redis://, rediss://, unix://, redis+cluster:// or redis+sentinel://")
	}
	if kind != "" {
		rest, plural = several(rest)
	}
	plain := scheme + "://" + rest + plural

	switch kind {
	case "":
		o, err := redis.ParseURL(plain)
		if err != nil {
			return nil, unreadable(err)
		}
		o.ContextTimeoutEnabled, o.DisableIdentity, o.MaintNotificationsConfig = true, true, quiet
		return redis.NewClient(o), nil
	case "cluster":
		o, err := redis.ParseClusterURL(plain)
		if err != nil {
			return nil, unreadable(err)
		}
		o.ContextTimeoutEnabled, o.DisableIdentity, o.MaintNotificationsConfig = true, true, quiet
		o.ClusterStateReloadInterval = clusterLook
		return redis.NewClusterClient(o), nil
	case "sentinel":
		o, err := redis.ParseFailoverURL(plain)
		if err != nil {
			return nil, unreadable(err)
		}
		if o.MasterName == "" {
			return nil, fmt.Errorf("address of Redis: Sentinels need ?master_name=")
		}
		o.ContextTimeoutEnabled, o.DisableIdentity = true, true
		return redis.NewFailoverClient(o), nil
	}
	return nil, fmt.Errorf("address of Redis: +%s is unknown; it may be +cluster or +sentinel", kind)
}

// several takes "user@a:1,b:2/0?x=y" apart: the address with the first host
// only, and the other hosts as the parameters go-redis takes them by.
func several(rest string) (first, others string) {
	path := ""
	if i := strings.IndexAny(rest, "/?"); i >= 0 {
		rest, path = rest[:i], rest[i:]
	}
	hosts := strings.Split(rest, ",")
	mark := "?"
	if strings.Contains(path, "?") {
		mark = "&"
	}
	for _, h := range hosts[1:] {
		others += mark + "addr=" + h
		mark = "&"
	}
	return hosts[0] + path, others
}

func unreadable(err error) error {
	text := err.Error()
	if strings.Contains(text, "://") || strings.Contains(text, "@") {
		text = "cannot be read; characters like @ / : % in a password are written as %40 %2F %3A %25"
	}
	return fmt.Errorf("address of Redis: %s", text)
}
