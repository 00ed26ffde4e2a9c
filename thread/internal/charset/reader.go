package charset

import (
	"bufio"
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// window is how much NewReader looks at from the first byte on that is not
// ASCII before it settles for an encoding.
const window = 1 << 16

// Reader decodes a stream to UTF-8 as UTF8 does a page, but decides by the
// first 64 KiB from the first byte on that is not ASCII. What is broken in UTF-8
// comes through as it is.
type Reader struct {
	in       *bufio.Reader
	declared string
	out      io.Reader // nil while all was ASCII
	guessed  string
}

// NewReader decodes r. declared is the encoding that the file itself names, ""
// where none.
func NewReader(r io.Reader, declared string) *Reader {
	c := &Reader{in: bufio.NewReaderSize(r, window), declared: declared}
	mark, _ := c.in.Peek(3)
	switch {
	case bytes.HasPrefix(mark, []byte("\xEF\xBB\xBF")):
		c.in.Discard(3)
		c.out = c.in
	case IsUTF16(mark):
		c.out = transform.NewReader(c.in, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	}
	return c
}

// Guessed is the encoding that was taken against what is declared, or where
// nothing is; "" while that is sure.
func (c *Reader) Guessed() string { return c.guessed }

// Read implements io.Reader.
func (c *Reader) Read(p []byte) (int, error) {
	if c.out != nil {
		return c.out.Read(p)
	}
	if _, err := c.in.Peek(1); err != nil {
		return 0, err
	}
	ahead, _ := c.in.Peek(min(len(p), c.in.Buffered()))
	n := 0
	for n < len(ahead) && ahead[n] < utf8.RuneSelf {
		n++
	}
	if n == 0 && len(p) > 0 {
		c.settle()
		return c.out.Read(p)
	}
	return c.in.Read(p[:n])
}

// settle chooses the encoding of what follows.
func (c *Reader) settle() {
	ahead, err := c.in.Peek(window)
	if err == nil { // the window may end inside a letter
		for k := 1; k < utf8.UTFMax && k < len(ahead); k++ {
			if utf8.RuneStart(ahead[len(ahead)-k]) {
				ahead = ahead[:len(ahead)-k]
				break
			}
		}
	}
	named := get(c.declared)
	sound, broken := count(ahead)
	switch {
	case broken == 0:
		c.out = c.in
		if named != nil && nameOf(named) != "utf-8" {
			c.guessed = "utf-8"
		}
	case named != nil && nameOf(named) != "utf-8":
		c.out = transform.NewReader(c.in, named.NewDecoder())
	case sound >= 4*broken:
		c.out, c.guessed = c.in, "utf-8"
	default:
		c.out, c.guessed = transform.NewReader(c.in, charmap.Windows1252.NewDecoder()), "windows-1252"
	}
}
