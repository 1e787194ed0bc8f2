package dialogue

import (
	"testing"
	"time"

	"tiski/catalog"
)

func TestOnlyWhatComesIsSoon(t *testing.T) {
	t.Parallel()
	var now turn
	now.w.Now = time.Date(2026, 11, 23, 15, 0, 0, 0, catalog.Helsinki)
	for day, soon := range map[string]bool{"2026-11-22": false, "2026-11-23": true, "2026-11-28": true, "2026-11-29": false, "huomenna": false} {
		if now.near(day) != soon {
			t.Errorf("%s is soon: %v", day, !soon)
		}
	}
}
