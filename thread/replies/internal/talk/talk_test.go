package talk

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"threadheat/thread"
)

func authors(names ...string) *thread.Thread {
	b := thread.NewBuilder(thread.Meta{})
	for i, n := range names {
		b.Add(thread.Comment{ID: strconv.Itoa(i), Author: n, Text: "x"})
	}
	return b.Build()
}

func TestAt(t *testing.T) {
	th := authors("Ann", "Ann Lee", "Jean-Paul", "|trey|", "Élodie", "zoe", "Zoe", "Guest", "42", "Annabelle", "Anne-Lise", "Anne-Laure", "bob.", "Ann Roe", "李雷", "Maximilian")
	n := NewNames(th)
	for _, c := range []struct {
		text string
		part Part
		want string // name as shown, "" for nobody
		end  int
	}{
		{"Ann: yes", Whole, "Ann", 3},
		{"ANN yes", Whole, "Ann", 3},
		{"Ann Lee: yes", Whole, "Ann Lee", 7},
		{"Ann  Lee", Whole, "Ann", 3},
		{"Anna", Beginning, "Annabelle", 4},
		{"Anna", FirstName, "", 0},
		{"anne", Beginning, "", 0}, // two begin so
		{"Ann-Marie", Beginning, "", 0},
		{"ann.lee@host", Beginning, "", 0},
		{"Jean-Paul, yes", Whole, "Jean-Paul", 9},
		{"Jean", Beginning, "Jean-Paul", 4},
		{"Jean", Whole, "", 0},
		{"|trey|: yes", Whole, "|trey|", 6},
		{"elodie !", Whole, "Élodie", 6},
		{"Élodie !", Whole, "Élodie", 7},
		{"zoe", Whole, "zoe", 3},
		{"Zoe", Whole, "Zoe", 3},
		{"ZOE", Whole, "", 0}, // which of the two?
		{"Guest", Beginning, "", 0},
		{"42", Beginning, "", 0},
		{"bob. yes", Whole, "bob.", 4},
		{"李雷：是", Whole, "李雷", 6},
		{"maxi", Beginning, "Maximilian", 4},
		{"max", Beginning, "", 0},
		{"", Beginning, "", 0},
		{strings.Repeat("é", 100), Beginning, "", 0},
		{"Ann\nLee", Whole, "Ann", 3},
	} {
		m, ok := n.At(c.text, c.part)
		got := ""
		if ok {
			got = th.AuthorName(m.Author)
		}
		if got != c.want || m.End != c.end {
			t.Errorf("At(%q, %d) = %q up to %d, want %q up to %d", c.text, c.part, got, m.End, c.want, c.end)
		}
	}
}

func TestWord(t *testing.T) {
	th := authors("ann", "Bo")
	n := NewNames(th)
	for w, want := range map[string]string{"ann": "ann", "ann:": "ann:", "Ann,": "ann,", "@ann!": "ann!", "(bo)": "Bo)", "anna": "", "ann/bo": "", "ann's": "", "": "", "...": "", "@": ""} {
		a, mark := n.Word(w)
		got := ""
		if a != Nobody {
			got = th.AuthorName(a)
			if mark != 0 {
				got += string(mark)
			}
		}
		if got != want {
			t.Errorf("Word(%q) = %q, want %q", w, got, want)
		}
	}
}

func TestAddress(t *testing.T) {
	for _, c := range []struct {
		text string
		to   string
		form Form
	}{
		{"Bo: yes", "Bo", Colon}, {"bo> yes", "Bo", Colon}, {"Bo, yes", "Bo", Comma}, {"@Bo yes", "Bo", At}, {"Bo yes", "Bo", Bare},
		{"yes @Bo", "Bo", AtInside}, {"yes, Bo", "Bo", Inside}, {"ask Cy or @Bo", "Bo", AtInside}, {"yes", "", NoForm}, {"Ann: myself", "", NoForm}, {"", "", NoForm},
	} {
		b := thread.NewBuilder(thread.Meta{})
		for i, a := range []string{"Ann", "Bo", "Cy"} {
			text := c.text
			if i > 0 {
				text = "x"
			}
			b.Add(thread.Comment{ID: a, Author: a, Text: text})
		}
		th := b.Build()
		l := &Read(th, NewNames(th), Content).Lines[0]
		got := ""
		if l.To != Nobody {
			got = th.AuthorName(l.To)
		}
		if got != c.to || l.Form != c.form {
			t.Errorf("%q addresses %q (form %d), want %q (%d)", c.text, got, l.Form, c.to, c.form)
		}
	}
}

func TestSigns(t *testing.T) {
	for text, want := range map[string]Sign{
		"how do I mount it?":          Asks | Question,
		"does anyone know":            Asks | Anyone,
		"hi all":                      Greets | Anyone,
		"ok, thanks":                  Answers | Thanks,
		"so that is how":              0,
		"see http://example.org/?a=b": Link,
		"/me waves":                   Action,
		"":                            0,
	} {
		if got := signs(strings.Fields(text)); got != want {
			t.Errorf("signs(%q) = %b, want %b", text, got, want)
		}
	}
}

