package bot

// Remembered is how many parcels are kept in memory.
func (p *Parcels) Remembered() int {
	p.parcels.mu.Lock()
	defer p.parcels.mu.Unlock()
	return len(p.parcels.known)
}
