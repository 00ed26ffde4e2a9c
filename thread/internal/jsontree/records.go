package jsontree

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"

	"threadheat/thread"
)

// MaxRecord is the length of the longest record that is read: what is longer
// is no saved discussion.
const MaxRecord = 256 << 20

// Record is one JSON text of an input.
type Record struct {
	Tree
	Err    error // of Parse
	line   int   // of the input, at byte at of the text
	at     int
	offset int64 // of the input, where the text begins
}

// At is where n begins, in the input of the given name. Asked for nodes in
// order, it reads the text once.
func (r *Record) At(file string, n Node) thread.Pos {
	to := r.Offset(n)
	if to > r.at {
		r.line += bytes.Count(r.src[r.at:to], []byte("\n"))
		r.at = to
	}
	return thread.Pos{File: file, Line: r.line, Offset: r.offset + int64(to)}
}

// Records reads an input that holds one JSON text a line, or one in all: the
// latter where the first line ends in the middle of things, as that of indented
// JSON and of an array over several lines does. Blank lines and a byte order mark are skipped. A broken record is
// yielded with its error, and the next line read. Records are valid until the
// next step. The error of the sequence is that of r, and comes after what could
// be read; memory is that of the longest record.
func Records(r io.Reader) iter.Seq2[*Record, error] {
	return func(yield func(*Record, error) bool) {
		size := 1 << 18
		if held, ok := r.(*bytes.Reader); ok { // detection reads the head of every page in an archive
			size = min(size, held.Len())
		}
		lines := bufio.NewReaderSize(r, size)
		var record Record
		var buf []byte
		offset, first := int64(0), true
		for number := 1; ; number++ {
			line, long, err := readLine(lines, buf[:0])
			if long != nil {
				buf = long
			}
			if err == errLong {
				yield(nil, fmt.Errorf("line %d is longer than %d MiB", number, MaxRecord>>20))
				return
			}
			offset += int64(len(line))
			if number == 1 {
				line = bytes.TrimPrefix(line, []byte("\uFEFF"))
			}
			line = bytes.TrimLeft(line, " \t\r\n")
			record.line, record.at, record.offset = number, 0, offset-int64(len(line))
			text := bytes.TrimRight(line, " \t\r\n")
			if first && len(text) > 0 {
				first = false
				if err == nil && goesOn(&record.Tree, text) {
					line = bytes.Clone(line) // which the reader will write over
					var all []byte
					all, err = io.ReadAll(io.LimitReader(lines, MaxRecord))
					if len(all) == MaxRecord {
						yield(nil, fmt.Errorf("the document is longer than %d MiB", MaxRecord>>20))
						return
					}
					text = append(line, all...)
					if err == nil {
						err = io.EOF
					}
				}
			}
			if len(text) > 0 {
				if record.Err = record.Parse(text); !yield(&record, nil) {
					return
				}
			}
			if err != nil {
				if err != io.EOF {
					yield(nil, err)
				}
				return
			}
		}
	}
}

// IsMarkup tells that an input with this head is a page or other markup, in
// which there may be lines of JSON, but no records.
func IsMarkup(head []byte) bool {
	start := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\uFEFF")), " \t\r\n")
	return len(start) > 0 && start[0] == '<'
}

// goesOn tells that a first line is not a whole text. An object cut elsewhere
// than between its parts is a broken record.
func goesOn(t *Tree, line []byte) bool {
	switch line[len(line)-1] {
	case '{', '[', ',', ':':
		return true
	}
	return line[0] == '[' && errors.Is(t.Parse(line), ErrCut)
}

var errLong = fmt.Errorf("longer than %d bytes", MaxRecord)

// readLine is the next line with its end. It is long, in buf made longer, or
// stands in the reader until the next call. The error is io.EOF when no line
// feed ended it.
func readLine(r *bufio.Reader, buf []byte) (line, long []byte, err error) {
	line, err = r.ReadSlice('\n')
	if err != bufio.ErrBufferFull {
		return line, nil, err
	}
	for err == bufio.ErrBufferFull {
		buf = append(buf, line...)
		if len(buf) > MaxRecord {
			return nil, buf, errLong
		}
		line, err = r.ReadSlice('\n')
	}
	buf = append(buf, line...)
	return buf, buf, err
}
