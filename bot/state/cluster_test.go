package state

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// cluster is a Redis Cluster of three masters, with a replica each if wanted.
type cluster struct {
	servers []server // the masters first
	ids     []string // of the servers
}

type server struct {
	*redis.Client
	address string
	kill    func()
}

const slots = 16384

// url is the address of the Cluster, as Options take it.
func (c cluster) url() string {
	var all []string
	for _, s := range c.servers {
		all = append(all, s.address)
	}
	return "redis+cluster://" + strings.Join(all, ",")
}

// startCluster starts a Cluster of three masters and so many replicas of each.
func startCluster(t testing.TB, replicas int) cluster {
	t.Helper()
	var c cluster
	for i := range 3 + 3*replicas {
		_, bus, _ := net.SplitHostPort(freePort(t))
		s := serve(t, "--cluster-enabled", "yes", "--cluster-port", bus, "--cluster-node-timeout", "2000",
			"--cluster-replica-validity-factor", "0", "--repl-diskless-sync-delay", "0")
		if i < 3 {
			try(t, s.ClusterAddSlotsRange(t.Context(), i*slots/3, (i+1)*slots/3-1).Err())
		}
		if i > 0 {
			host, port, _ := net.SplitHostPort(s.address)
			try(t, c.servers[0].Do(t.Context(), "cluster", "meet", host, port, bus).Err())
		}
		id, err := s.Do(t.Context(), "cluster", "myid").Text()
		try(t, err)
		c.servers, c.ids = append(c.servers, s), append(c.ids, id)
	}
	settled := func() {
		for _, s := range c.servers {
			eventually(t, "the Cluster", func(ctx context.Context) bool {
				info := s.ClusterInfo(ctx).Val()
				return strings.Contains(info, "cluster_state:ok") && strings.Contains(info, fmt.Sprint("cluster_known_nodes:", len(c.servers)))
			})
		}
	}
	settled()
	for i, s := range c.servers[3:] {
		try(t, s.ClusterReplicate(t.Context(), c.ids[i%3]).Err())
		follows(t, s)
	}
	settled()
	return c
}

// startSentinel starts a master, a replica and three Sentinels that watch them,
// and returns the master and the Sentinels' address.
func startSentinel(t testing.TB) (master server, url string) {
	t.Helper()
	master = serve(t, "--repl-diskless-sync-delay", "0")
	host, port, _ := net.SplitHostPort(master.address)
	follows(t, serve(t, "--replicaof", host+" "+port))
	var all []string
	for range 3 {
		file := filepath.Join(t.TempDir(), "sentinel.conf")
		text := fmt.Sprintf("sentinel monitor shop %s %s 2\nsentinel down-after-milliseconds shop 1000\nsentinel failover-timeout shop 5000\n", host, port)
		try(t, os.WriteFile(file, []byte(text), 0o600))
		all = append(all, serve(t, file, "--sentinel").address)
	}
	for _, address := range all {
		sentinel := redis.NewSentinelClient(&redis.Options{Addr: address, MaintNotificationsConfig: quiet})
		defer sentinel.Close()
		eventually(t, "the Sentinels", func(ctx context.Context) bool {
			known := sentinel.Master(ctx, "shop").Val()
			return known["num-slaves"] == "1" && known["num-other-sentinels"] == "2"
		})
	}
	return master, "redis+sentinel://" + strings.Join(all, ",") + "/0?master_name=shop"
}

func serve(t testing.TB, settings ...string) server {
	t.Helper()
	address, kill := startServer(t, settings...)
	client := redis.NewClient(&redis.Options{Addr: address, MaintNotificationsConfig: quiet})
	t.Cleanup(func() { client.Close() })
	return server{client, address, kill}
}

// follows waits until a replica has all that its master has.
func follows(t testing.TB, s server) {
	t.Helper()
	eventually(t, "a replica", func(ctx context.Context) bool {
		return strings.Contains(s.Info(ctx, "replication").Val(), "master_link_status:up")
	})
}

