package call

import "encoding/json"

// Word is a text that a system writes as a string one day and as a number the
// next; null is "".
type Word string

// UnmarshalJSON reads a string or a number.
func (w *Word) UnmarshalJSON(data []byte) error {
	var n json.Number
	if data[0] != '"' {
		err := json.Unmarshal(data, &n)
		*w = Word(n)
		return err
	}
	return json.Unmarshal(data, (*string)(w))
}
