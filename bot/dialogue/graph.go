package dialogue

import (
	"fmt"
	"strings"
)

// Graph draws the tasks as a Mermaid flowchart: in a box what a task asks, in
// its order; an arrow to a task that may be begun in the middle of it and that
// gives way to it again.
func Graph() string {
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	for _, d := range tasks {
		var asked []string
		for i := range d.slots {
			asked = append(asked, d.slots[i].name)
		}
		fmt.Fprintf(&b, "  %s[\"<b>%s</b><br>%s\"]\n", d.kind, d.kind, strings.Join(asked, "<br>"))
	}
	for _, d := range tasks {
		for _, to := range d.leads {
			fmt.Fprintf(&b, "  %s --> %s\n", d.kind, to)
		}
	}
	return b.String()
}

// Replies lists the keys of the replies that the tasks and their slots need
// besides those that the code names.
func Replies() []string {
	var keys []string
	for _, d := range tasks {
		if !d.passing {
			keys = append(keys, "resume."+d.kind, "task."+d.kind, "back."+d.kind)
		}
		for i := range d.slots {
			s := &d.slots[i]
			if s.take == nil || s.as != nil && d.passing {
				continue
			}
			of := s.replies()
			if s.ask == nil {
				keys = append(keys, "ask."+of)
			}
			if s.again == nil {
				keys = append(keys, "again."+of)
			}
			if d.passing {
				continue
			}
			keys = append(keys, "why."+of)
			if !s.loose {
				keys = append(keys, "bad."+of, "bad."+of+".again")
			}
		}
	}
	for _, key := range otherwise {
		keys = append(keys, key+".again")
	}
	return keys
}
