package bot

import (
	"context"

	"tiski/catalog"
)

// PointFinder is a carrier, or somebody who knows many, that tells where parcels
// can be fetched.
type PointFinder interface {
	// Points returns at most limit places near a Finnish postal code, the nearest first.
	Points(ctx context.Context, postcode string, limit int) ([]catalog.Point, error)
}
