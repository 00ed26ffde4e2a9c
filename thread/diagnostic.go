package thread

import "fmt"

// Severity tells what was done about an oddity in the data.
type Severity uint8

// The severities. Quarantined is the only one at which a comment is not in the
// thread.
const (
	Note        Severity = iota // worth knowing, nothing changed
	Repaired                    // placed, with something put right
	Quarantined                 // set aside, kept in Thread.Quarantined
)

var severityNames = []string{"note", "repaired", "quarantined"}

// String is the name used in files.
func (s Severity) String() string { return nameOf(severityNames, int(s)) }

// ParseSeverity is the inverse of Severity.String.
func ParseSeverity(s string) (Severity, error) {
	i, err := indexOf(severityNames, "severity", s)
	return Severity(i), err
}

// Code names a kind of oddity. Codes are stable: scripts filter by them.
type Code string

// The codes. Those of the Builder come first, then those of decoders, then
// those added by an analysis.
const (
	MissingParent   Code = "missing-parent"
	Cycle           Code = "cycle"
	SelfParent      Code = "self-parent"
	DuplicateID     Code = "duplicate-id"
	MissingID       Code = "missing-id"
	ChildBefore     Code = "child-before-parent"
	InvalidText     Code = "invalid-text"
	CountMismatch   Code = "count-mismatch"
	DepthJump       Code = "depth-jump"
	UnknownDate     Code = "unknown-date"
	AmbiguousDate   Code = "ambiguous-date"
	EncodingGuessed Code = "encoding-guessed"
	AuthorMissing   Code = "author-missing"
	MoreComments    Code = "more-comments" // the page says that comments stand elsewhere
	BadRecord       Code = "bad-record"
	Truncated       Code = "truncated"
	NoComments      Code = "no-comments"
	SameSubject     Code = "same-subject" // a parent that only the title of a message names
	LeftOut         Code = "left-out"     // parts of the input that are no text
	NearDuplicate   Code = "near-duplicate"
)

// Diagnostic is one oddity: where, what, and what was done.
type Diagnostic struct {
	Code     Code
	Severity Severity
	Comment  string // ID, "" where no single comment is meant
	Pos      Pos
	Message  string // one sentence, for a person
}

// String writes "page.txt:44: repaired: message (code)".
func (d Diagnostic) String() string {
	s := fmt.Sprintf("%s: %s (%s)", d.Severity, d.Message, d.Code)
	if p := d.Pos.String(); p != "" {
		s = p + ": " + s
	}
	return s
}
