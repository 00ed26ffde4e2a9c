package unpack

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"threadheat/thread"
)

// The reader of WARC files (ISO 28500; iipc.github.io/warc-specifications, 1.0
// and 1.1, and 0.17 and 0.18 before them) and of the ARC files that came before
// (archive.org/web/researcher/ArcFileFormat.php, versions 1 and 2).
//
// It reads what writers of such files got wrong as well as what is right, and
// holds no more of a record than a buffer.

// truncated is the kind under which a shelf mentions pages cut short by the
// program that saved them.
const truncated = "truncated"

// record is the head of a record.
type record struct {
	kind      string // WARC-Type
	url       string
	captured  thread.Stamp
	mediaType string // of the block
	payload   string // as it was found to be by the crawler, "" where that does not say
	length    int64  // of the block
	cut       string // why it is not whole, "" where it is
	at        int64  // where it begins
}

// webArchive reads the records of one file.
type webArchive struct {
	*shelf
	in    *bufio.Reader
	at    func() int64
	gz    *members // whose contents in is, nil where it is not gzip data
	begin func([]byte) bool
	read  func(*webArchive) (record, error)
	http  *bufio.Reader
}

// warc yields the pages of a WARC file, or of an ARC file.
func (s *shelf) warc(in *bufio.Reader, at func() int64, gz *members, arc bool) (more bool, err error) {
	w := &webArchive{shelf: s, in: in, at: at, gz: gz, begin: beginsWARC, read: (*webArchive).header, http: bufio.NewReaderSize(nil, 1<<16)}
	if arc {
		w.begin, w.read = beginsARC, (*webArchive).arcHeader
	}
	for {
		r, err := w.next()
		if err == nil {
			b := &block{w: w, left: r.length}
			if !w.page(r, b) {
				return false, nil
			}
			err = b.skip()
		}
		if err != nil {
			if more, err := w.recover(err); !more {
				return true, err
			}
		}
	}
}

// errRecord is a record that is not as it must be, in a stream that can be read.
type errRecord string

func (e errRecord) Error() string { return string(e) }

func (w *webArchive) broken(at int64, why string) error {
	return errRecord(fmt.Sprintf("%s at byte %d%s", why, at, w.inside()))
}

// inside says where the bytes that at counts are.
func (w *webArchive) inside() string {
	if w.gz != nil {
		return " of what is compressed in it"
	}
	return ""
}

// recover finds the next record after an error. more is false at the end.
func (w *webArchive) recover(err error) (more bool, fatal error) {
	var broken errRecord
	switch {
	case err == io.EOF:
		return false, nil
	case errors.Is(err, ErrBomb):
		return false, err
	case errors.As(err, &broken):
		switch err = w.seek(); err {
		case nil:
			w.remark("%v; reading goes on at byte %d%s", broken, w.at(), w.inside())
			return true, nil
		case io.EOF:
			w.remark("%v; nothing can be read after it", broken)
			return false, nil
		}
		w.remark("%v", broken)
		return w.recover(err) // of the stream now
	case w.gz != nil:
		from := w.gz.start
		if at, ok := w.gz.resume(w.begin); ok {
			w.remark("%v, in what begins at byte %d; reading goes on at byte %d", err, from, at)
			return true, nil
		}
		w.remark("%v, in what begins at byte %d; nothing can be read after it", err, from)
		return false, nil
	case errors.Is(err, io.ErrUnexpectedEOF):
		w.remark("it ends within a record, at byte %d", w.at())
		return false, nil
	}
	return false, err
}

// seek goes to the next line that begins a record.
func (w *webArchive) seek() error {
	for start := true; ; {
		if ahead, _ := w.in.Peek(arcLine); start && w.begin(ahead) {
			return nil
		}
		line, err := w.in.ReadSlice('\n')
		if err != nil && err != bufio.ErrBufferFull {
			return err
		}
		start = bytes.HasSuffix(line, []byte("\n"))
	}
}

// next is the head of the next record, io.EOF at the end.
func (w *webArchive) next() (record, error) {
	for {
		c, err := w.in.ReadByte()
		if err != nil {
			return record{}, err
		}
		if c != '\r' && c != '\n' {
			w.in.UnreadByte()
			break
		}
	}
	at := w.at()
	if ahead, _ := w.in.Peek(arcLine); !w.begin(ahead) {
		return record{}, w.broken(at, "there is no record")
	}
	r, err := w.read(w)
	r.at = at
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if err == errHeader {
		err = w.broken(at, err.Error())
	}
	return r, err
}

var warcStart = regexp.MustCompile(`^WARC/[01]\.\d+[ \t]*\r?\n`)

func beginsWARC(b []byte) bool { return warcStart.Match(b) }

func (w *webArchive) header() (record, error) {
	at := w.at()
	if _, err := w.in.ReadSlice('\n'); err != nil {
		return record{}, err
	}
	h, err := readHeader(w.in)
	if err != nil {
		return record{}, err
	}
	r := record{
		kind:      strings.ToLower(h["warc-type"]),
		url:       strings.Trim(h["warc-target-uri"], "<> "), // the grammar of 1.0 has brackets around it, and wget wrote them
		captured:  w3cDate(h["warc-date"]),
		mediaType: h["content-type"],
		payload:   h["warc-identified-payload-type"],
	}
	if why := h["warc-truncated"]; why != "" {
		r.cut = "the program that saved it cut it short (" + shortName(why) + ")"
	} else if n := h["warc-segment-number"]; n != "" {
		r.cut = "its other parts are records of their own"
	}
	r.length, err = strconv.ParseInt(h["content-length"], 10, 64)
	if err != nil || r.length < 0 {
		return r, w.broken(at, "a record does not say how long it is")
	}
	return r, nil
}

