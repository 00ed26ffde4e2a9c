package unpack

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"threadheat/thread"
)

// The reader of HAR, what a browser's developer tools save of the answers it got
// (HTTP Archive 1.1 and 1.2).

var harStart = regexp.MustCompile(`^\x{FEFF}?\s*\{\s*"log"\s*:\s*\{`)

func isHAR(head []byte) bool {
	return harStart.Match(head) && (bytes.Contains(head, []byte(`"entries"`)) || bytes.Contains(head, []byte(`"creator"`)))
}

// harEntry is what is wanted of an entry.
type harEntry struct {
	Started string `json:"startedDateTime"`
	Request struct {
		URL string `json:"url"`
	} `json:"request"`
	Response struct {
		Status  int `json:"status"`
		Content struct {
			MimeType string `json:"mimeType"`
			Text     string `json:"text"`
			Encoding string `json:"encoding"`
		} `json:"content"`
	} `json:"response"`
}

// har yields the pages of a HAR file, one entry in memory at a time.
func (s *shelf) har(in *bufio.Reader) (more bool, err error) {
	if mark, _ := in.Peek(3); string(mark) == byteOrderMark {
		in.Discard(3)
	}
	limit := &allowed{r: &shortened{in: in, max: MaxRecord}}
	d := json.NewDecoder(limit)
	err = enter(d, limit, "log", "entries")
	for n := 1; err == nil && d.More(); n++ {
		limit.left = maxEntry
		var e harEntry
		err = d.Decode(&e)
		if wrong := (*json.UnmarshalTypeError)(nil); errors.As(err, &wrong) {
			s.remark("%s is of the wrong type (%s)", strings.TrimSpace(fmt.Sprintf("entry %d %s", n, wrong.Field)), wrong.Value)
			err = nil
		}
		if err == nil && !s.entry(n, &e) {
			return false, nil
		}
	}
	if err == nil {
		limit.left = maxEntry
		_, err = d.Token() // the end of the entries
	}
	switch {
	case err == nil, errors.Is(err, ErrBomb):
		return true, err
	case err == io.EOF, errors.Is(err, io.ErrUnexpectedEOF):
		return true, fmt.Errorf("the HAR data ends too early: %w", io.ErrUnexpectedEOF)
	}
	return true, fmt.Errorf("the HAR data is broken: %w", err)
}

// enter reads up to the first element of the array at path.
func enter(d *json.Decoder, limit *allowed, path ...string) error {
	for _, key := range path {
		limit.left = maxEntry
		if t, err := d.Token(); err != nil || t != json.Delim('{') {
			return orElse(err, "an object is missing")
		}
		for found := false; !found; {
			limit.left = maxEntry
			t, err := d.Token()
			if err != nil || t == json.Delim('}') {
				return orElse(err, fmt.Sprintf("there is no %q", key))
			}
			if found = t == key; !found {
				var other json.RawMessage
				if err := d.Decode(&other); err != nil {
					return err
				}
			}
		}
	}
	t, err := d.Token()
	if err != nil || t != json.Delim('[') {
		return orElse(err, "the entries are no array")
	}
	return nil
}

func orElse(err error, why string) error {
	if err != nil {
		return err
	}
	return errors.New(why)
}

// entry yields the n-th entry where it is a page.
func (s *shelf) entry(n int, e *harEntry) bool {
	c := &e.Response.Content
	kind, encoding := mediaType(c.MimeType)
	switch status := e.Response.Status; {
	case status == 304 && c.Text != "": // the browser showed what it had
	case status >= 300 && status < 400:
		s.passOver("redirect")
		return true
	case status == 0 && c.Text == "":
		s.passOver("unanswered request")
		return true
	case status != 0 && (status < 200 || status >= 400):
		s.passOver("error answer")
		return true
	}
	if what := nonPage(kind); what != "" {
		s.passOver(what)
		return true
	}
	if c.Text == "" {
		s.passOver("unsaved page")
		s.mention("unsaved page", e.Request.URL)
		return true
	}
	var r io.Reader = strings.NewReader(c.Text)
	if strings.EqualFold(c.Encoding, "base64") {
		r = inUTF8(base64.NewDecoder(base64.StdEncoding, r), kind, encoding)
	} else if kind == "text/html" {
		// The browser has made it Unicode; the page may name what it was before.
		r = io.MultiReader(strings.NewReader(byteOrderMark), r)
	}
	body := bufio.NewReader(r)
	if start, _ := body.Peek(512); unlabelled(kind) && !textual(start) {
		s.passOver("unknown file")
		return true
	}
	why := ""
	if len(c.Text) >= MaxRecord {
		why = fmt.Sprintf("it has more than %d MB", MaxRecord>>20)
	}
	m := s.member(e.Request.URL, fmt.Sprintf("entry %d", n), harDate(e.Started))
	m.Reader = newPage(body, why)
	return s.u.yield(m, nil)
}

// harDate reads an ISO 8601 time; that of one without a zone is unknown.
func harDate(s string) thread.Stamp {
	if t, err := time.Parse("2006-01-02T15:04:05", s); err == nil {
		return thread.Local(t, thread.Second)
	}
	return w3cDate(s)
}

// maxEntry is how many bytes an entry may have, its long strings cut.
const maxEntry = 2*MaxRecord + 16<<20

// allowed is a reader that fails when more is read than was allowed.
type allowed struct {
	r    io.Reader
	left int64
}

func (a *allowed) Read(b []byte) (int, error) {
	if a.left <= 0 {
		return 0, fmt.Errorf("an entry has more than %d MB", maxEntry>>20)
	}
	n, err := a.r.Read(b)
	a.left -= int64(n)
	return n, err
}

// shortened is JSON without what strings hold beyond max bytes: the films and
// pictures in a HAR file need not fit into memory. Runs of white space are made
// one: json.Decoder takes quadratic time over them.
type shortened struct {
	in     *bufio.Reader
	max    int
	space  bool // the last byte was
	quoted bool
	length int  // of the string so far
	full   bool // the rest of the string is dropped
	escape int  // how many bytes of an escape are still to come; 5 after the backslash
}

func (s *shortened) Read(b []byte) (int, error) {
	n := 0
	for n == 0 && len(b) > 0 {
		if _, err := s.in.Peek(1); err != nil {
			return 0, err
		}
		ahead, _ := s.in.Peek(min(len(b), s.in.Buffered()))
		for _, c := range ahead {
			if s.keep(c) {
				b[n] = c
				n++
			}
		}
		s.in.Discard(len(ahead))
	}
	return n, nil
}

// keep tells whether a byte is to be kept. No escape is cut in two.
func (s *shortened) keep(c byte) bool {
	if !s.quoted {
		again := s.space
		s.space = c == ' ' || c == '\t' || c == '\r' || c == '\n'
		s.quoted, s.length, s.full = c == '"', 0, false
		return !again || !s.space
	}
	s.length++
	switch {
	case s.escape == 5 && c != 'u':
		s.escape = 0
	case s.escape > 0:
		s.escape--
	case c == '"':
		s.quoted = false
		return true
	default:
		s.full = s.full || s.length > s.max
		if c == '\\' {
			s.escape = 5
		}
	}
	return !s.full
}
