package main

import (
	"context"
	"os"
	"runtime/debug"
	measured "runtime/metrics"
	"time"
)

// How much garbage may lie about, in percent of what is in use, and when. Collecting
// takes a tenth of the work of a message at 100 %, and whoever writes meanwhile waits;
// at 400 % it takes a fortieth.
const (
	calmGarbage = 50
	busyGarbage = 400
	busyFrom    = 16 << 20 // bytes allocated in a second
	calmBelow   = 8 << 20
	calmSeconds = 3 // in a row
)

// garbage decides how much of it may lie about. The program is busy when it starts.
type garbage struct {
	allocated uint64 // bytes since the start, at the last look
	calm      int    // seconds in a row
}

// look is told each second how many bytes have been allocated since the start. It
// returns what percentage is to be set, 0 for the same as before.
func (g *garbage) look(allocated uint64) int {
	within := allocated - g.allocated
	g.allocated = allocated
	was := g.calm
	switch {
	case within >= busyFrom:
		g.calm = 0
	case within < calmBelow || was >= calmSeconds:
		g.calm = min(was+1, calmSeconds)
	default:
		g.calm = 0
	}
	switch {
	case was < calmSeconds && g.calm == calmSeconds:
		return calmGarbage
	case was == calmSeconds && g.calm < calmSeconds:
		return busyGarbage
	}
	return 0
}

// clearUp looks after the garbage until the context ends, and gives back what a busy
// time needed when it is over. Where GOGC is set, that holds.
func clearUp(ctx context.Context) error {
	if os.Getenv("GOGC") != "" {
		return nil
	}
	g, sample := &garbage{}, []measured.Sample{{Name: "/gc/heap/allocs:bytes"}}
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		measured.Read(sample)
		percent := g.look(sample[0].Value.Uint64())
		if percent != 0 {
			debug.SetGCPercent(percent)
		}
		if percent == calmGarbage {
			debug.FreeOSMemory()
		}
	}
}
