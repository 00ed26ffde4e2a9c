package thread

import (
	"strings"
	"testing"
)

func TestPseudonymize(t *testing.T) {
	b := NewBuilder(Meta{Title: "An answer to Ada Brown", URL: "https://blog.example/ada", Article: "Ada Brown wrote it."})
	b.Add(Comment{ID: "1", Author: "Ada Brown", Text: "I wrote it."})
	b.Add(Comment{ID: "2", Parent: "1", Author: "Bo", Text: "Ada Brown, Ada Browning and Ada: Bo says hello to @Ada Brown!"})
	b.Add(Comment{ID: "3", Parent: "2", Text: "nobody"})
	key := []byte("secret")
	p := Pseudonymize(b.Build(), key)
	ada, bo := Pseudonym("Ada Brown", key), Pseudonym("Bo", key)
	if got := p.AuthorName(p.Author(0)); got != ada {
		t.Errorf("author = %q, want %q", got, ada)
	}
	if got, want := p.Text(1), ada+", Ada Browning and Ada: Bo says hello to @"+ada+"!"; got != want {
		t.Errorf("text = %q, want %q", got, want)
	}
	if got := p.AuthorName(p.Author(1)); got != bo {
		t.Errorf("author = %q, want %q", got, bo)
	}
	if got := p.AuthorName(p.Author(2)); got != "" {
		t.Errorf("unknown author became %q", got)
	}
	m := p.Meta()
	if m.URL != "" || m.Title != "An answer to "+ada || m.Article != ada+" wrote it." {
		t.Errorf("meta still names people: %+v", m)
	}
	if Pseudonym("Ada Brown", []byte("other")) == ada {
		t.Error("another key gives the same pseudonym")
	}
}

func TestPseudonymizeKeepsNamesakesApart(t *testing.T) {
	b := NewBuilder(Meta{})
	b.Add(Comment{ID: "1", Author: "Sam", AuthorKey: "u1"})
	b.Add(Comment{ID: "2", Author: "Sam", AuthorKey: "u2"})
	b.Add(Comment{ID: "3", Author: "Sam", AuthorKey: "u1"})
	p := Pseudonymize(b.Build(), []byte("k"))
	if p.Authors() != 2 || p.Author(0) != p.Author(2) || p.Author(0) == p.Author(1) {
		t.Errorf("authors = %d (%v %v %v), want two people", p.Authors(), p.Author(0), p.Author(1), p.Author(2))
	}
}

func FuzzPseudonymize(f *testing.F) {
	f.Add("Ada Brown", "hello Ada Brown, bye")
	f.Add("é", "é\xff\x00")
	f.Add("a b", "a ba b a b")
	f.Fuzz(func(t *testing.T, name, text string) {
		b := NewBuilder(Meta{})
		b.Add(Comment{ID: "1", Author: name, Text: text})
		before := b.Build()
		p := Pseudonymize(before, []byte("k"))
		clean := before.AuthorName(0)
		if len([]rune(clean)) >= 3 && strings.TrimSpace(before.Text(0)) == clean && p.Text(0) == before.Text(0) {
			t.Errorf("the name %q survives in the text", clean)
		}
	})
}
