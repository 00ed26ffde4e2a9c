package unpack

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"mime"
	"regexp"
	"strings"
	"time"

	"threadheat/thread"
)

// The reader of MHTML, the web pages that browsers save as one file (RFC 2557).
// It splits parts by itself: mime/multipart gives up on a header that is not
// quite right.

// isMHTML tells a saved page from an e-mail: it was not sent, so it has no
// number, no way and no receiver.
func isMHTML(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte(byteOrderMark)), "\r\n")
	if !fieldStart.Match(head) {
		return false
	}
	h, err := readHeader(bufio.NewReaderSize(bytes.NewReader(head), 1<<12))
	if err != nil {
		return false
	}
	for _, name := range []string{"message-id", "received", "return-path", "delivered-to", "to", "newsgroups", "x-mozilla-status", "x-gmail-labels"} {
		if _, ok := h[name]; ok {
			return false
		}
	}
	kind, _ := h.mediaType()
	snapshot := strings.HasPrefix(h["from"], "<Saved by ") || snapshotURL(h) != ""
	return (h["mime-version"] != "" || snapshot) &&
		(kind == "multipart/related" || (snapshot || h["content-location"] != "") && (kind == "multipart/alternative" || kind == "text/html"))
}

// fieldStart is one of the fields with which programs begin such a file.
var fieldStart = regexp.MustCompile(`(?i)^(?:from|subject|date|mime-version|content-type|(?:x-)?snapshot-[\w-]+|x-mimeole|x-mimehtml|content-[\w-]+):`)

func snapshotURL(h header) string {
	if url := h["snapshot-content-location"]; url != "" {
		return url
	}
	return h["x-snapshot-content-location"]
}

// mhtml yields the page, and the pages shown within it: their discussions often
// stand in one.
func (s *shelf) mhtml(in *bufio.Reader) (more bool, err error) {
	if mark, _ := in.Peek(3); string(mark) == byteOrderMark {
		in.Discard(3)
	}
	for {
		if c, err := in.ReadByte(); err != nil || c != '\r' && c != '\n' {
			in.UnreadByte()
			break
		}
	}
	p := &part{in: in}
	top, err := readHeader(in)
	captured := mailDate(top["date"])
	url := strings.TrimSpace(snapshotURL(top))
	for h, n := top, 1; err == nil; n++ {
		kind, encoding := h.mediaType()
		what := nonPage(kind)
		switch b := boundary(h["content-type"]); {
		case strings.HasPrefix(kind, "multipart/") && b != "" && len(p.bounds) < maxBounds:
			p.bounds = append(p.bounds, []byte("--"+b))
		case what != "":
			s.passOver(what)
		default:
			body := bufio.NewReader(transferDecoder(h["content-transfer-encoding"], p))
			if start, _ := body.Peek(512); unlabelled(kind) && !textual(start) {
				s.passOver("unknown file")
				break
			}
			at := h["content-location"]
			if web(url) && (at == "" || s.pages == 0) {
				at = url
			}
			url = "" // of the first page alone
			m := s.member(at, fmt.Sprintf("part %d", n), captured)
			m.Reader = newPage(inUTF8(body, kind, encoding), "")
			if !s.u.yield(m, nil) {
				return false, nil
			}
		}
		h, err = p.next()
	}
	switch err {
	case io.EOF:
		err = nil
	case io.ErrUnexpectedEOF:
		s.remark("it ends too early")
		err = nil
	}
	return true, err
}

// maxBounds is how many multipart entities are told apart in a file; those
// within each other that browsers write are two.
const maxBounds = 8

// mailDate reads the Date of a saved page.
func mailDate(s string) thread.Stamp {
	for _, layout := range []string{"Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04:05 -0700"} {
		if t, err := time.Parse(layout, s); err == nil {
			return thread.At(t, thread.Second)
		}
	}
	return thread.Stamp{}
}

// part reads the body of the current part of a multipart file.
type part struct {
	in     *bufio.Reader
	bounds [][]byte // "--" and the boundary, of all that were named so far
	line   []byte   // of the body, yet to be given
	within bool     // in a line: what comes is not its start
	ended  bool     // a boundary was met,
	closes bool     // which is the last of its kind
	err    error
}

func (p *part) Read(b []byte) (int, error) {
	for len(p.line) == 0 {
		if p.ended {
			return 0, io.EOF
		}
		if p.err != nil {
			return 0, p.err
		}
		p.advance()
	}
	n := copy(b, p.line)
	p.line = p.line[n:]
	return n, nil
}

// advance reads a line, or a piece of one that is long.
func (p *part) advance() {
	line, err := p.in.ReadSlice('\n')
	fresh := !p.within
	p.within = err == bufio.ErrBufferFull
	if fresh && bytes.HasPrefix(line, []byte("--")) {
		text := bytes.TrimRight(line, " \t\r\n")
		end := bytes.TrimSuffix(text, []byte("--"))
		for _, b := range p.bounds {
			if bytes.Equal(text, b) || bytes.Equal(end, b) {
				p.ended, p.closes = true, !bytes.Equal(text, b)
				return
			}
		}
	}
	p.line = line
	if p.err = err; p.within {
		p.err = nil
	}
	if err == io.EOF && len(p.bounds) > 0 && !p.closes {
		p.err = io.ErrUnexpectedEOF
	}
}

// next skips to the part after this one, and reads its header. io.EOF is the
// end.
func (p *part) next() (header, error) {
	for {
		if _, err := io.Copy(io.Discard, p); err != nil {
			return nil, err
		}
		if !p.ended {
			return nil, io.EOF
		}
		p.ended = false
		if p.closes {
			continue // what stands behind the last part is for readers without MIME
		}
		h, err := readHeader(p.in)
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return h, err
	}
}

func transferDecoder(name string, r io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "quoted-printable":
		return quoted{bufio.NewReader(r)}
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, r)
	}
	return r
}

// quoted undoes the quoted-printable encoding, and leaves as it is what is not
// encoded. mime/quotedprintable fails on lines of more than 4 kB.
type quoted struct{ r *bufio.Reader }

func (q quoted) Read(b []byte) (n int, err error) {
	for n < len(b) {
		c, err := q.r.ReadByte()
		if err != nil {
			return n, err
		}
		if c == '=' {
			next, _ := q.r.Peek(2)
			var coded [1]byte
			switch {
			case bytes.HasPrefix(next, []byte("\n")):
				q.r.Discard(1)
				continue
			case string(next) == "\r\n":
				q.r.Discard(2)
				continue
			case len(next) == 2:
				if _, err := hex.Decode(coded[:], next); err == nil {
					q.r.Discard(2)
					c = coded[0]
				}
			}
		}
		b[n] = c
		n++
	}
	return n, nil
}

// boundary is that of a multipart Content-Type, "" where it names none.
func boundary(contentType string) string {
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		return params["boundary"]
	}
	if m := boundaryParam.FindStringSubmatch(contentType); m != nil {
		return m[1]
	}
	return ""
}

var boundaryParam = regexp.MustCompile(`(?i)boundary\s*=\s*"?([^";]+)`)
