// Package labels reads tables that say of authors which group they belong to: a
// party, a team, whether they are new.
package labels

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"threadheat/thread"
	"threadheat/thread/internal/charset"
	"threadheat/thread/internal/columns"
)

// Options say how to read a file. The zero Options will do.
type Options struct {
	Column string // that holds the labels; "" is the one that is called so
}

// Problem is a row that gives no label.
type Problem struct {
	Line int // of the file
	What string
}

// Set are the labels of a file, by author.
type Set struct {
	Name   string // of the file
	Column string // that the labels stand in

	Problems []Problem // the first 100, in the order of the file
	Odd      int       // how many there are in all
	Empty    int       // rows without a label

	of    map[string]*row // by the author's name
	order []string        // of the authors, as in the file
}

type row struct {
	label string
	line  int
	used  bool
}

// The names of columns that are looked for, as plain leaves them, the surest first.
var (
	authorNames = []string{"author", "auteur", "user", "username", "name", "nom", "speaker"}
	labelNames  = []string{"label", "etiquette", "étiquette", "group", "groupe", "side", "cote", "côté", "class", "type", "party", "parti"}
)

var plainName = strings.NewReplacer("_", "", " ", "", "-", "", ".", "")

func plain(name string) string { return plainName.Replace(strings.ToLower(strings.TrimSpace(name))) }

func find(header []string, names []string) int {
	for _, name := range names {
		if i := slices.IndexFunc(header, func(h string) bool { return plain(h) == name }); i >= 0 {
			return i
		}
	}
	return -1
}

// choose finds the columns of author and label.
func choose(header []string, o Options) (author, label int, err error) {
	there := "there are " + strings.Join(header[:min(40, len(header))], ", ")
	if author = find(header, authorNames); author < 0 {
		return 0, 0, fmt.Errorf("no column holds the names of the authors; call it author: %s", there)
	}
	if o.Column != "" {
		if label = slices.Index(header, o.Column); label < 0 {
			return 0, 0, fmt.Errorf("no column is called %q; %s", o.Column, there)
		}
		return author, label, nil
	}
	if label = find(header, labelNames); label >= 0 && label != author {
		return author, label, nil
	}
	if len(header) == 2 {
		return author, 1 - author, nil
	}
	return 0, 0, fmt.Errorf("which column holds the labels? Name it with --labels-column; %s", there)
}

// Open reads a file: a table of text, or JSON objects one a line or in an array. A
// name stands as in the thread; space around it does not count. A label that is
// empty, NA, null or - is none.
func Open(name string, o Options) (*Set, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, fmt.Errorf("%s is a folder; a file of labels is needed", name)
	}
	s, err := read(f, o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	s.Name = name
	return s, nil
}

func read(r io.Reader, o Options) (*Set, error) {
	in := bufio.NewReader(r)
	if mark, _ := in.Peek(2); charset.IsUTF16(mark) {
		in = bufio.NewReader(charset.NewReader(in, ""))
	}
	head, err := in.Peek(1 << 10)
	if err != nil && err != io.EOF && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, err
	}
	start := strings.TrimLeft(strings.TrimPrefix(string(head), "\uFEFF"), " \t\r\n")
	open := columns.OpenCSV
	switch {
	case start == "":
		return nil, errors.New("it is empty")
	case start[0] == '{' || start[0] == '[':
		open = columns.OpenJSON
	}
	table, err := open(in)
	if err != nil {
		var missing *columns.MissingError
		if errors.As(err, &missing) {
			err = errors.New("it is no table of two columns or more")
		}
		return nil, err
	}
	author, label, err := choose(table.Header, o)
	if err != nil {
		table.Close()
		return nil, err
	}
	s := &Set{Column: table.Header[label], of: map[string]*row{}}
	for fields, err := range table.Rows {
		if err != nil {
			return nil, err
		}
		field := func(k int) string {
			if k >= len(fields.Fields) {
				return ""
			}
			return strings.Clone(strings.TrimSpace(fields.Fields[k]))
		}
		s.add(field(author), field(label), fields.Line)
	}
	return s, nil
}

// add takes one row.
func (s *Set) add(author, label string, line int) {
	problem := func(format string, args ...any) {
		if s.Odd++; s.Odd <= 100 {
			s.Problems = append(s.Problems, Problem{line, fmt.Sprintf(format, args...)})
		}
	}
	switch strings.ToLower(label) {
	case "", "null", "none", "na", "n/a", "-":
		label = ""
	}
	switch before := s.of[author]; {
	case author == "":
		problem("no name of an author")
	case label == "":
		s.Empty++
	case before == nil:
		s.of[author] = &row{label: label, line: line}
		s.order = append(s.order, author)
	case before.label != label:
		problem("the author %s has a label in line %d already: %q there counts, and not %q", author, before.line, before.label, label)
	}
}

// Len is how many authors have a label.
func (s *Set) Len() int { return len(s.order) }

// Of are the labels of the authors of t, by their names.
func (s *Set) Of(t *thread.Thread) map[string]string {
	out := map[string]string{}
	for i := range t.All() {
		name := t.AuthorName(t.Author(i))
		if r := s.of[strings.TrimSpace(name)]; r != nil {
			r.used = true
			out[name] = r.label
		}
	}
	return out
}

// Unknown are the first rows, up to most, whose author wrote in none of the threads
// that Of was asked for, and how many there are in all.
func (s *Set) Unknown(most int) (some []Problem, all int) {
	for _, name := range s.order {
		if r := s.of[name]; !r.used {
			if all++; all <= most {
				some = append(some, Problem{r.line, "no author of the input is called " + name})
			}
		}
	}
	return some, all
}
