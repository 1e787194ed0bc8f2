package catalog

import "time"

// Deadline returns the last day, as its first moment in Helsinki, on which
// goods received at a time can be returned. The day of receipt is not counted,
// and a period that would end on a Saturday, Sunday or holiday ends on the next
// working day (laki 150/1930 5 §).
func (r Returns) Deadline(received time.Time) time.Time {
	return workdayFrom(midnight(received).AddDate(0, 0, r.Days))
}
