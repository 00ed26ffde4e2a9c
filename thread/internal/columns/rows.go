package columns

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"threadheat/thread"
	"threadheat/thread/internal/charset"
	"threadheat/thread/internal/jsontree"
)

// Row is a line of a table. Its fields are valid until the next one.
type Row struct {
	Fields []string // in the order of the header, maybe fewer or more
	Line   int      // of the input
	Code   thread.Code
	Odd    string // what is wrong with it, beside Code, "" where nothing is
}

// Table is a table that is read row by row.
type Table struct {
	Header  []string
	Rows    iter.Seq2[Row, error] // to be walked once
	Guessed func() string         // the encoding that was guessed, as charset.Reader tells it
}

// Close lets go of a table whose rows are not walked.
func (t *Table) Close() {
	for range t.Rows {
		return
	}
}

// maxRecord bounds a row. A quote that is never closed makes one row of all
// that follows.
const maxRecord = 32 << 20

// delimiters are what may stand between columns.
var delimiters = []byte{',', ';', '\t', '|'}

// Delimiter finds what stands between the columns of the table that head
// begins: the mark with which the most columns bear known names, then the most
// columns. sep is the line in which Excel names it, to be skipped. 0: head is
// no table of two columns or more.
func Delimiter(head []byte) (mark byte, header []string, sep bool) {
	head = bytes.TrimPrefix(head, []byte("\uFEFF"))
	first, rest, _ := bytes.Cut(head, []byte("\n"))
	if line := bytes.TrimSpace(first); len(line) == 5 && bytes.EqualFold(line[:4], []byte("sep=")) || string(bytes.Trim(first, "\r\n")) == "sep=\t" {
		return first[4], record(rest, first[4]), true
	}
	best := 0
	for _, d := range delimiters {
		columns := record(head, d)
		if len(columns) < 2 {
			continue
		}
		score := len(columns)
		folded := make(map[string]bool, len(columns))
		for _, c := range columns {
			folded[fold(c)] = true
		}
		for _, names := range known {
			if slices.ContainsFunc(names, func(name string) bool { return folded[name] }) {
				score += 1 << 17 // more than columns fit into what is looked at
			}
		}
		if score > best {
			mark, header, best = d, columns, score
		}
	}
	return mark, header, false
}

// IsTable tells that head begins a table of text, whatever its columns are
// called: at least three rows, and the first twenty with as many columns as the
// header, three or more. Prose with as many commas in each line is rare.
func IsTable(head []byte) bool {
	head = head[:min(len(head), 1<<16)]
	mark, header, sep := Delimiter(head)
	if mark == 0 || len(header) < 3 || sep {
		return sep
	}
	width := len(header)
	r := newReader(bytes.NewReader(head), mark)
	for row := range 20 {
		fields, err := r.Read()
		if err != nil {
			return row >= 3
		}
		if len(fields) != width {
			return false
		}
	}
	return true
}

// record is the first record of b.
func record(b []byte, mark byte) []string {
	r := newReader(bytes.NewReader(b[:min(len(b), 1<<16)]), mark)
	fields, err := r.Read()
	if err != nil {
		return nil
	}
	return fields
}

func newReader(r io.Reader, mark byte) *csv.Reader {
	c := csv.NewReader(r)
	c.Comma, c.LazyQuotes, c.FieldsPerRecord, c.ReuseRecord = rune(mark), true, -1, true
	return c
}

// OpenCSV reads a table of text, whatever stands between its columns.
func OpenCSV(in io.Reader) (*Table, error) {
	text := charset.NewReader(in, "")
	limit := &limited{r: text}
	var head bytes.Buffer
	if _, err := io.CopyN(&head, text, 1<<16); err != nil && err != io.EOF {
		return nil, err
	}
	mark, header, sep := Delimiter(head.Bytes())
	if mark == 0 {
		first, _, _ := strings.Cut(head.String(), "\n")
		return nil, &MissingError{Text, "", []string{strings.TrimSpace(first)}}
	}
	limit.r = io.MultiReader(&head, text)
	r := newReader(limit, mark)
	skipped := 0
	if sep {
		for b := make([]byte, 1); b[0] != '\n'; {
			if _, err := limit.r.Read(b); err != nil {
				break
			}
		}
		skipped = 1
	}
	limit.left = maxRecord
	if _, err := r.Read(); err != nil {
		return nil, err
	}
	rows := func(yield func(Row, error) bool) {
		for line := 1; ; {
			limit.left = maxRecord
			fields, err := r.Read()
			if err == io.EOF {
				return
			}
			var wrong *csv.ParseError
			if err != nil && !errors.As(err, &wrong) {
				yield(Row{}, fmt.Errorf("after line %d: %w", line+skipped, err))
				return
			}
			if len(fields) == 0 || !slices.ContainsFunc(fields, func(s string) bool { return s != "" }) {
				continue // Excel writes rows of nothing
			}
			line, _ = r.FieldPos(0)
			row := Row{Fields: fields, Line: line + skipped}
			if len(fields) != len(header) {
				row.Code, row.Odd = thread.BadRecord, fmt.Sprintf("the row has %d columns where the header has %d", len(fields), len(header))
			}
			if !yield(row, nil) {
				return
			}
		}
	}
	return &Table{slices.Clone(header), rows, text.Guessed}, nil
}

