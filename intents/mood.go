package intents

// Mood is how the customer seems to feel, as far as this message shows.
type Mood struct {
	Annoyed  bool `json:"annoyed,omitempty"`
	Urgent   bool `json:"urgent,omitempty"`
	Joyful   bool `json:"joyful,omitempty"`
	Confused bool `json:"confused,omitempty"`
}
