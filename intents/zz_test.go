package intents

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestZZ(t *testing.T) {
	m := model(t)
	f, _ := os.Open("/tmp/w_ent/in.txt")
	sc := bufio.NewScanner(f)
	pending := ""
	for sc.Scan() {
		line := sc.Text()
		if s, ok := strings.CutPrefix(line, "pending"); ok {
			pending = strings.TrimSpace(s)
			fmt.Println(line)
			continue
		}
		if strings.HasPrefix(line, "#") || line == "" {
			fmt.Println(line)
			continue
		}
		r := m.Read(line, Hint{Pending: pending, Now: now})
		var got []string
		for _, e := range r.Entities {
			k := e.Kind
			if e.Negated {
				k = "not " + k
			}
			got = append(got, k+"="+e.Value)
		}
		fmt.Printf("%s\t%s\n", line, strings.Join(got, ", "))
	}
}
