package page

import (
	"strings"
	"testing"
	"time"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/dom"
)

// told collects what a decoder says beside comments.
type told struct {
	meta  thread.Meta
	codes []thread.Code
}

func (s *told) Describe(_ string, m thread.Meta)     { s.meta = m }
func (s *told) Report(_ string, d thread.Diagnostic) { s.codes = append(s.codes, d.Code) }

func decode(t testing.TB, src string, rules ...*Rules) ([]thread.Comment, *told) {
	t.Helper()
	var s told
	var out []thread.Comment
	for c, err := range Decode(rules...)(format.Source{Name: "p", Reader: strings.NewReader(src)}, &s) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out, &s
}

func TestMachineTime(t *testing.T) {
	for _, c := range []struct {
		s    string
		utc  bool
		want string
	}{
		{"2020-05-01T10:00:00Z", false, "2020-05-01T10:00:00Z"},
		{"2020-05-01T10:00:00+0200", false, "2020-05-01T10:00:00+02:00"},
		{"2020-05-01 05:00:00 -0500", false, "2020-05-01T05:00:00-05:00"},
		{"2020-05-01T10:00:00", false, "2020-05-01T10:00:00"},
		{"2020-05-01T10:00:00", true, "2020-05-01T10:00:00Z"},
		{"2020-05-01", true, "2020-05-01"},
		{"1588327200", false, "2020-05-01T10:00:00Z"},
		{"1588327200123", false, "2020-05-01T10:00:00.123Z"},
		{"Fri, 01 May 2020 10:00:00 +0000", false, "2020-05-01T10:00:00Z"},
		{"0", false, ""}, {"000000001", false, ""}, {"99999999999999", false, "5138-11-16T09:46:39.999Z"},
		{"1970-01-01T00:00:00Z", false, ""}, {"yesterday", false, ""}, {"", false, ""},
	} {
		if got := MachineTime(c.s, c.utc).String(); got != c.want {
			t.Errorf("MachineTime(%q, %v) = %q, want %q", c.s, c.utc, got, c.want)
		}
	}
}

