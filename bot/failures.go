package bot

import "sync"

// failures counts how often the carrying out of a work has failed by its own fault on
// this node.
type failures struct {
	mu    sync.Mutex
	times map[string]int // by the id of the work
}

// again counts one more, and returns how many there are.
func (f *failures) again(work string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.times == nil {
		f.times = map[string]int{}
	}
	f.times[work]++
	return f.times[work]
}

func (f *failures) forget(work string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.times, work)
}
