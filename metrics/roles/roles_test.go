package roles_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"threadheat/metrics/internal/testthread"
	"threadheat/metrics/roles"
	"threadheat/thread"
)

func find(t *testing.T, people []roles.Person, name string) roles.Person {
	t.Helper()
	for _, p := range people {
		if p.Name == name {
			return p
		}
	}
	t.Fatalf("nobody is called %s", name)
	return roles.Person{}
}

// village is a corpus in which Ann answers whoever asks, Bea, Col and Dan argue
// with each other, Eve opens, and Max writes to himself.
func village(threads int) *roles.Corpus {
	c := &roles.Corpus{}
	for k := range threads {
		asker := func(j int) string { return fmt.Sprintf("asker %d", 2*k+j) }
		c.Add(testthread.Build([]testthread.Row{
			{Parent: -1, Author: "Eve"},    // 0
			{Parent: 0, Author: "Bea"},     // 1
			{Parent: 1, Author: "Col"},     // 2
			{Parent: 2, Author: "Dan"},     // 3
			{Parent: 3, Author: "Bea"},     // 4
			{Parent: 4, Author: "Dan"},     // 5
			{Parent: 5, Author: "Col"},     // 6
			{Parent: 6, Author: "Bea"},     // 7
			{Parent: -1, Author: "Eve"},    // 8
			{Parent: 8, Author: "Dan"},     // 9
			{Parent: 8, Author: "Col"},     // 10
			{Parent: -1, Author: "Max"},    // 11
			{Parent: 11, Author: "Max"},    // 12
			{Parent: -1, Author: asker(0)}, // 13
			{Parent: 13, Author: "Ann"},
			{Parent: -1, Author: asker(1)}, // 15
			{Parent: 15, Author: "Ann"},
			{Parent: 0, Author: ""}, // 17
			{Parent: 17, Author: ""},
		}))
	}
	return c
}

func TestRoles(t *testing.T) {
	people := village(3).People()
	for name, want := range map[string]roles.Role{
		"Ann": roles.AnswerPerson, "Bea": roles.DiscussionPerson, "Col": roles.DiscussionPerson, "Dan": roles.DiscussionPerson,
		"Eve": roles.Initiator, "Max": roles.Monologuist, "asker 0": "",
	} {
		p := find(t, people, name)
		if p.Role != want {
			t.Errorf("%s is %q, want %q: %+v", name, p.Role, want, p)
		}
		if (p.Why != nil) != (want == "") {
			t.Errorf("%s has the reason %+v with the role %q", name, p.Why, p.Role)
		}
	}
	for _, p := range people {
		if p.Name == "" {
			t.Errorf("somebody unknown is described: %+v", p)
		}
	}
}

// By hand, of three threads. Bea answers Eve once in each, Dan once and Col once,
// and is answered by Col and by Dan. Her partners Eve, Col and Dan are all
// partners of each other; of them only Eve never answers. Bea and Eve have 3
// answers between them, Bea and each other 6.
func TestDescription(t *testing.T) {
	got := find(t, village(3).People(), "Bea")
	want := roles.Person{
		Name: "Bea", Threads: 3, Comments: 9, Answers: 9, Partners: 3,
		Isolated: 0, Strong: 2. / 3, Mutual: 2. / 3, Clustering: 1, PerThread: 3, Role: roles.DiscussionPerson,
	}
	if d := cmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-12)); d != "" {
		t.Errorf("Bea (-want +got):\n%s", d)
	}
	// Eve's two openings are answered in each thread; Max's are not.
	if p := find(t, village(3).People(), "Eve"); p.Openings != 6 || p.Answered != 6 {
		t.Errorf("Eve opened %d times and was answered %d times, want 6 and 6", p.Openings, p.Answered)
	}
	if p := find(t, village(3).People(), "Max"); p.Openings != 3 || p.ToSelf != 3 || p.Answered != 0 {
		t.Errorf("Max: %+v, want 3 openings, 3 answers to himself, none answered", p)
	}
	if p := find(t, village(3).People(), "Ann"); p.Isolated != 1 || p.Partners != 6 {
		t.Errorf("Ann: %+v, want 6 partners, all isolated", p)
	}
}

// One thread is described and gives nobody a role.
func TestOneThread(t *testing.T) {
	for _, p := range village(1).People() {
		if p.Role != "" || p.Why == nil || p.Why.EN == "" || p.Why.FR == "" || p.Comments == 0 {
			t.Errorf("%+v has a role or no reason", p)
		}
	}
	if people := new(roles.Corpus).People(); len(people) != 0 {
		t.Errorf("no threads have people: %+v", people)
	}
}

// A key tells two of the same name apart, and is the same person under another
// name.
func TestKeys(t *testing.T) {
	c := &roles.Corpus{}
	for _, who := range [][2]string{{"Sam", "1"}, {"Sam", "2"}, {"Samuel", "1"}, {"Sam", ""}} {
		b := thread.NewBuilder(thread.Meta{})
		b.Add(thread.Comment{ID: "a", Author: who[0], AuthorKey: who[1]})
		c.Add(b.Build())
	}
	counts := map[string]int{}
	for _, p := range c.People() {
		counts[p.Key] = p.Comments
	}
	if d := cmp.Diff(map[string]int{"1": 2, "2": 1, "": 1}, counts); d != "" {
		t.Errorf("comments by key (-want +got):\n%s", d)
	}
}

// On random corpora: every comment is an opening, an answer or one to oneself,
// what is counted in the threads adds up, shares are shares, and the same corpus
// in another order of threads says the same.
func TestProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(41, 1))
	for k := range 40 {
		var threads []*thread.Thread
		comments := 0
		for range 1 + r.IntN(6) {
			rows := testthread.Shape(testthread.Bushy(r.IntN(30), r.Uint64())...)
			comments += len(rows)
			for i := range rows {
				rows[i].Author = fmt.Sprint("author ", r.IntN(9))
			}
			threads = append(threads, testthread.Build(rows))
		}
		var there, back roles.Corpus
		for i, th := range threads {
			there.Add(th)
			back.Add(threads[len(threads)-1-i])
		}
		people, sum := there.People(), 0
		for _, p := range people {
			sum += p.Comments
			if p.Openings+p.Answers+p.ToSelf != p.Comments || p.Answered > p.Openings+p.ToSelf || p.Threads > len(threads) {
				t.Errorf("corpus %d: %+v does not add up", k, p)
			}
			for _, x := range []float64{p.Isolated, p.Strong, p.Mutual, p.Clustering} {
				if !(x >= 0 && x <= 1) {
					t.Errorf("corpus %d: %+v has the share %v", k, p, x)
				}
			}
		}
		if sum != comments {
			t.Errorf("corpus %d: %d comments by people, want %d", k, sum, comments)
		}
		if d := cmp.Diff(people, back.People()); d != "" {
			t.Errorf("corpus %d, threads in another order (-there +back):\n%s", k, d)
		}
	}
}
