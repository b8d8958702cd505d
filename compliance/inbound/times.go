package inbound

import "time"

// Times is a stretch of the week of which the person spoke. The zero Days means
// every day; From and To are minutes after midnight where the person is, To not
// included and 1440 for the end of the day.
type Times struct {
	Days     []time.Weekday `json:"days,omitempty"`
	From, To int
	// Now says that only the present moment is meant ("driving rn").
	Now bool `json:"now,omitempty"`
	// Words are the words that said it.
	Words string `json:"words"`
}

// Place is where the person must not be reached: "work" or "home" or another.
type Place string

// Medium is a way the person must not be reached: "call", "text", "letter", "email".
type Medium string

func stated(*parsed) ([]Times, []Place, []Medium) { return nil, nil, nil }
