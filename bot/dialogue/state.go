// Package dialogue decides: Step takes the state of a conversation, an input
// and the world, and returns the next state and the effects wanted. It is pure:
// the same arguments always give the same results.
package dialogue

// State is a placeholder until the core is written.
type State struct{}
