package main

import (
	"testing"

	"tiski/catalog"
	"tiski/catalog/demo"
	"tiski/intents/finnish"
)

// BenchmarkStock measures how long the demo shop takes to be ready.
func BenchmarkStock(b *testing.B) {
	for b.Loop() {
		shop, err := catalog.Load(demo.FS)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := stock(demo.FS, shop, finnish.Base(), ""); err != nil {
			b.Fatal(err)
		}
	}
}
