// Package jsontest is what the tests of the formats have in common that are
// JSON documents: a thread as lines to compare, and the bad inputs that each
// must bear.
package jsontest

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"threadheat/thread"
	"threadheat/thread/format"
)

// Read decodes s as a command does.
func Read(f *format.Format, s string) (threads []*thread.Thread, err error) {
	src := format.Source{Name: "in.json", Reader: strings.NewReader(s)}
	for t, e := range format.Threads(f, src, thread.Source{Name: "in.json", Format: f.Name}) {
		if e != nil {
			return threads, e
		}
		threads = append(threads, t)
	}
	return threads, nil
}

// File is the content of testdata/name.
func File(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Want is what a test expects of an input: Lines, and the threads' metadata in
// lines of their own.
type Want struct {
	Name, In    string
	Meta        []string // ID, title, URL and declared count of each thread, as in "77 | Rosetta | | 5"
	Comments    []string // as Line writes them
	Diagnostics []string // code and comment, as in "bad-record 12"
}

// Check reads each input and compares.
func Check(t *testing.T, f *format.Format, wants []Want) {
	for _, w := range wants {
		t.Run(w.Name, func(t *testing.T) {
			threads, err := Read(f, w.In)
			if err != nil {
				t.Fatal(err)
			}
			var meta, comments, diagnostics []string
			for _, th := range threads {
				m := th.Meta()
				declared := ""
				if m.HasDeclared {
					declared = fmt.Sprint(m.Declared)
				}
				meta = append(meta, strings.Join([]string{m.ID, m.Title, m.URL, declared}, " | "))
				comments = append(comments, Lines(th)...)
				for _, d := range th.Diagnostics() {
					diagnostics = append(diagnostics, strings.TrimSpace(string(d.Code)+" "+d.Comment))
				}
			}
			compare(t, "threads", w.Meta, meta)
			compare(t, "comments", w.Comments, comments)
			compare(t, "diagnostics", w.Diagnostics, diagnostics)
		})
	}
}

func compare(t *testing.T, what string, want, got []string) {
	t.Helper()
	if !slices.Equal(want, got) {
		t.Errorf("%s:\n\t%s\nwant:\n\t%s", what, strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

// Lines writes the comments of a thread in document order.
func Lines(th *thread.Thread) []string {
	var lines []string
	for i := range th.Document() {
		lines = append(lines, Line(th.Comment(i)))
	}
	return lines
}

// Line writes a comment: ID, parent and basis, author and key, time and time of
// change, score, kind and state where they are not the usual ones, text.
//
//	2 <1 declared | Bob (u2) | 2021-12-26T08:44:00Z edited 2021-12-26T09:00:00Z | -2 | removed | text
func Line(c thread.Comment) string {
	var b strings.Builder
	b.WriteString(c.ID)
	if c.Parent != "" {
		fmt.Fprintf(&b, " <%s %s", c.Parent, c.Basis)
	}
	b.WriteString(" | " + c.Author)
	if c.AuthorKey != "" {
		fmt.Fprintf(&b, " (%s)", c.AuthorKey)
	}
	b.WriteString(" | " + c.Time.String())
	if p := c.Time.Precision(); p != thread.Second && p != thread.None {
		b.WriteString(" " + p.String())
	}
	if !c.Edited.IsZero() {
		b.WriteString(" edited " + c.Edited.String())
	}
	b.WriteString(" | ")
	if c.HasScore {
		fmt.Fprint(&b, c.Score)
	}
	b.WriteString(" | ")
	if c.Kind != thread.Ordinary {
		b.WriteString(c.Kind.String() + " ")
	}
	if c.State != thread.Visible {
		b.WriteString(c.State.String() + " ")
	}
	fmt.Fprintf(&b, "| %q", c.Text)
	return b.String()
}

// BadInputs reads the sample broken off at every byte, with every value of it
// replaced by one of another type, twice over, and nested deep. Nothing may
// hang or panic, and what is missing must be told.
func BadInputs(t *testing.T, f *format.Format, sample string) {
	whole, err := Read(f, sample)
	if err != nil || len(whole) == 0 {
		t.Fatalf("the sample gives %d threads, %v", len(whole), err)
	}
	t.Run("broken off", func(t *testing.T) { brokenOff(t, f, sample, whole) })
	t.Run("wrong types", func(t *testing.T) { wrongTypes(t, f, sample, whole) })
	t.Run("twice", func(t *testing.T) {
		// Each comment stands twice with the same text, so each is set aside once.
		twice, err := Read(f, sample+"\n"+sample)
		if err != nil || len(twice) != len(whole) {
			t.Fatalf("%d threads, %v, want %d", len(twice), err, len(whole))
		}
		for i, th := range twice {
			placed := whole[i].Len() - whole[i].Ghosts()
			if th.Len() != whole[i].Len() || len(th.Quarantined()) < placed {
				t.Errorf("%d comments and %d set aside, want %d and at least %d", th.Len(), len(th.Quarantined()), whole[i].Len(), placed)
			}
		}
	})
	t.Run("deep", func(t *testing.T) {
		for _, in := range []string{strings.Repeat("[", 100_000), strings.Repeat(`{"a":`, 100_000), strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)} {
			threads, err := Read(f, in)
			for _, th := range threads {
				if th.Len() > 0 && len(th.Diagnostics()) == 0 {
					t.Errorf("%d comments in nothing, without a word", th.Len())
				}
			}
			if !strings.HasSuffix(in, "]") && err == nil {
				t.Error("no error for half a document")
			}
		}
	})
}

func brokenOff(t *testing.T, f *format.Format, sample string, whole []*thread.Thread) {
	end := len(strings.TrimRight(sample, " \n"))
	// Names and parents may stand in the part that is cut off; what a comment
	// says of itself must be as it is in the whole file.
	own := func(c thread.Comment) string {
		return fmt.Sprint(c.ID, c.Time, c.Edited, c.HasScore, c.Score, c.Kind, c.State)
	}
	want := map[string]bool{}
	for _, th := range whole {
		for i := range th.All() {
			want[own(th.Comment(i))] = true
		}
	}
	for cut := 1; cut < end; cut++ {
		threads, err := Read(f, sample[:cut])
		if err == nil && !json.Valid([]byte(sample[:cut])) && !strings.Contains(strings.TrimSpace(sample[:cut]), "\n{") {
			t.Fatalf("cut at byte %d: no error", cut)
		}
		for _, th := range threads {
			told := map[string]bool{}
			for _, d := range th.Diagnostics() {
				told[d.Comment] = true
			}
			for i := range th.Document() {
				// That a ghost stands in for what is cut off is told with the reply.
				if c := th.Comment(i); !want[own(c)] && !told[c.ID] && c.State != thread.Missing {
					t.Fatalf("cut at byte %d: %s differs from that of the whole file, and nothing tells", cut, Line(c))
				}
			}
		}
	}
}

// others are values of each type.
var others = []string{`null`, `true`, `7`, `"x"`, `[]`, `[7]`, `{}`, `{"id":{}}`, `-1e400`, `""`, `99999999999999999999`}

func wrongTypes(t *testing.T, f *format.Format, sample string, whole []*thread.Thread) {
	var comments int
	for _, th := range whole {
		comments += th.Len() + len(th.Quarantined()) - th.Ghosts()
	}
	for _, at := range values(sample) {
		was := sample[at[0]:at[1]]
		for _, other := range others {
			if was == other {
				continue
			}
			threads, err := Read(f, sample[:at[0]]+other+sample[at[1]:])
			if err != nil {
				t.Fatalf("%s for %.40s at byte %d: %v", other, was, at[0], err)
			}
			got, told := 0, 0
			for _, th := range threads {
				got += th.Len() + len(th.Quarantined()) - th.Ghosts()
				told += len(th.Diagnostics())
			}
			// A whole list or record that is null, or a list of nothing, is an
			// input in its own right; of other types what is lost must be told.
			if got < comments && told == 0 && !strings.HasPrefix(was, "[") && !strings.HasPrefix(was, "{") {
				t.Errorf("%s for %.40s at byte %d: %d comments of %d, and nothing tells", other, was, at[0], got, comments)
			}
		}
	}
}

// values are the places of all values in a document, found with encoding/json.
func values(sample string) [][2]int {
	d := json.NewDecoder(strings.NewReader(sample))
	var at [][2]int
	var open []int
	var key []bool // whether a key comes next, by open object
	for {
		before := int(d.InputOffset())
		token, err := d.Token()
		if err != nil {
			return at
		}
		after := int(d.InputOffset())
		start := before + strings.IndexFunc(sample[before:after], func(r rune) bool { return !strings.ContainsRune(" \n\t\r,:", r) })
		delim, _ := token.(json.Delim)
		switch delim {
		case '{', '[':
			open, key = append(open, start), append(key, delim == '{')
			continue
		case '}', ']':
			at = append(at, [2]int{open[len(open)-1], after})
			open, key = open[:len(open)-1], key[:len(key)-1]
		default:
			if n := len(key); n > 0 && sample[open[n-1]] == '{' && key[n-1] {
				key[n-1] = false
				continue
			}
			at = append(at, [2]int{start, after})
		}
		if n := len(key); n > 0 {
			key[n-1] = sample[open[n-1]] == '{'
		}
	}
}

// Fuzz runs a format over anything. Reading twice must give the same, and
// comments without any text, author or ID must not come from nowhere.
func Fuzz(f *testing.F, fm *format.Format, seeds ...string) {
	for _, s := range seeds {
		f.Add(s)
		f.Add(s[:len(s)*2/3])
		f.Add(strings.ReplaceAll(s, "1", "2"))
	}
	f.Fuzz(func(t *testing.T, in string) {
		fm.Sniff(format.Head{Bytes: []byte(in)})
		first, err1 := Read(fm, in)
		second, err2 := Read(fm, in)
		if fmt.Sprint(err1) != fmt.Sprint(err2) || len(first) != len(second) {
			t.Fatalf("read twice: %d threads and %v, %d threads and %v", len(first), err1, len(second), err2)
		}
		for i := range first {
			if !slices.Equal(Lines(first[i]), Lines(second[i])) {
				t.Errorf("read twice: thread %d differs", i)
			}
			if n := first[i].Len(); n > len(in) {
				t.Errorf("%d comments from %d bytes", n, len(in))
			}
		}
	})
}
