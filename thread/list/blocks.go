package list

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"threadheat/thread/internal/charset"
	"threadheat/thread/internal/columns"
)

// Block is some lines of a list that stand together. A Decoder reads it.
type Block struct {
	first    int    // number of the first line
	lines    []byte // of JSON; nil where the items are read already
	items    []Item
	problems []Problem
}

// The sizes of blocks.
const (
	blockSize = 64 << 10
	blockRows = 256
	// MaxLine is the length of the longest line of JSON that is read.
	MaxLine = 16 << 20
)

// Options say how to read a list.
type Options struct {
	Columns map[string]string // of a table, by what they hold: "text" → "Body"
}

// Blocks reads a list: objects, one a line, where it begins with a brace, or a
// table of text or one JSON array of objects with columns as package columns finds
// them, and parent_text and lang beside. JSON lines are passed on as soon as they
// come, so that what reads from a pipe that pauses need not wait for more; the rest
// in blocks of 256 rows. A block is the caller's. An error comes last.
//
// Memory is that of a block, or of the longest line.
func Blocks(r io.Reader, o Options) iter.Seq2[Block, error] {
	return func(yield func(Block, error) bool) {
		in := bufio.NewReaderSize(r, blockSize)
		mark, _ := in.Peek(2)
		if charset.IsUTF16(mark) {
			in = bufio.NewReaderSize(charset.NewReader(in, ""), blockSize)
		}
		skipped, c, err := begin(in)
		switch {
		case err == io.EOF:
		case err != nil:
			yield(Block{}, err)
		case c == '{' || c != '[' && objectsFollow(in):
			lines(in, skipped, yield)
		default:
			table(in, c == '[', skipped, o, yield)
		}
	}
}

// begin goes past a byte order mark and white space, and gives how many lines that
// was and what follows.
func begin(in *bufio.Reader) (lines int, c byte, err error) {
	if mark, _ := in.Peek(3); string(mark) == "\uFEFF" {
		in.Discard(3)
	}
	for {
		c, err := in.ReadByte()
		if err != nil {
			return lines, 0, err
		}
		switch c {
		case '\n':
			lines++
		case ' ', '\t', '\r':
		default:
			return lines, c, in.UnreadByte()
		}
	}
}

// objectsFollow tells that a line begins an object, though the first does not: it
// is the first that is broken, and not a table.
func objectsFollow(in *bufio.Reader) bool {
	head, _ := in.Peek(blockSize)
	return bytes.Contains(head, []byte("\n{\""))
}

// lines passes on what has come whenever a line is whole.
func lines(in *bufio.Reader, skipped int, yield func(Block, error) bool) {
	next := Block{first: skipped + 1}
	var rest []byte // of a line that has begun
	tooLong := false
	number := next.first // of the line that has begun
	for {
		_, err := in.Peek(1)
		ahead, _ := in.Peek(in.Buffered())
		whole := bytes.LastIndexByte(ahead, '\n') + 1
		if tooLong { // what is left of it goes, without being kept
			end := bytes.IndexByte(ahead, '\n') + 1
			if end == 0 {
				end = len(ahead)
			} else {
				tooLong = false
				number++
				next.first = number
			}
			in.Discard(end)
			if err == nil {
				continue
			}
		}
		switch {
		case err != nil && err != io.EOF:
			yield(Block{}, fmt.Errorf("line %d: %w", number, err))
			return
		case err == io.EOF:
			if next.lines = rest; len(next.lines) > 0 || len(next.problems) > 0 {
				yield(next, nil)
			}
			return
		case whole == 0 && len(rest)+len(ahead) > MaxLine:
			next.problems = append(next.problems, Problem{Line: number, What: fmt.Sprintf("the line is longer than %d MiB", MaxLine>>20)})
			rest, tooLong = nil, true
		case whole == 0:
			rest = append(rest, ahead...)
			in.Discard(len(ahead))
		default:
			next.lines = append(rest, ahead[:whole]...)
			number += bytes.Count(ahead[:whole], []byte("\n"))
			rest = bytes.Clone(ahead[whole:])
			in.Discard(len(ahead))
			if !yield(next, nil) {
				return
			}
			next = Block{first: number}
		}
	}
}

// table reads rows.
func table(in *bufio.Reader, array bool, skipped int, o Options, yield func(Block, error) bool) {
	open := columns.OpenCSV
	if array {
		open = columns.OpenJSON
	}
	t, err := open(in)
	if err != nil {
		var missing *columns.MissingError
		if errors.As(err, &missing) {
			err = fmt.Errorf("it is neither JSON lines nor a table: %w", err)
		}
		yield(Block{}, err)
		return
	}
	m, err := columns.Guess(t.Header, o.Columns)
	if err != nil {
		t.Close()
		yield(Block{}, err)
		return
	}
	parent, lang := named(t.Header, "parenttext"), named(t.Header, "lang", "language", "langue")
	var next Block
	for row, err := range t.Rows {
		if err != nil {
			if len(next.items)+len(next.problems) > 0 && !yield(next, nil) {
				return
			}
			yield(Block{}, err)
			return
		}
		next.row(row, m, parent, lang, skipped, len(t.Header))
		if len(next.items)+len(next.problems) >= blockRows {
			if !yield(next, nil) {
				return
			}
			next = Block{}
		}
	}
	if len(next.items)+len(next.problems) > 0 {
		yield(next, nil)
	}
}

// row adds a row of a table.
func (b *Block) row(row columns.Row, m columns.Map, parent, lang, skipped, width int) {
	line := row.Line + skipped
	field := func(k int) string {
		if k < 0 || k >= len(row.Fields) {
			return ""
		}
		return row.Fields[k]
	}
	if m[columns.Text] >= len(row.Fields) {
		b.problems = append(b.problems, Problem{Line: line, What: fmt.Sprintf("the row has %d columns where the header has %d, and no text", len(row.Fields), width)})
		return
	}
	if row.Odd != "" && !slices.ContainsFunc(row.Fields, func(s string) bool { return s != "" }) {
		b.problems = append(b.problems, Problem{Line: line, What: row.Odd})
		return
	}
	var item Item
	var broken, also bool
	item.Line, item.HasText, item.ID = line, true, "null"
	item.Text, broken = valid(field(m[columns.Text]))
	item.Parent, also = valid(field(parent))
	item.Reply = item.Parent != ""
	item.Lang = strings.ToValidUTF8(field(lang), "\uFFFD")
	odd := row.Odd
	if id := field(m[columns.ID]); id != "" {
		quoted, _ := json.Marshal(id) // a string cannot fail
		item.ID = string(quoted)
	} else if odd == "" {
		odd = "it has no ID"
	}
	if odd == "" && (broken || also) {
		odd = notUTF8
	}
	// The row's memory is the reader's.
	item.Text, item.Parent, item.Lang = strings.Clone(item.Text), strings.Clone(item.Parent), strings.Clone(item.Lang)
	b.items = append(b.items, item)
	if odd != "" {
		b.problems = append(b.problems, Problem{Line: line, What: odd, Kept: true})
	}
}

// named is the column with one of the names, whatever its capitals, spaces and
// underscores; -1 where there is none.
func named(header []string, names ...string) int {
	plain := strings.NewReplacer("_", "", " ", "", "-", "", ".", "")
	return slices.IndexFunc(header, func(h string) bool { return slices.Contains(names, plain.Replace(strings.ToLower(h))) })
}
