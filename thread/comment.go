package thread

import "fmt"

// Comment is one contribution as a decoder found it. The zero value of every
// field but ID means "not given".
type Comment struct {
	Thread string // which thread of the input it belongs to; "" where there is only one
	ID     string // unique within the thread; the Builder gives one where it is ""
	Parent string // ID of the comment it answers, "" at top level
	Author string // name as shown; "" where the source names nobody or the account is deleted
	// AuthorKey tells authors apart where names do not (an account number). ""
	// means that the name itself does.
	AuthorKey string
	Time      Stamp
	Edited    Stamp
	Text      string // plain text, paragraphs kept as blank lines, markup removed
	Score     int    // votes, where HasScore
	HasScore  bool
	Kind      Kind
	State     State
	Basis     Basis
	Certainty float32 // probability that Parent is right where it was inferred, in (0,1]; 0: not given
	Pos       Pos
}

// Basis is what a reply link rests on. A declared or nested parent is a fact of
// the source; a mentioned or quoted one is read from the words; an inferred one
// is what is most likely, given who spoke when.
type Basis uint8

// The bases. NoBasis is that of a top-level comment.
const (
	NoBasis   Basis = iota
	Declared        // the source names the parent
	Nested          // the comment stands inside or indented under its parent
	Mentioned       // the text addresses the parent's author
	Quoted          // the text quotes the parent
	Inferred        // from who spoke when, and about what
)

// Kind tells what a Comment is.
type Kind uint8

// The kinds. Only Ordinary comments and Posts are people talking.
const (
	Ordinary  Kind = iota // "comment" in files
	Pingback              // another page linked here
	Trackback             // the same, the older way
	System                // "X joined", "title changed"
	Post                  // an opening post that stands among the comments
)

// State tells what became of a Comment.
type State uint8

// The states. Missing comments are ghosts: somebody answered them, but the
// input does not hold them.
const (
	Visible State = iota
	Deleted       // by its author
	Removed       // by moderation
	Hidden        // folded away, still readable
	Pending       // awaiting moderation
	Missing
)

var (
	basisNames = []string{"", "declared", "nested", "mentioned", "quoted", "inferred"}
	kindNames  = []string{"comment", "pingback", "trackback", "system", "post"}
	stateNames = []string{"visible", "deleted", "removed", "hidden", "pending", "missing"}
)

// String is the name used in files; "" for NoBasis.
func (b Basis) String() string { return nameOf(basisNames, int(b)) }

// String is the name used in files.
func (k Kind) String() string { return nameOf(kindNames, int(k)) }

// String is the name used in files.
func (s State) String() string { return nameOf(stateNames, int(s)) }

// ParseBasis is the inverse of Basis.String.
func ParseBasis(s string) (Basis, error) {
	i, err := indexOf(basisNames, "basis", s)
	return Basis(i), err
}

// ParseKind is the inverse of Kind.String; "" is Ordinary.
func ParseKind(s string) (Kind, error) {
	if s == "" {
		return Ordinary, nil
	}
	i, err := indexOf(kindNames, "kind", s)
	return Kind(i), err
}

// ParseState is the inverse of State.String; "" is Visible.
func ParseState(s string) (State, error) {
	if s == "" {
		return Visible, nil
	}
	i, err := indexOf(stateNames, "state", s)
	return State(i), err
}

func nameOf(names []string, i int) string {
	if i < len(names) {
		return names[i]
	}
	return fmt.Sprintf("unknown(%d)", i)
}

func indexOf(names []string, what, s string) (int, error) {
	for i, name := range names {
		if s == name {
			return i, nil
		}
	}
	return 0, fmt.Errorf("unknown %s %q", what, s)
}

// Pos is a place in the input. Line counts from 1; 0 means unknown.
type Pos struct {
	File   string
	Line   int
	Offset int64 // bytes from the start
}

// String writes "page.txt:44", or what of it is known.
func (p Pos) String() string {
	switch {
	case p.Line > 0 && p.File != "":
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	case p.Line > 0:
		return fmt.Sprintf("line %d", p.Line)
	}
	return p.File
}