func try(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestCluster(t *testing.T) {
	t.Parallel()
	run(t, opening(startCluster(t, 0).url()))
}

// TestClusterLosesAMaster kills a master of a Cluster while conversations go on.
// A replica takes its place; at most what was said since replication was last
// known to be complete is lost, and nothing is doubled.
func TestClusterLosesAMaster(t *testing.T) {
	t.Parallel()
	c := startCluster(t, 1)
	w := startWorkers(t, opening(c.url()))
	w.more(5)
	since := complete(t, c.servers[0])
	c.servers[0].kill()
	w.more(5)
	w.check(since)
}

// TestSentinelReplacesTheMaster is the same with Sentinels.
func TestSentinelReplacesTheMaster(t *testing.T) {
	t.Parallel()
	master, url := startSentinel(t)
	w := startWorkers(t, opening(url))
	w.more(5)
	since := complete(t, master)
	master.kill()
	w.more(5)
	w.check(since)
}

// complete waits until a replica has all that its master has had before, and
// returns when that was asked.
func complete(t testing.TB, master server) time.Time {
	t.Helper()
	now := time.Now()
	eventually(t, "replication", func(ctx context.Context) bool {
		var replicas *redis.Cmd
		_, err := master.Pipelined(ctx, func(p redis.Pipeliner) error {
			p.Ping(ctx) // WAIT waits for what was written until the connection's command before it
			replicas = p.Do(ctx, "WAIT", 1, time.Second.Milliseconds())
			return nil
		})
		n, _ := replicas.Int()
		return err == nil && n >= 1
	})
	return now
}

// TestSlotsMove moves every partition to another server of a Cluster, and back,
// while its conversations go on. Nothing is lost.
func TestSlotsMove(t *testing.T) {
	t.Parallel()
	c := startCluster(t, 0)
	w := startWorkers(t, opening(c.url()))
	w.more(2)
	for range 2 {
		for p := range w.nodes[0].partitions {
			slot, err := c.servers[0].ClusterKeySlot(t.Context(), w.nodes[0].base(p)).Result()
			try(t, err)
			c.move(t, slot)
		}
		w.more(2)
	}
	w.check(time.Now())
}

// move moves a slot with its keys to the next server.
func (c cluster) move(t testing.TB, slot int64) {
	t.Helper()
	from := -1
	for i, s := range c.servers {
		nodes := s.ClusterNodes(t.Context()).Val()
		if owns(nodes, slot) {
			from = i
		}
	}
	if from < 0 {
		t.Fatalf("nobody has slot %d", slot)
	}
	to := (from + 1) % len(c.servers)
	try(t, c.servers[to].Do(t.Context(), "cluster", "setslot", slot, "importing", c.ids[from]).Err())
	try(t, c.servers[from].Do(t.Context(), "cluster", "setslot", slot, "migrating", c.ids[to]).Err())
	host, port, _ := net.SplitHostPort(c.servers[to].address)
	for {
		keys, err := c.servers[from].ClusterGetKeysInSlot(t.Context(), int(slot), 20).Result()
		try(t, err)
		if len(keys) == 0 {
			break
		}
		args := []any{"migrate", host, port, "", 0, 5000, "keys"}
		for _, k := range keys {
			args = append(args, k)
		}
		try(t, c.servers[from].Do(t.Context(), args...).Err())
	}
	// Its new owner takes the highest epoch that it knows of, plus one. Were the old
	// owner's higher yet, what that said last would give the slot back.
	eventually(t, "the epochs", func(ctx context.Context) bool {
		known := epochs(c.servers[to].ClusterNodes(ctx).Val())
		for i, s := range c.servers {
			if own := epochs(s.ClusterNodes(ctx).Val())[c.ids[i]]; own == "" || known[c.ids[i]] != own {
				return false
			}
		}
		return true
	})
	for _, i := range []int{to, from, 3 - to - from} {
		try(t, c.servers[i].Do(t.Context(), "cluster", "setslot", slot, "node", c.ids[to]).Err())
	}
}

// epochs reads from CLUSTER NODES the configuration epoch of each server, by its id.
func epochs(nodes string) map[string]string {
	of := map[string]string{}
	for line := range strings.Lines(nodes) {
		if fields := strings.Fields(line); len(fields) >= 8 {
			of[fields[0]] = fields[6]
		}
	}
	return of
}

// owns reads from CLUSTER NODES whether the server that was asked has a slot.
func owns(nodes string, slot int64) bool {
	for line := range strings.Lines(nodes) {
		fields := strings.Fields(line)
		if len(fields) < 8 || !strings.Contains(fields[2], "myself") {
			continue
		}
		for _, span := range fields[8:] {
			first, last, ranged := strings.Cut(span, "-")
			a, err := strconv.ParseInt(first, 10, 64)
			if err != nil {
				continue // a slot on its way
			}
			b := a
			if ranged {
				b, _ = strconv.ParseInt(last, 10, 64)
			}
			if slot >= a && slot <= b {
				return true
			}
		}
	}
	return false
}
