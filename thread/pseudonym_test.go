package thread

import (
	"strconv"
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

// What identifies people goes wherever it stands: addresses in the words, names
// of files, IDs that hold a name, a key or the address of the page. Who answers
// whom stays.
func TestPseudonymizeIdentifiers(t *testing.T) {
	url, did := "https://blog.example/ada?session=1", "did:plc:abc234"
	b := NewBuilder(Meta{ID: "site.warc/" + url, URL: url, Source: Source{Name: "mail of Ada Brown.zip/" + url}})
	b.Add(Comment{ID: "at://" + did + "/1", Author: "Ada Brown", AuthorKey: did, Text: "Write to Ada.Brown@mail.example, not to @bo@social.example.",
		Pos: Pos{File: "ada.brown@mail.example/1", Line: 3}})
	b.Add(Comment{ID: "at://did:plc:other/2", Parent: "at://" + did + "/1", Author: "12", AuthorKey: "34", Text: did})
	b.Add(Comment{ID: "12", Parent: "gone " + did, Text: "12 @ 34"})
	key := []byte("secret")
	p := Pseudonymize(b.Build(), key)
	ada, mail, page := Pseudonym("Ada Brown\x00"+did, key), Pseudonym("ada.brown@mail.example", key), Pseudonym(url, key)
	if m := p.Meta(); m.ID != "site.warc/"+page || m.Source.Name != "mail of "+ada+".zip/"+page {
		t.Errorf("meta = %+v, want neither name nor address", m)
	}
	first, second, third := p.Comment(0), p.Comment(1), Comment{}
	for i := range p.Document() {
		if p.ID(i) == "12" {
			third = p.Comment(i)
		}
	}
	if want := "Write to " + mail + ", not to @" + Pseudonym("bo@social.example", key) + "."; first.Text != want {
		t.Errorf("text = %q, want %q", first.Text, want)
	}
	if first.Pos.File != mail+"/1" || strings.Contains(first.ID+second.ID+second.Parent+second.Text+third.Parent, "did:") {
		t.Errorf("%q %q < %q (%q), %q < %q: identifiers are left", first.Pos.File, second.ID, second.Parent, second.Text, third.ID, third.Parent)
	}
	if second.Parent != first.ID || p.Parent(1) != 0 {
		t.Errorf("the answer to %q answers %q", first.ID, second.Parent)
	}
	if third.Text != "12 @ 34" {
		t.Errorf("text = %q: numbers and @ are no addresses", third.Text)
	}
	for _, d := range p.Diagnostics() {
		if strings.Contains(d.Comment+d.Message, "did:") {
			t.Errorf("the diagnostic %v holds an identifier", d)
		}
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

// The longest name that stands there counts, and of two people of one name the
// first.
func TestReplacer(t *testing.T) {
	r := replacer{}
	for _, n := range [][2]string{{"Ann", "P1"}, {"Ann Lee", "P2"}, {"Ann Lee Hart", "P3"}, {"Ann Lee", "P4"}, {"Al", "P5"}} {
		r.add(n[0], n[1])
	}
	for _, tt := range []struct{ text, want string }{
		{"Ann", "P1"},
		{"Ann Lee Hart, Ann Lee, Ann Leery, Anna", "P3, P2, P1 Leery, Anna"},
		{"Ann Le", "P1 Le"},
		{"Al", "Al"}, // too short to be told from a word
	} {
		if got := r.replace(tt.text); got != tt.want {
			t.Errorf("replace(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

// Twenty thousand people whose names begin with the same word, and a text of
// that word: a comparison for each person and word would take minutes.
func TestPseudonymizeManyNamesakes(t *testing.T) {
	b := NewBuilder(Meta{})
	for i := range 20_000 {
		b.Add(Comment{ID: strconv.Itoa(i), Author: "xyz " + strconv.Itoa(i)})
	}
	b.Add(Comment{ID: "text", Text: strings.Repeat("xyz ", 200_000) + "xyz 77"})
	p := Pseudonymize(b.Build(), []byte("k"))
	if text, want := p.Text(Index(p.Len()-1)), Pseudonym("xyz 77", []byte("k")); !strings.HasSuffix(text, " "+want) {
		t.Errorf("the text ends in %q, want %q", text[len(text)-12:], want)
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
