// Package xmltok reads the XML of exports, token by token, also where it is
// none: exporters leave control characters, bare ampersands and unclosed
// elements in it. The tokenizer is that of HTML, which never fails. Entities
// that a document defines are not known to it, so none can grow. Names come in
// lower case, with their prefix.
package xmltok

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"threadheat/thread/internal/charset"
)

// maxToken bounds a single tag or text. Articles with their images inside have
// some megabytes.
const maxToken = 32 << 20

// ErrTooLong is the error of a tag or text longer than 32 MiB.
var ErrTooLong = errors.New("a single tag or text is longer than 32 MiB")

// Kind tells tokens apart.
type Kind uint8

// The kinds of token. Declarations and comments are passed over.
const (
	Start Kind = iota
	End
	Text
)

// Reader reads tokens. It holds one in memory at a time.
type Reader struct {
	Kind Kind
	Name string // of a Start or End
	Line int    // where the token starts

	z         *html.Tokenizer
	text      *charset.Reader
	attrs     bool // of the Start, not yet read
	selfClose bool // the Start is <a/>
	again     bool // Next gives the same token once more
	lines     int  // line feeds in the token
	root      string
	whole     bool
	err       error
}

var encoding = regexp.MustCompile(`^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']`)

// NewReader reads r in the encoding it declares.
func NewReader(r io.Reader) *Reader {
	in := bufio.NewReaderSize(r, 1024)
	head, _ := in.Peek(1024)
	declared := ""
	if m := encoding.FindSubmatch(head); m != nil {
		declared = string(m[1])
	}
	text := charset.NewReader(in, declared)
	x := &Reader{Line: 1, text: text, z: html.NewTokenizer(text)}
	x.z.SetMaxBuf(maxToken)
	x.z.AllowCDATA(true)
	return x
}

// Head is the start of a file as text, for detection: up to 64 KiB.
func Head(b []byte) string {
	b = b[:min(len(b), 1<<16)]
	if bytes.HasPrefix(b, []byte("\xFF\xFE")) || bytes.HasPrefix(b, []byte("\xFE\xFF")) {
		text, _ := charset.UTF8(b, "")
		return text
	}
	return string(bytes.TrimPrefix(b, []byte("\uFEFF")))
}

// Next reads the next token; false means that there is none.
func (r *Reader) Next() bool {
	if r.again {
		r.again = false
		return true
	}
	for r.err == nil {
		r.Line += r.lines
		kind := r.z.Next()
		r.lines = bytes.Count(r.z.Raw(), []byte("\n"))
		switch kind {
		case html.ErrorToken:
			r.err = r.z.Err()
			if r.err == html.ErrBufferExceeded {
				r.err = ErrTooLong
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			// <title> and <script> are elements like any other here.
			r.z.NextIsNotRawText()
			name, more := r.z.TagName()
			r.Kind, r.Name, r.attrs, r.selfClose = Start, string(name), more, kind == html.SelfClosingTagToken
			if r.root == "" {
				r.root = r.Name
				r.whole = r.selfClose
			}
			return true
		case html.EndTagToken:
			name, _ := r.z.TagName()
			r.Kind, r.Name = End, string(name)
			r.whole = r.whole || r.Name == r.root
			return true
		case html.TextToken:
			r.Kind = Text
			return true
		}
	}
	return false
}

// Attributes are those of a Start, which may be asked for once.
func (r *Reader) Attributes() map[string]string {
	attrs := map[string]string{}
	for r.attrs {
		var key, val []byte
		key, val, r.attrs = r.z.TagAttr()
		if _, twice := attrs[string(key)]; !twice {
			attrs[string(key)] = string(val)
		}
	}
	return attrs
}

// Content reads what stands inside the element whose Start was read last, up to
// its End: texts decoded, elements as markup. The Start of an element in breaks
// or the End of one ends it, too, and is read again by Next: one end tag that
// is missing costs no more than the text after it.
func (r *Reader) Content(breaks []string) string {
	if r.selfClose {
		return ""
	}
	name := r.Name
	var b strings.Builder
	for r.Next() {
		switch {
		case b.Len() > maxToken:
			r.err = ErrTooLong
			return b.String()
		case r.Kind == Text:
			b.Write(r.plain())
		case r.Kind == End && r.Name == name:
			return b.String()
		case slices.Contains(breaks, r.Name):
			r.again = true
			return b.String()
		default:
			b.Write(r.z.Raw())
		}
	}
	return b.String()
}

// plain is the text of a Text; in a CDATA section nothing is decoded.
func (r *Reader) plain() []byte {
	raw, cdata := bytes.CutPrefix(r.z.Raw(), []byte("<![CDATA["))
	if !cdata {
		return r.z.Text()
	}
	return bytes.TrimSuffix(raw, []byte("]]>"))
}

// Guessed is the encoding that was guessed, "" where it was told.
func (r *Reader) Guessed() string { return r.text.Guessed() }

// Err is why Next has stopped: nil at the end of the file.
func (r *Reader) Err() error {
	if r.err == io.EOF {
		return nil
	}
	return r.err
}

// Cut tells in a few words why the file seems to end too early, "" where it
// does not.
func (r *Reader) Cut() string {
	if r.whole || r.root == "" {
		return ""
	}
	return "the file ends before </" + r.root + ">"
}
