package metrics

// Given are scores of the comments of a thread that somebody brought along:
// another program's, or people's. How they were made is not known here; they are
// taken as they are.
type Given struct {
	Name string             // what they are called, for figures and reports
	Of   map[string]float64 // by ID of the comment, 0 cool to 1 hot
}

// Labels are labels of authors that somebody brought along: groups, parties, sides.
type Labels struct {
	Name string            // what they are called
	Of   map[string]string // by the name of the author; who has none is not in it
}
