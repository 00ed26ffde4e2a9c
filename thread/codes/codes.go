// Package codes reads what people answered who labelled comments: tables with a
// column for each label, or for each coder.
package codes

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"threadheat/thread/internal/charset"
	"threadheat/thread/internal/columns"
)

// Options say how to read the tables. The zero Options will do.
type Options struct {
	// Labels names the columns that hold answers; where a table has a column for each
	// coder, what these columns begin with, as in "hostility_anna". None takes every
	// column that is not known to be something else.
	Labels []string
}

// Table is who answered what.
type Table struct {
	Units    []Unit // in the order in which they first appear
	Coders   []string
	Labels   []string
	Answers  []Answer
	Problems []Problem // the first maxProblems
	Odd      int       // all of them
}

// Unit is what was judged.
type Unit struct {
	ID, Thread   string
	Text, Parent string // where the table has them
	HasText      bool
}

// Answer is what a coder said of a unit: places in Labels, Coders and Units, and the
// value, never empty.
type Answer struct {
	Label, Coder, Unit int
	Value              string
	File               string
	Line               int
}

// Problem is what is odd about a line.
type Problem struct {
	File string
	Line int
	What string
}

// maxCoders and maxCells bound the table of all answers; more coders than that are
// a column that holds something else.
const (
	maxCoders   = 1000
	maxCells    = 1 << 26
	maxProblems = 100 // nobody reads further
)

// The columns that are known, as plain leaves their names.
var (
	unitNames   = []string{"unit", "unite", "item", "row"}
	idNames     = []string{"id", "commentid", "cid", "comment", "identifiant"}
	threadNames = []string{"thread", "threadid", "fil", "conversation", "conversationid"}
	coderNames  = []string{"coder", "codeur", "codeuse", "annotator", "annotateur", "rater", "judge", "juge", "worker", "workerid", "annotatorid", "coderid"}
	textNames   = []string{"text", "texte", "body"}
	parentNames = []string{"parenttext"}
	// others are columns of a sheet that hold no answer.
	others = []string{"title", "titre", "author", "auteur", "time", "depth", "above", "parent", "parentauthor", "parentid", "note", "notes", "remark", "remarks", "stratum", "weight", "heat", "score", "url"}
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

// Read reads tables of text, or of JSON objects. There are three ways to say who
// answered, told by the header:
//
//   - a column coder (annotator, rater, …): a row is what one coder said of one unit.
//     Where it is empty, the name of the file stands for it;
//   - several files without one: each is a coder's;
//   - one file without one: each column that is nothing else is a coder.
//
// A unit goes by what stands in a column unit, or else by the ID of the comment, and of
// its thread where there is such a column. An answer that is empty, NA, null or - is none.
func Read(files []string, o Options) (*Table, error) {
	b := &builder{o: o, units: map[unitKey]int{}, coders: map[string]int{}, labels: map[string]int{}, answered: map[[3]int]place{}}
	for _, name := range files {
		if err := b.file(name, len(files) == 1); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	for _, l := range o.Labels {
		if _, ok := b.labels[l]; !ok {
			return nil, fmt.Errorf("no column is called %q", l)
		}
	}
	if n := len(b.t.Coders) * len(b.t.Units); n > maxCells {
		return nil, fmt.Errorf("%d coders of %d units are too many", len(b.t.Coders), len(b.t.Units))
	}
	return &b.t, nil
}

type unitKey struct{ thread, id string }

type place struct {
	file string
	line int
}

type builder struct {
	o              Options
	t              Table
	units          map[unitKey]int
	coders, labels map[string]int
	answered       map[[3]int]place
}

func (b *builder) file(name string, alone bool) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return b.read(name, f, alone)
}

func (b *builder) read(name string, r io.Reader, alone bool) error {
	in := bufio.NewReader(r)
	if mark, _ := in.Peek(2); charset.IsUTF16(mark) {
		in = bufio.NewReader(charset.NewReader(in, ""))
	}
	head, err := in.Peek(1 << 10)
	if err != nil && err != io.EOF && !errors.Is(err, bufio.ErrBufferFull) {
		return err
	}
	start := strings.TrimLeft(strings.TrimPrefix(string(head), "\uFEFF"), " \t\r\n")
	open := columns.OpenCSV
	switch {
	case start == "":
		return errors.New("it is empty")
	case start[0] == '{' || start[0] == '[':
		open = columns.OpenJSON
	}
	table, err := open(in)
	if err != nil {
		var missing *columns.MissingError
		if errors.As(err, &missing) {
			err = errors.New("it is no table of two columns or more")
		}
		return err
	}
	l, err := b.layout(table.Header, name, alone)
	if err != nil {
		table.Close()
		return err
	}
	for row, err := range table.Rows {
		if err != nil {
			return err
		}
		if err := b.row(name, l, row); err != nil {
			return err
		}
	}
	return nil
}

// layout is what stands in which column of a file.
type layout struct {
	unit, id, thread, coder, text, parent int
	cells                                 []cell
	name                                  string // of the coder, where no column says it
	width                                 int
}

// cell is a column of answers.
type cell struct{ column, label, coder int } // coder −1: as the row says

func (b *builder) layout(header []string, file string, alone bool) (l layout, err error) {
	l = layout{
		unit: find(header, unitNames), id: find(header, idNames), thread: find(header, threadNames),
		coder: find(header, coderNames), text: find(header, textNames), parent: find(header, parentNames),
		name: strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)), width: len(header),
	}
	if l.unit < 0 && l.id < 0 {
		return l, fmt.Errorf("no column says what was judged; call it id or unit. There are %s", list(header))
	}
	wide := alone && l.coder < 0
	known := []int{l.unit, l.id, l.thread, l.coder, l.text, l.parent}
	for i, h := range header {
		named := slices.Contains(b.o.Labels, h)
		if !named && (slices.Contains(known, i) || slices.Contains(others, plain(h))) {
			continue
		}
		label, coder := h, -1
		switch {
		case wide && len(b.o.Labels) == 0:
			label, coder = "code", b.coder(h)
		case wide:
			k := slices.IndexFunc(b.o.Labels, func(prefix string) bool {
				rest, ok := strings.CutPrefix(h, prefix)
				return ok && len(rest) > 1 && strings.ContainsRune("_.:- ", rune(rest[0]))
			})
			if k < 0 {
				continue
			}
			label = b.o.Labels[k]
			coder = b.coder(h[len(label)+1:])
		case len(b.o.Labels) > 0 && !named:
			continue
		}
		l.cells = append(l.cells, cell{i, b.label(label), coder})
	}
	if len(l.cells) == 0 {
		return l, fmt.Errorf("no column holds answers; there are %s", list(header))
	}
	return l, b.bound()
}

