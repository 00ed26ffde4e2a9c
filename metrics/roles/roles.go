// Package roles describes how people take part in many threads: who answers, who
// discusses, who starts and who talks to nobody.
//
// A role is a habit, so that it takes a corpus: of one thread, people are
// described but given no role. The descriptions are those that Welser, Gleave,
// Fisher and Smith found to tell answer people apart (Visualizing the signatures
// of social roles in online discussion groups, Journal of Social Structure 8(2),
// 2007): with whom they are tied, how strongly, how many of those are tied to
// each other, and how many messages they leave in a thread. The thresholds are
// our own, stated in Thresholds, and were fitted to no labelled data: a role is a
// short way to say what the numbers beside it say, not a judgement of a person.
package roles

import (
	"cmp"
	"slices"

	"threadheat/metrics"
	"threadheat/metrics/replygraph"
	"threadheat/thread"
)

// Role is a way to take part.
type Role string

// The roles. A person may have none.
const (
	AnswerPerson     Role = "answer person"     // answers many who talk with few others, once or twice each
	DiscussionPerson Role = "discussion person" // goes back and forth with people who talk with each other
	Initiator        Role = "initiator"         // opens with comments that others answer
	Monologuist      Role = "monologuist"       // writes to nobody, or to themselves, and is not answered
)

// Title is the role in words.
func (r Role) Title() metrics.Text {
	return metrics.Text{EN: string(r), FR: map[Role]string{
		AnswerPerson:     "répondeur",
		DiscussionPerson: "débatteur",
		Initiator:        "initiateur",
		Monologuist:      "monologuiste",
	}[r]}
}

// Thresholds say from when on a habit makes a role. A share is from 0 to 1.
type Thresholds struct {
	Threads  int // threads of a corpus, and threads a person must take part in
	Comments int // comments a person must have written

	FewPartners int // somebody with at most so many partners is nearly isolated
	StrongTie   int // answers between two, in both directions together, that make a tie strong

	Mostly  float64 // share of comments that makes a habit
	Half    float64 // share of ties or of openings that counts as many
	Few     float64 // share of ties or of openings that counts as few
	Closed  float64 // clustering from which on partners know each other; below a third of it they do not
	Brief   float64 // comments a thread up to which somebody is brief
	Lengthy float64 // and from which on they stay
}

// Default are the thresholds that are used where none are given.
var Default = Thresholds{
	Threads: 3, Comments: 5,
	FewPartners: 2, StrongTie: 4,
	Mostly: 0.8, Half: 0.5, Few: 0.25, Closed: 0.3, Brief: 2, Lengthy: 3,
}

// Person is how somebody took part, and in what role.
type Person struct {
	Name string
	Key  string // as the source identifies them, "" where it does not

	Threads  int // in which they wrote
	Comments int
	Answers  int // of these to others
	ToSelf   int // of these to themselves
	Openings int // of these to nobody: at top level
	Answered int // openings and answers to themselves that somebody else answered
	Partners int // people they answered or were answered by

	Isolated   float64 // share of those they answered who have few partners
	Strong     float64 // share of their ties that are strong
	Mutual     float64 // share of their ties in which both answered
	Clustering float64 // share of the pairs of their partners who are partners too
	PerThread  float64 // comments in each of their threads, on average

	Role Role          // "" where none fits
	Why  *metrics.Text // why no role was looked for; nil where it was
}

// Corpus gathers threads. The zero Corpus is empty and has the Default thresholds.
type Corpus struct {
	Thresholds Thresholds

	threads int
	ids     map[string]thread.AuthorID
	people  []Person // the unknown too, whose names are empty
	last    []int    // thread in which each wrote last
	answers [][2]thread.AuthorID
}

// Add takes in a thread. Authors are the same person where their keys are the
// same, or, without keys, their names; an unknown author is a person of their
// own. What nobody said (metrics.Spoken) is left out. O(n).
func (c *Corpus) Add(t *thread.Thread) {
	if c.ids == nil {
		c.ids = map[string]thread.AuthorID{}
	}
	c.threads++
	person := make([]thread.AuthorID, t.Authors())
	for a := range person {
		person[a] = -1
	}
	who := func(i thread.Index) thread.AuthorID {
		a := t.Author(i)
		if person[a] < 0 {
			person[a] = c.person(t.AuthorKey(a), t.AuthorName(a))
		}
		return person[a]
	}
	heard := make([]bool, t.Len()) // somebody else answered
	for i := range t.All() {
		if !metrics.Spoken(t, i) {
			continue
		}
		me := who(i)
		p := &c.people[me]
		p.Comments++
		if c.last[me] != c.threads {
			c.last[me] = c.threads
			p.Threads++
		}
		up := t.Parent(i)
		if up == thread.NoIndex || !metrics.Spoken(t, up) {
			p.Openings++
			continue
		}
		other := who(up)
		p = &c.people[me] // who may have moved it
		if other == me {
			p.ToSelf++
			continue
		}
		p.Answers++
		heard[up] = true
		c.answers = append(c.answers, [2]thread.AuthorID{me, other})
	}
	for i := range t.All() {
		if !heard[i] {
			continue
		}
		if up := t.Parent(i); up == thread.NoIndex || !metrics.Spoken(t, up) || who(up) == who(i) {
			c.people[who(i)].Answered++
		}
	}
}

