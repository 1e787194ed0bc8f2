package console

import "strconv"

// chart is bars, to be drawn as SVG, in the units of its box.
type chart struct {
	Width, Height int
	Bars          []bar
	Most          int64
	Upright       bool // bars stand side by side; else they lie below each other, with their labels
}

// bar is one figure of a chart.
type bar struct {
	Label      string
	N          int64
	X, Y, W, H int
}

// Sizes of charts.
const (
	chartWidth  = 640
	chartHeight = 160
	barRow      = 30 // height of a lying bar with its room
	barGap      = 2
	labelWidth  = 260
)

// columns lays bars side by side; nil when there is nothing to see.
func columns(bars []bar) *chart {
	most := mostOf(bars)
	if most == 0 {
		return nil
	}
	wide := chartWidth / len(bars)
	for i := range bars {
		b := &bars[i]
		b.H = int(b.N * chartHeight / most)
		b.X, b.Y, b.W = i*wide, chartHeight-b.H, max(1, wide-barGap)
	}
	return &chart{Width: wide * len(bars), Height: chartHeight, Bars: bars, Most: most, Upright: true}
}

// rowsOf lays bars below each other; nil when there is nothing to see.
func rowsOf(bars []bar) *chart {
	most := mostOf(bars)
	if most == 0 {
		return nil
	}
	for i := range bars {
		b := &bars[i]
		b.X, b.Y, b.H = labelWidth, i*barRow+barGap, barRow-2*barGap
		b.W = int(b.N * (chartWidth - labelWidth - 60) / most)
	}
	return &chart{Width: chartWidth, Height: barRow * len(bars), Bars: bars, Most: most}
}

func mostOf(bars []bar) (most int64) {
	for _, b := range bars {
		most = max(most, b.N)
	}
	return most
}

// Ends and Middle are where the words of a bar stand.
func (b bar) Ends() int   { return b.X + b.W + 8 }
func (b bar) Middle() int { return b.Y + b.H/2 + 5 }

// Before is where the label of a lying bar ends.
func (b bar) Before() int { return b.X - 10 }

// Short is a label that fits before its bar.
func (b bar) Short() string {
	if r := []rune(b.Label); len(r) > 22 {
		return string(r[:21]) + "…"
	}
	return b.Label
}

// Box is the chart's viewBox.
func (c *chart) Box() string {
	return "0 0 " + strconv.Itoa(c.Width) + " " + strconv.Itoa(c.Height)
}

// First and Last are the labels of the ends of upright bars.
func (c *chart) First() string { return c.Bars[0].Label }
func (c *chart) Last() string  { return c.Bars[len(c.Bars)-1].Label }