func list(header []string) string {
	if len(header) > 40 {
		header = append(slices.Clone(header[:40]), "…")
	}
	return strings.Join(header, ", ")
}

func (b *builder) label(name string) int { return number(b.labels, &b.t.Labels, name) }
func (b *builder) coder(name string) int { return number(b.coders, &b.t.Coders, name) }

// number is the place of a name among those there are, at the end if it is new.
func number(at map[string]int, names *[]string, name string) int {
	k, ok := at[name]
	if !ok {
		name = strings.Clone(name)
		k = len(*names)
		at[name] = k
		*names = append(*names, name)
	}
	return k
}

func (b *builder) bound() error {
	if len(b.t.Coders) > maxCoders {
		return fmt.Errorf("more than %d coders: does the column of the coders hold something else?", maxCoders)
	}
	return nil
}

func (b *builder) row(file string, l layout, row columns.Row) error {
	problem := func(format string, args ...any) {
		if b.t.Odd++; b.t.Odd <= maxProblems {
			b.t.Problems = append(b.t.Problems, Problem{file, row.Line, fmt.Sprintf(format, args...)})
		}
	}
	field := func(k int) string {
		if k < 0 || k >= len(row.Fields) {
			return ""
		}
		return unquote(strings.ToValidUTF8(row.Fields[k], "\uFFFD"))
	}
	if row.Odd != "" {
		problem("%s", row.Odd)
	}
	comment := unitKey{strings.TrimSpace(field(l.thread)), strings.TrimSpace(field(l.id))}
	key := unitKey{"", strings.TrimSpace(field(l.unit))}
	if l.unit < 0 {
		key = comment
	}
	if key.id == "" {
		if row.Odd == "" {
			problem("it does not say what was judged")
		}
		return nil
	}
	u, ok := b.units[key]
	if !ok {
		key = unitKey{strings.Clone(key.thread), strings.Clone(key.id)}
		u = len(b.t.Units)
		b.units[key] = u
		if l.id < 0 {
			comment = key
		}
		b.t.Units = append(b.t.Units, Unit{ID: strings.Clone(comment.id), Thread: strings.Clone(comment.thread)})
	} else if have := b.t.Units[u]; l.unit >= 0 && l.id >= 0 && have.ID != comment.id {
		problem("unit %s is the comment %s here, and %s before: are these sheets of one sample?", key.id, comment.id, have.ID)
	}
	if unit := &b.t.Units[u]; l.text >= 0 && !unit.HasText {
		unit.Text, unit.Parent, unit.HasText = strings.Clone(field(l.text)), strings.Clone(field(l.parent)), true
	}
	who := -1
	for _, c := range l.cells {
		value := strings.TrimSpace(field(c.column))
		if none(value) {
			continue
		}
		coder := c.coder
		if coder < 0 {
			if who < 0 {
				name := strings.TrimSpace(field(l.coder))
				if name == "" {
					name = l.name
				}
				who = b.coder(name)
				if err := b.bound(); err != nil {
					return err
				}
			}
			coder = who
		}
		at := [3]int{c.label, coder, u}
		if before, again := b.answered[at]; again {
			where := fmt.Sprintf("line %d", before.line)
			if before.file != file {
				where = before.file + ", " + where
			}
			problem("%s has judged %s already, in %s, which counts", b.t.Coders[coder], key.id, where)
			continue
		}
		b.answered[at] = place{file, row.Line}
		b.t.Answers = append(b.t.Answers, Answer{c.label, coder, u, strings.Clone(value), file, row.Line})
	}
	return nil
}

// none tells that an answer is none.
func none(value string) bool {
	switch strings.ToLower(value) {
	case "", "na", "n/a", "nan", "null", "none", "-":
		return true
	}
	return false
}

// unquote takes away the apostrophe that keeps a spreadsheet from taking a text for a
// formula.
func unquote(s string) string {
	if len(s) > 1 && s[0] == '\'' && strings.ContainsRune("=+-@\t\r", rune(s[1])) {
		return s[1:]
	}
	return s
}