// limited fails where more than left is read before left is set again.
type limited struct {
	r    io.Reader
	left int
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errors.New("a row is longer than 32 MiB; is a quotation mark never closed?")
	}
	n, err := l.r.Read(p[:min(len(p), l.left)])
	l.left -= n
	return n, err
}

// OpenJSON reads objects, one a line or in one array. Its columns are the names
// of their members, "a.b" for those of a member that is an object itself, as
// far as the first rows show them.
func OpenJSON(in io.Reader) (*Table, error) {
	next, stop := iter.Pull2(jsonRows(in))
	at := map[string]int{}
	var header []string
	var ahead []jsonRow
	var size int
	for len(ahead) < 1000 && size < 1<<20 {
		row, err, ok := next()
		if !ok {
			break
		}
		if err != nil {
			if len(ahead) == 0 {
				stop()
				return nil, err
			}
			row.failed = err
		}
		ahead = append(ahead, row)
		for i, name := range row.names {
			size += len(row.values[i])
			if _, seen := at[name]; !seen && len(header) < 1000 {
				at[name] = len(header)
				header = append(header, name)
			}
		}
		if err != nil {
			break
		}
	}
	rows := func(yield func(Row, error) bool) {
		defer stop()
		for {
			var r jsonRow
			if len(ahead) > 0 {
				r, ahead = ahead[0], ahead[1:]
			} else {
				row, err, ok := next()
				if !ok {
					return
				}
				r = row
				r.failed = err
			}
			if r.failed != nil {
				yield(Row{}, r.failed)
				return
			}
			fields := make([]string, len(header))
			for i, name := range r.names {
				if k, ok := at[name]; ok {
					fields[k] = r.values[i]
				}
			}
			if !yield(Row{Fields: fields, Line: r.line, Code: r.code, Odd: r.odd}, nil) {
				return
			}
		}
	}
	return &Table{header, rows, func() string { return "" }}, nil
}

// jsonRow is an object, taken apart. What is no object has an odd alone.
type jsonRow struct {
	names, values []string
	line          int
	code          thread.Code
	odd           string
	failed        error
}

func jsonRows(in io.Reader) iter.Seq2[jsonRow, error] {
	return func(yield func(jsonRow, error) bool) {
		for record, err := range jsontree.Records(in) {
			if err != nil {
				yield(jsonRow{}, err)
				return
			}
			var code thread.Code
			var odd string
			if record.Err != nil {
				code, odd = thread.BadRecord, fmt.Sprintf("the JSON is broken: %v; what stands before was read", record.Err)
				if errors.Is(record.Err, jsontree.ErrCut) {
					code = thread.Truncated
				}
			}
			alone := record.Kind(0) != jsontree.Array
			for n := range record.Each() {
				row := rowOf(record, n)
				if alone && odd != "" {
					row.code, row.odd = code, odd
					odd = ""
				}
				if !yield(row, nil) {
					return
				}
			}
			if odd != "" && !yield(jsonRow{line: record.At("", jsontree.None).Line, code: code, odd: odd}, nil) {
				return
			}
		}
	}
}

func rowOf(record *jsontree.Record, n jsontree.Node) jsonRow {
	row := jsonRow{line: record.At("", n).Line}
	if record.Kind(n) != jsontree.Object {
		row.code, row.odd = thread.BadRecord, fmt.Sprintf("%s stands where an object should", record.Kind(n))
	}
	row.flatten(&record.Tree, n)
	return row
}

// maxNested bounds how deep members of members are looked at.
const maxNested = 6

// flatten takes the members of n, those of members after their own.
func (r *jsonRow) flatten(t *jsontree.Tree, n jsontree.Node) {
	type object struct {
		node   jsontree.Node
		prefix string
		depth  int
	}
	for todo := []object{{n, "", 1}}; len(todo) > 0; todo = todo[1:] {
		o := todo[0]
		for name, value := range t.Members(o.node) {
			switch full := o.prefix + string(name); t.Kind(value) {
			case jsontree.Object:
				if o.depth < maxNested {
					todo = append(todo, object{value, full + ".", o.depth + 1})
				}
			case jsontree.Array, jsontree.Null:
			default:
				r.names, r.values = append(r.names, full), append(r.values, t.Scalar(value))
			}
		}
	}
}
