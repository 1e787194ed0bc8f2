package main

import (
	"context"
	"os"
	"runtime/debug"
	measured "runtime/metrics"
	"time"
)

// How much garbage may lie about, in percent of what is in use, and when. A message
// takes a tenth less work at 400 % than at 100 %, and the start a fifth less.
const (
	calmGarbage = 25
	busyGarbage = 400      // also at the start
	busyFrom    = 16 << 20 // bytes allocated in a second
	calmBelow   = 8 << 20
	calmSeconds = 3 // in a row
)

// garbage decides how much of it may lie about.
type garbage struct {
	allocated uint64 // bytes since the start, at the last look
	calm      int    // seconds in a row
	percent   int    // as it was set last; 0 at the start
}

// look is told each second how many bytes have been allocated since the start. It
// returns what percentage is to be set, 0 for the same as before.
func (g *garbage) look(allocated uint64) int {
	within := allocated - g.allocated
	g.allocated = allocated
	percent := g.percent
	switch {
	case within >= busyFrom:
		g.calm, percent = 0, busyGarbage
	case within < calmBelow:
		g.calm++
	case g.percent != calmGarbage:
		g.calm = 0
	}
	if g.calm == calmSeconds {
		percent = calmGarbage
	}
	if percent == g.percent {
		return 0
	}
	g.percent = percent
	return percent
}

// clearUp looks after the garbage until the context ends, and gives back what a busy
// time needed when it is over; rest is to let go of what can be had again. Where GOGC
// is set, that holds.
func clearUp(ctx context.Context, rest func()) error {
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
			rest()
			debug.FreeOSMemory()
		}
	}
}