func TestShared(t *testing.T) {
	b := thread.NewBuilder(thread.Meta{})
	for i, text := range []string{"mount the usb disk", "Mount: usb, sata (disk)!", "a disk", "nothing of the kind", ""} {
		b.Add(thread.Comment{ID: strconv.Itoa(i), Text: text})
	}
	th := b.Build()
	k := Read(th, NewNames(th), Content)
	for _, c := range []struct {
		i, j, n int
		rarest  int32
	}{{1, 0, 3, 2}, {2, 0, 1, 3}, {2, 1, 1, 3}, {3, 0, 0, 0}, {4, 0, 0, 0}} {
		if n, rarest := k.Shared(c.i, c.j); n != c.n || rarest != c.rarest {
			t.Errorf("Shared(%d, %d) = %d, %d, want %d, %d", c.i, c.j, n, rarest, c.n, c.rarest)
		}
	}
}

func TestShingles(t *testing.T) {
	count := func(s string) int { return len(Shingles(s, nil, 100)) }
	for s, want := range map[string]int{"": 0, "one two three": 0, "one two three four": 1, "one, two; three - four five": 2, "予算が足りない": 4} {
		if got := count(s); got != want {
			t.Errorf("%q has %d shingles, want %d", s, got, want)
		}
	}
	if a, b := Shingles("One TWO (three) four", nil, 9), Shingles("one two three\nfour", nil, 9); !slices.Equal(a, b) {
		t.Errorf("letter case and marks make other shingles: %x, %x", a, b)
	}
	if a, b := Shingles("one two three four", nil, 9), Shingles("two one three four", nil, 9); slices.Equal(a, b) {
		t.Error("the order of words makes no difference")
	}
	if got := len(Shingles(strings.Repeat("word ", 1000), nil, 10)); got != 10 {
		t.Errorf("%d shingles, want the 10 asked for", got)
	}
}

// stamped is a thread of comments on the given minutes, by two people in turn.
func stamped(text string, minutes ...int) *thread.Thread {
	b := thread.NewBuilder(thread.Meta{})
	for i, m := range minutes {
		b.Add(thread.Comment{ID: strconv.Itoa(i), Author: string(rune('a' + i%2)), Text: text, Time: thread.Local(time.Date(2021, 5, 9, 0, m, 0, 0, time.UTC), thread.Minute)})
	}
	return b.Build()
}

func TestOrder(t *testing.T) {
	for _, c := range []struct {
		name    string
		minutes []int
		want    []thread.Index
	}{
		{"oldest first", []int{1, 2, 3, 4, 5}, []thread.Index{0, 1, 2, 3, 4}},
		{"newest first", []int{5, 4, 3, 2, 1}, []thread.Index{4, 3, 2, 1, 0}},
		{"newest first, with equals", []int{5, 4, 4, 3, 1}, []thread.Index{4, 3, 2, 1, 0}},
		{"mixed", []int{5, 1, 4, 2, 3}, []thread.Index{0, 1, 2, 3, 4}},
		{"too few to tell", []int{3, 2, 1}, []thread.Index{0, 1, 2}},
		{"none", nil, []thread.Index{}},
	} {
		if got := Order(stamped("x", c.minutes...)); !slices.Equal(got, c.want) {
			t.Errorf("%s: order %v, want %v", c.name, got, c.want)
		}
	}
}

func TestIsChat(t *testing.T) {
	long := strings.Repeat("A long comment on a page. ", 20)
	every := func(n, gap int) (minutes []int) {
		for i := range n {
			minutes = append(minutes, i*gap)
		}
		return minutes
	}
	for _, c := range []struct {
		name string
		t    *thread.Thread
		want bool
	}{
		{"a chat", stamped("short", every(20, 1)...), true},
		{"hours apart", stamped("short", every(20, 90)...), false},
		{"long texts", stamped(long, every(20, 1)...), false},
		{"too few", stamped("short", every(5, 1)...), false},
		{"one comment each", authors("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"), false},
		{"many turns without times", authors("a", "b", "a", "b", "a", "b", "a", "b", "a", "b"), true},
		{"nothing", authors(), false},
		{"an export of a chat program", authors("a").WithMeta(thread.Meta{Source: thread.Source{Format: "slack"}}), true},
	} {
		if got := Chat(c.t); got != c.want {
			t.Errorf("%s: Chat = %v, want %v", c.name, got, c.want)
		}
	}
}

func TestTurn(t *testing.T) {
	for names, want := range map[string]bool{"aba": true, "abb": false, "aab": false, "abc": false, "aaa": false, "ab": false} {
		th := authors(strings.Split(names, "")...)
		k := Read(th, NewNames(th), Inner)
		if got := k.Turn(len(k.Lines) - 1); got != want {
			t.Errorf("Turn of %q = %v, want %v", names, got, want)
		}
	}
}

func FuzzAt(f *testing.F) {
	f.Add("Ann", "Ann: é\xff\u0301", "Bo-b.'@//")
	f.Fuzz(func(t *testing.T, a, b, text string) {
		n := NewNames(authors(a, b))
		for _, part := range []Part{Whole, FirstName, Beginning} {
			if m, ok := n.At(text, part); ok && (m.End < 1 || m.End > len(text) || !n.Person(m.Author)) {
				t.Errorf("At(%q) = %+v", text, m)
			}
		}
		n.Word(text)
	})
}
