package jsontree

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"iter"
)

// MaxRecord is the length of the longest record that is read: what is longer
// is no saved discussion.
const MaxRecord = 256 << 20

// Record is one JSON text of an input.
type Record struct {
	*Tree
	Line   int   // of the input, where it begins, from 1
	Offset int64 // of the input, where it begins
	Err    error // of Parse
}

// Records reads an input that holds one JSON text a line, or one in all: the
// latter where the first line ends in the middle of things, as that of indented
// JSON does. Blank lines and a byte order mark are skipped. A broken record is
// yielded with its error, and the next line read. Records are valid until the
// next step. The error of the sequence is that of r, and comes after what could
// be read; memory is that of the longest record.
func Records(r io.Reader) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		lines := bufio.NewReaderSize(r, 1<<18)
		var tree Tree
		var buf []byte
		offset, first := int64(0), true
		for number := 1; ; number++ {
			line, long, err := readLine(lines, buf[:0])
			if long != nil {
				buf = long
			}
			if err == errLong {
				yield(Record{}, fmt.Errorf("line %d is longer than %d MiB", number, MaxRecord>>20))
				return
			}
			start := offset
			offset += int64(len(line))
			if number == 1 {
				line = bytes.TrimPrefix(line, []byte("\uFEFF"))
			}
			text := bytes.TrimSpace(line)
			if first && len(text) > 0 {
				first = false
				if bytes.IndexByte([]byte("{[,:"), text[len(text)-1]) >= 0 && err == nil {
					var all []byte
					all, err = io.ReadAll(io.LimitReader(lines, MaxRecord))
					if len(all) == MaxRecord {
						yield(Record{}, fmt.Errorf("the document is longer than %d MiB", MaxRecord>>20))
						return
					}
					text = append(bytes.Clone(line), all...)
					if err == nil {
						err = io.EOF
					}
				}
			}
			if len(text) > 0 {
				record := Record{Tree: &tree, Line: number, Offset: start}
				if record.Err = tree.Parse(text); !yield(record, nil) {
					return
				}
			}
			if err != nil {
				if err != io.EOF {
					yield(Record{}, err)
				}
				return
			}
		}
	}
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
