package bot

// Drawing has room for the pictures that are written anew at once.
var Drawing = drawing

// Remembered is how many parcels are kept in memory.
func (p *Parcels) Remembered() int {
	p.parcels.mu.Lock()
	defer p.parcels.mu.Unlock()
	return len(p.parcels.known)
}
