package catalog

import (
	"errors"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
)

var everyStatus = []Status{
	Draft, Shown, Placed, Awaiting, Paid, Handed, Packed, Shipped, Ready, Delivered, Closed,
	Cancelled, Expired, Refused, PartlyReturned, Returned, Refunded,
}

func TestTheLifeOfAnOrder(t *testing.T) {
	t.Parallel()
	may := map[Status]string{
		Draft:          "draft summary_shown",
		Shown:          "draft summary_shown placed",
		Placed:         "placed awaiting_payment paid handed packed shipped ready delivered cancelled refused",
		Awaiting:       "placed awaiting_payment paid cancelled expired refused",
		Paid:           "paid handed packed shipped ready delivered cancelled refused",
		Handed:         "handed packed shipped ready delivered cancelled refused",
		Packed:         "packed shipped ready delivered refused",
		Shipped:        "shipped ready delivered returned",
		Ready:          "ready delivered returned",
		Delivered:      "delivered closed partly_returned returned refunded",
		Closed:         "closed partly_returned returned refunded",
		Cancelled:      "cancelled refunded",
		Expired:        "paid expired refunded",
		Refused:        "refused refunded",
		PartlyReturned: "closed partly_returned returned refunded",
		Returned:       "returned refunded",
		Refunded:       "refunded",
		"lost":         "",
	}
	for from, want := range may {
		var got []string
		for _, to := range append(everyStatus, "lost") {
			err := from.Step(to)
			var illegal *IllegalStep
			switch {
			case err == nil:
				got = append(got, string(to))
			case !errors.As(err, &illegal) || illegal.From != string(from) || illegal.To != string(to):
				t.Errorf("%s to %s: %v", from, to, err)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("from %s\n got %s\nwant %s", from, strings.Join(got, " "), want)
		}
	}
}

// TestNobodyWaitsForGoodsUnpaid walks every way from a reservation: goods leave
// only by way of a payment, or of another way of paying.
func TestNobodyWaitsForGoodsUnpaid(t *testing.T) {
	t.Parallel()
	seen := map[Status]bool{Paid: true, Placed: true}
	var walk func(Status)
	walk = func(s Status) {
		seen[s] = true
		for _, to := range everyStatus {
			if s.Step(to) == nil && !seen[to] {
				walk(to)
			}
		}
	}
	walk(Awaiting)
	for _, s := range parcel {
		if seen[s] {
			t.Errorf("an order that awaits its payment gets to %s without it", s)
		}
	}
}

func TestTheLifeOfACase(t *testing.T) {
	t.Parallel()
	states := []CaseState{CaseOpen, CaseInstructed, CaseOnWay, CaseReceived, CaseRefunded, CaseReplaced, CaseRefused, CaseCancelled}
	for from, want := range map[CaseState]string{
		CaseOpen:       "open instructed on_way received refunded replaced refused cancelled",
		CaseInstructed: "instructed on_way received refused",
		CaseOnWay:      "on_way received refunded",
		CaseReceived:   "received refunded replaced refused",
		CaseRefunded:   "refunded",
		CaseReplaced:   "replaced",
		CaseRefused:    "refused",
		CaseCancelled:  "cancelled",
		"lost":         "",
	} {
		var got []string
		for _, to := range append(states, "lost") {
			if from.Step(to) == nil {
				got = append(got, string(to))
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("from %s\n got %s\nwant %s", from, strings.Join(got, " "), want)
		}
	}
}

var rewrite = flag.Bool("rewrite", false, "write the drawings of README.md anew")

// TestDrawings keeps the drawings in README.md what the code is.
func TestDrawings(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(page)
	for heading, graph := range map[string]string{"## The life of an order": OrderGraph(), "## The life of a case": CaseGraph()} {
		const open, end = "```mermaid\n", "```\n"
		at := strings.Index(text, heading+"\n")
		if at < 0 {
			t.Fatalf("README.md has no %q", heading)
		}
		from := at + strings.Index(text[at:], open) + len(open)
		to := from + strings.Index(text[from:], end)
		if text[from:to] == graph {
			continue
		}
		if !*rewrite {
			t.Errorf("the drawing under %q is not what the code says; go test ./catalog -run TestDrawings -rewrite", heading)
		}
		text = text[:from] + graph + text[to:]
	}
	if *rewrite {
		if err := os.WriteFile("README.md", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// What staff may bring a case to, each may be taken; a case that is over has
// nothing more, and one that is not has.
func TestWhatComesNextOfACase(t *testing.T) {
	t.Parallel()
	for kind, want := range map[CaseKind][]CaseState{
		Withdrawal: {CaseReceived, CaseRefunded, CaseRefused}, Return: {CaseReceived, CaseRefunded, CaseRefused},
		Exchange: {CaseReceived, CaseReplaced, CaseRefused}, Complaint: {CaseReceived, CaseReplaced, CaseRefunded, CaseRefused},
	} {
		for state, next := range map[CaseState][]CaseState{
			CaseOpen: want, CaseReceived: want[1:], CaseRefunded: nil, CaseReplaced: nil, CaseRefused: nil, CaseCancelled: nil,
		} {
			if got := (Case{Kind: kind, State: state}).Next(); !slices.Equal(got, next) {
				t.Errorf("%s, %s: %v, want %v", kind, state, got, next)
			}
		}
		for _, state := range []CaseState{CaseInstructed, CaseOnWay} {
			if len((Case{Kind: kind, State: state}).Next()) == 0 {
				t.Errorf("%s, %s: nothing comes next", kind, state)
			}
		}
	}
}