// Threads is how many were added.
func (c *Corpus) Threads() int { return c.threads }

// person is the number of somebody, a new one where needed.
func (c *Corpus) person(key, name string) thread.AuthorID {
	id := "n" + name
	if key != "" {
		id = "k" + key
	}
	if k, ok := c.ids[id]; ok && (key != "" || name != "") {
		return k
	}
	k := thread.AuthorID(len(c.people))
	c.ids[id] = k
	c.people = append(c.people, Person{Name: name, Key: key})
	c.last = append(c.last, 0)
	return k
}

// People describes everybody who is known, those with most comments first, ties
// by name and key. O(answers^1.5) at most.
func (c *Corpus) People() []Person {
	limit := c.Thresholds
	if limit == (Thresholds{}) {
		limit = Default
	}
	g := replygraph.Of(len(c.people), c.answers)
	closed := g.Clustering()
	partners := make([]int, len(c.people))
	for a := range c.people {
		partners[a] = len(ties(g, thread.AuthorID(a)))
	}
	var out []Person
	for k, p := range c.people {
		if p.Name == "" && p.Key == "" {
			continue
		}
		a := thread.AuthorID(k)
		strong, mutual, isolated := 0, 0, 0
		for _, tie := range ties(g, a) {
			if tie.given+tie.got >= limit.StrongTie {
				strong++
			}
			if tie.given > 0 && tie.got > 0 {
				mutual++
			}
			if tie.given > 0 && partners[tie.with] <= limit.FewPartners {
				isolated++
			}
		}
		p.Partners = partners[k]
		p.Isolated = share(isolated, len(g.Out(a)))
		p.Strong, p.Mutual = share(strong, p.Partners), share(mutual, p.Partners)
		p.Clustering = closed[k]
		p.PerThread = share(p.Comments, p.Threads)
		p.Role, p.Why = limit.role(&p, c.threads)
		out = append(out, p)
	}
	slices.SortStableFunc(out, func(a, b Person) int {
		return cmp.Or(cmp.Compare(b.Comments, a.Comments), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Key, b.Key))
	})
	return out
}

// tie is what somebody has with another.
type tie struct {
	with       thread.AuthorID
	given, got int // answers
}

// ties are those of a, each other person once.
func ties(g *replygraph.Graph, a thread.AuthorID) []tie {
	var all []tie
	for _, e := range g.Out(a) {
		all = append(all, tie{e.Author, int(e.Replies), g.Between(e.Author, a)})
	}
	for _, e := range g.In(a) {
		if g.Between(a, e.Author) == 0 {
			all = append(all, tie{e.Author, 0, int(e.Replies)})
		}
	}
	return all
}

// share is part of all, 0 where there is none.
func share(part, all int) float64 {
	if all == 0 {
		return 0
	}
	return float64(part) / float64(all)
}

var (
	oneThread = &metrics.Text{EN: "a role takes several threads", FR: "un rôle demande plusieurs fils"}
	tooSeldom = &metrics.Text{EN: "took part too seldom to have a role", FR: "a trop peu participé pour avoir un rôle"}
)

// role is the first that fits, in the order of the constants.
func (l Thresholds) role(p *Person, threads int) (Role, *metrics.Text) {
	switch {
	case threads < l.Threads:
		return "", oneThread
	case p.Threads < l.Threads || p.Comments < l.Comments:
		return "", tooSeldom
	}
	own := p.Openings + p.ToSelf
	switch {
	case share(p.Answers, p.Comments) >= l.Mostly && p.Isolated >= l.Half && p.Strong <= l.Few &&
		p.Clustering < l.Closed/3 && p.PerThread <= l.Brief:
		return AnswerPerson, nil
	case p.Mutual >= l.Half && p.Clustering >= l.Closed && p.PerThread >= l.Lengthy:
		return DiscussionPerson, nil
	case share(p.Openings, p.Comments) >= l.Half && share(p.Answered, own) >= l.Half:
		return Initiator, nil
	case share(own, p.Comments) >= l.Mostly && share(p.Answered, own) <= l.Few:
		return Monologuist, nil
	}
	return "", nil
}