func TestNumber(t *testing.T) {
	for s, want := range map[string]int{"5 points": 5, "-2": -2, "−3 points": -3, "1,234": 1234, "likes: 0": 0} {
		if got, ok := number(s); got != want || !ok {
			t.Errorf("number(%q) = %d, %v, want %d", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "•", "[score hidden]", "99999999999999999999"} {
		if got, ok := number(s); ok {
			t.Errorf("number(%q) = %d, want none", s, got)
		}
	}
}

var nested = &Rules{
	Comment: dom.Select(".c"), Body: []*dom.Selector{dom.Select(".t")},
	ID: []Field{Own("id")}, Author: []Field{In("b", "")}, Time: []Field{In("i", "")},
}

// What stands in a body, or in a comment inside, is none of a comment's own.
func TestOwn(t *testing.T) {
	got, _ := decode(t, `<div class=c id=1><div class=t>x<b>bold</b><div class=c id=no>still text</div></div><div class=c id=2><b>Bea</b><p class=t>y</p></div><b>Ada</b></div>`+
		`<template><div class=c id=3><p class=t>z</p></div></template><div class=c id=4></div>`, nested)
	want := []thread.Comment{{ID: "1", Author: "Ada", Text: "xbold\nstill text"}, {ID: "2", Author: "Bea", Text: "y", Parent: "1"}}
	if len(got) != len(want) {
		t.Fatalf("%d comments, want %d", len(got), len(want))
	}
	for i, w := range want {
		if g := got[i]; g.ID != w.ID || g.Author != w.Author || g.Text != w.Text || g.Parent != w.Parent {
			t.Errorf("comment %d is %+v, want %+v", i, g, w)
		}
	}
}

// The order of day and month is that which the page shows elsewhere.
func TestDateOrder(t *testing.T) {
	page := `<div class=c id=1><i>5/4/2020 10:00</i><p class=t>x</p></div>`
	got, s := decode(t, page, nested)
	if got[0].Time.String() != "2020-04-05T10:00:00" || len(s.codes) != 1 || s.codes[0] != thread.AmbiguousDate {
		t.Errorf("time %s, %v, want day first and a note", got[0].Time, s.codes)
	}
	got, s = decode(t, page+`<div class=c id=2><i>4/30/2020 10:00</i><p class=t>y</p></div>`, nested)
	if got[0].Time.String() != "2020-05-04T10:00:00" || len(s.codes) != 0 {
		t.Errorf("time %s, %v, want month first and no note", got[0].Time, s.codes)
	}
}

// Anonymous people are as many as their comments.
func TestAnonymous(t *testing.T) {
	got, _ := decode(t, `<div class=c id=1><b>Guest</b><p class=t>x</p></div><div class=c id=2><b>guest</b><p class=t>y</p></div><div class=c id=3><b>Guest</b><p class=t></p></div>`, nested)
	if got[0].AuthorKey == "" || got[0].AuthorKey == got[1].AuthorKey {
		t.Errorf("keys %q and %q, want two", got[0].AuthorKey, got[1].AuthorKey)
	}
	if got[2].Author != "" || got[2].State != thread.Deleted {
		t.Errorf("%q %s, want a deleted comment of nobody", got[2].Author, got[2].State)
	}
}

func TestPositions(t *testing.T) {
	got, _ := decode(t, "\n<p>\n<div class=c id=1><p class=t>x</p></div>\n\n<div class=c id=2><p class=t>y</p></div>", nested, nested)
	if got[0].Pos.Line != 3 || got[1].Pos.Line != 5 {
		t.Errorf("lines %d and %d, want 3 and 5", got[0].Pos.Line, got[1].Pos.Line)
	}
}

// Attacks: each would take hours if a comment cost a walk over the page.
func TestLinear(t *testing.T) {
	const n = 30_000
	spread := &Rules{Comment: dom.Select("dt"), Spread: true, Body: []*dom.Selector{dom.Select("dd")}}
	quoting := &Rules{Comment: dom.Select(".c"), Flat: true, Body: []*dom.Selector{dom.Select(".t")}, Author: []Field{In("b", "")},
		Quote: &Quote{Select: dom.Select("blockquote"), Name: []Field{In("cite", "")}}}
	indented := &Rules{Comment: dom.Select(".c"), Body: []*dom.Selector{dom.Select(".t")}, Indent: dom.Select(".in")}
	for _, c := range []struct {
		name, page string
		rules      *Rules
		want       int
	}{
		{"nested", strings.Repeat("<div class=c><p class=t>x</p>", n), nested, n},
		{"beside", strings.Repeat("<div class=c><p class=t>x</p></div>", n), nested, n},
		{"spread in spread", strings.Repeat("<dl><dt>a<dd>b", n), spread, -1},
		{"spread in terms", strings.Repeat("<dl><dt>", n) + "<dd>x", spread, -1},
		{"indented", strings.Repeat("<div class=c><p class=t>x</p></div><div class=in>", n), indented, n},
		{"quotations", strings.Repeat("<div class=c><b>A</b><div class=t><blockquote><cite>A</cite>no such words</blockquote>x</div></div>", n), quoting, n},
		{"quotations in quotations", "<div class=c><div class=t>" + strings.Repeat("<blockquote>x", n), quoting, 1},
	} {
		got, _ := decode(t, c.page, c.rules)
		if c.want >= 0 && len(got) != c.want {
			t.Errorf("%s: %d comments, want %d", c.name, len(got), c.want)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	page := strings.Repeat(`<div class="c" id="x1"><div class="head"><b>Ada</b> <i>2020-05-01 10:00</i></div><div class="t"><p>Some words that somebody wrote about something, at the length that comments have.</p><p>And a second paragraph of them.</p></div></div>`+"\n", 5000)
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		decode(b, page, nested)
	}
}

// SameShape refuses nothing that time.Parse reads.
func TestSameShape(t *testing.T) {
	days := []string{"2020-05-01", "Fri, 01 May 2020", "2020-05-1", "20-05-01", "2020/05/01"}
	times := []string{"", "T10:20:30", " 10:20:30", "T10:20", " 10:20", "T10:20:30.5", "t10:20:30"}
	zones := []string{"", "Z", "+02:00", "-02:00", "+0200", "-0200", " +0200", " -0200", " UTC", " CEST", " GMT+2", "z", "+02"}
	read := 0
	for _, d := range days {
		for _, c := range times {
			for _, z := range zones {
				for _, f := range layouts {
					s := d + c + z
					if _, err := time.Parse(f.layout, s); err == nil {
						read++
						if !SameShape(s, f.layout) {
							t.Errorf("SameShape(%q, %q) = false, but it can be read so", s, f.layout)
						}
					}
				}
			}
		}
	}
	if SameShape("2020-05-01T10:20:30", time.RFC3339) || read < 2*len(layouts) {
		t.Errorf("nothing is refused, or only %d times were read", read)
	}
}