// w3cDate reads WARC-Date: by WARC 1.1 as fine as from the year to fractions of
// a second, in UTC.
func w3cDate(s string) thread.Stamp {
	for _, layout := range []struct {
		layout string
		p      thread.Precision
	}{
		{time.RFC3339, thread.Second}, {"2006-01-02T15:04Z07:00", thread.Minute},
		{"2006-01-02", thread.Day}, {"2006-01", thread.Month}, {"2006", thread.Year},
		{"20060102150405", thread.Second}, {"200601021504", thread.Minute}, {"20060102", thread.Day}, // of ARC
	} {
		if t, err := time.Parse(layout.layout, s); err == nil {
			return thread.At(t, layout.p)
		}
	}
	return thread.Stamp{}
}

// arcLine is how long the line above an ARC record may be.
const arcLine = 1 << 14

// arcStart is that line: address, IP address, time, media type, and length, with
// other things before the length in version 2.
var arcStart = regexp.MustCompile(`^([a-zA-Z][\w.+-]*:[^\n]*) (\S+) (\d{8,14}) (\S*)(?: [^\n]*)? (\d{1,18})\r?\n`)

func beginsARC(b []byte) bool { return arcStart.Match(b) }

func (w *webArchive) arcHeader() (record, error) {
	ahead, _ := w.in.Peek(arcLine)
	m := arcStart.FindSubmatch(ahead)
	r := record{kind: "response", url: string(m[1]), captured: w3cDate(string(m[3])), payload: string(m[4])}
	if strings.HasPrefix(r.url, "filedesc:") {
		r.kind = "warcinfo"
	}
	r.length, _ = strconv.ParseInt(string(m[5]), 10, 64) // 18 digits are a number
	_, err := w.in.Discard(len(m[0]))
	return r, err
}

// block is what a record holds.
type block struct {
	w    *webArchive
	left int64
	err  error
}

func (b *block) Read(p []byte) (int, error) {
	if b.left == 0 {
		return 0, io.EOF
	}
	if b.err != nil {
		return 0, b.err
	}
	n, err := b.w.in.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	b.err = err
	return n, err
}

// skip reads the rest.
func (b *block) skip() error {
	_, err := io.Copy(io.Discard, b)
	return err
}

// page yields what r holds where that is a page, and counts it where not. False
// means that the receiver has had enough.
func (w *webArchive) page(r record, b *block) bool {
	w.http.Reset(b)
	body, kind, encoding := w.http, r.mediaType, ""
	switch scheme, _, _ := strings.Cut(strings.ToLower(r.url), ":"); {
	case r.kind == "revisit":
		w.passOver("revisit")
		w.mention("revisit", r.url)
		return true
	case r.kind == "continuation":
		w.passOver("continuation record")
		w.mention("continuation record", r.url)
		return true
	case r.kind != "response" && r.kind != "resource" && r.kind != "conversion":
		w.passOver(cmp.Or(map[string]string{"warcinfo": "file description", "request": "request", "metadata": "metadata record"}[r.kind], "unknown record"))
		return true
	case scheme == "dns" || scheme == "whois":
		w.passOver(strings.ToUpper(scheme) + " record")
		return true
	case r.kind == "resource" && (scheme == "metadata" || scheme == "urn" && !strings.HasPrefix(r.url, "urn:uuid:")):
		// QUIRK: wget keeps its log and arguments as metadata://gnu.org/…, Browsertrix
		// what it knows of each page as urn:pageinfo: and urn:text: of its address.
		w.passOver("crawler note")
		return true
	case strings.HasSuffix(strings.ToLower(r.url), "/robots.txt"):
		w.passOver("robots.txt file")
		return true
	}
	kind, encoding = mediaType(kind)
	if r.kind == "response" {
		status, h, err := response(body)
		bare := len(h) == 0 && kind != "application/http"
		switch {
		case err != nil:
			w.passOver("broken answer")
			w.mention("broken answer", r.url)
			return true
		case status >= 300 && status < 400:
			w.passOver("redirect")
			return true
		case status < 200 || status >= 400:
			w.passOver("error answer")
			return true
		}
		if !bare { // else what FTP gave, or a server before HTTP/1.0
			kind, encoding = h.mediaType()
		}
		if what := nonPage(kind); what != "" {
			w.passOver(what)
			return true
		}
		if body, err = w.u.decoded(body, h); err != nil {
			w.passOver("broken answer")
			w.mention("broken answer", r.url)
			return true
		}
	}
	if unlabelled(kind) && r.payload != "" {
		kind, _ = mediaType(r.payload)
	}
	if what := nonPage(kind); what != "" {
		w.passOver(what)
		return true
	}
	start, _ := body.Peek(512)
	switch {
	case len(start) == 0 && r.length == 0, len(start) == 0 && b.err == nil:
		w.passOver("empty answer")
		return true
	case unlabelled(kind) && !textual(start):
		w.passOver("unknown file")
		return true
	}
	if r.cut != "" {
		w.cut++
		w.mention(truncated, r.url)
	}
	m := w.member(r.url, fmt.Sprintf("record at %d", r.at), r.captured)
	m.Reader = newPage(inUTF8(body, kind, encoding), r.cut)
	return w.u.yield(m, nil)
}
