// Package lenient reads JSON whose writers were free with types.
package lenient

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
)

// Text is a JSON value that should be a short text: a string as it is, a number
// as it is written, true and false by name, null, objects and arrays as "".
type Text string

// UnmarshalJSON implements json.Unmarshaler.
func (t *Text) UnmarshalJSON(b []byte) error {
	*t = ""
	switch b[0] {
	case '"':
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*t = Text(s)
	case 'n', '{', '[':
	default:
		*t = Text(b)
	}
	return nil
}

// Int is t as a whole number, also where it is written 3.0.
func (t Text) Int() (int, bool) {
	if n, err := strconv.Atoi(string(t)); err == nil {
		return n, true
	}
	f, err := strconv.ParseFloat(string(t), 64)
	if err != nil || !(f > -1e15 && f < 1e15) {
		return 0, false
	}
	return int(f), true
}

// Record is an object of a file.
type Record struct {
	JSON   []byte // valid until the next one is read
	Offset int64  // bytes from the start of the decoded text, about
}

// MaxRecord is how long a single object may be.
const MaxRecord = 64 << 20

// Objects are the objects of a file that holds them one after the other, in
// arrays or alone, with white space or commas between them. An error ends the
// sequence. One object is in memory at a time.
func Objects(r io.Reader) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		in := bufio.NewReaderSize(r, 1<<16)
		var at int64
		var buf []byte
		for depth := 0; ; {
			c, err := in.ReadByte()
			if err == io.EOF && depth == 0 {
				return
			}
			if err == io.EOF {
				err = errors.New("the file ends inside of a list; was it copied as a whole?")
			}
			if err != nil {
				yield(Record{}, err)
				return
			}
			at++
			switch c {
			case ' ', '\t', '\n', '\r', ',':
				continue
			case '[':
				depth++
				continue
			case ']':
				depth--
				if depth >= 0 {
					continue
				}
			case '{':
				start := at - 1
				buf, err = object(in, append(buf[:0], c))
				at = start + int64(len(buf))
				if err == nil && !json.Valid(buf) {
					err = errors.New("an object is no JSON, or is nested beyond 10,000 levels")
				}
				if err != nil {
					yield(Record{}, fmt.Errorf("byte %d: %w", start, err))
					return
				}
				if !yield(Record{JSON: buf, Offset: start}, nil) {
					return
				}
				continue
			}
			yield(Record{}, fmt.Errorf("byte %d: %q where an object should begin", at-1, c))
			return
		}
	}
}

// object reads the rest of an object, by its braces.
func object(in *bufio.Reader, buf []byte) ([]byte, error) {
	depth, inString, escaped := 1, false, false
	for depth > 0 {
		if _, err := in.Peek(1); err == io.EOF {
			return buf, errors.New("the file ends inside of an object; was it copied as a whole?")
		} else if err != nil {
			return buf, err
		}
		ahead, _ := in.Peek(in.Buffered())
		n := 0
		for n < len(ahead) && depth > 0 {
			c := ahead[n]
			n++
			switch {
			case escaped:
				escaped = false
			case inString:
				escaped, inString = c == '\\', c != '"'
			case c == '"':
				inString = true
			case c == '{':
				depth++
			case c == '}':
				depth--
			}
		}
		buf = append(buf, ahead[:n]...)
		in.Discard(n)
		if len(buf) > MaxRecord {
			return buf, errors.New("an object is longer than 64 MiB")
		}
	}
	return bytes.TrimSpace(buf), nil
}
