package bot

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"tiski/catalog"
)

// Bell calls staff who are not at the console.
type Bell interface {
	// Ring tells that customers wait whom nobody has looked at. It tells nothing
	// of who they are or what they said.
	Ring(ctx context.Context, u Unseen) error
}

// Unseen is how many customers wait whom nobody has looked at.
type Unseen struct {
	ID      string // of this ringing
	Waiting int
	Longest time.Duration // of opening hours that one of them has waited
}

// Lookouts knows whom staff have looked at (package store keeps what they do).
type Lookouts interface {
	// Looked reports whether anybody of the staff has opened a conversation since
	// a moment.
	Looked(ctx context.Context, conversation string, since time.Time) (bool, error)
}

// Leases let one of all nodes do something.
type Leases interface {
	Lease(ctx context.Context, name, holder string, life time.Duration) (bool, error)
	Release(ctx context.Context, name, holder string) error
}

// How the alarm goes.
const (
	alarmPause = 30 * time.Second
	alarmLooks = 200                 // conversations looked at each time
	alarmLife  = 14 * 24 * time.Hour // for which it is known that an alarm was given
)

// Alarm rings once for every customer who has waited unseen for too long while
// customer service is open and somebody is there. Any number of nodes may run it.
type Alarm struct {
	Desks  func(ctx context.Context, limit int) ([]Desk, error)
	Looked Lookouts
	Here   func(ctx context.Context) (bool, error) // whether anybody of the staff is; nobody is called who is away
	Leases Leases
	Bells  []Bell
	Shop   func() *catalog.Shop // says when it is open, and how long is too long
	Clock  func() time.Time
	Log    *slog.Logger
}

// Run rings when it must until ctx ends.
func (a *Alarm) Run(ctx context.Context) error {
	return repeat(ctx, alarmPause, a.Once, a.Log, "staff cannot be called")
}

// Once rings for those who wait unseen now. A ringing that no bell took is tried
// again the next time.
func (a *Alarm) Once(ctx context.Context) error {
	shop, now := a.Shop(), a.Clock()
	if len(a.Bells) == 0 || !shop.Hours.ServiceOpen(now) {
		return nil
	}
	if here, err := a.Here(ctx); err != nil || !here {
		return err
	}
	desks, err := a.Desks(ctx, alarmLooks)
	if err != nil {
		return err
	}
	ring := Unseen{ID: rand.Text()}
	var names []string
	var faults []error
	for _, d := range desks {
		if d.Waiting.IsZero() {
			continue
		}
		waited := now.Sub(shop.Hours.NextOpen(d.Waiting))
		if waited < shop.Service.Alarm {
			continue
		}
		looked, err := a.Looked.Looked(ctx, d.Conversation, d.Waiting)
		if err != nil {
			faults = append(faults, fmt.Errorf("see who looked at %s: %w", d.Conversation, err))
			break
		}
		if looked {
			continue
		}
		name := "alarm:" + d.Conversation + ":" + strconv.FormatInt(d.Waiting.UnixMilli(), 10)
		ours, err := a.Leases.Lease(ctx, name, ring.ID, alarmLife)
		if err != nil {
			faults = append(faults, err)
			break
		}
		if ours {
			names = append(names, name)
			ring.Waiting, ring.Longest = ring.Waiting+1, max(ring.Longest, waited)
		}
	}
	if ring.Waiting > 0 {
		faults = append(faults, a.ring(ctx, ring, names))
	}
	return errors.Join(faults...)
}

// ring rings every bell. One that takes it is enough.
func (a *Alarm) ring(ctx context.Context, u Unseen, names []string) error {
	var faults []error
	for _, bell := range a.Bells {
		if err := bell.Ring(ctx, u); err != nil {
			faults = append(faults, err)
		}
	}
	a.Log.Info("customers wait unseen", "waiting", u.Waiting, "longest", u.Longest.String())
	if len(faults) == len(a.Bells) {
		ctx := context.WithoutCancel(ctx) // the program may be stopping
		for _, name := range names {
			faults = append(faults, a.Leases.Release(ctx, name, u.ID))
		}
	}
	return errors.Join(faults...)
}
