package unpack

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/htmlindex"

	"threadheat/thread/internal/charset"
)

// header is what stands above the body of a message: fields by their names in
// small letters, the first of each name.
type header map[string]string

// maxHeader is how many bytes of a header are read.
const maxHeader = 1 << 20

var errHeader = fmt.Errorf("a header has more than %d MB", maxHeader>>20)

// readHeader reads up to the first empty line, and past it. Lines that are no
// field are skipped, folded ones joined. An error comes with what was read.
//
// net/textproto, net/mail and net/http refuse a whole header for one bad line;
// archives keep what servers really sent.
func readHeader(r *bufio.Reader) (header, error) {
	h := header{}
	size := 0
	last := ""       // the field that is being read, "" for none
	var value []byte // of last, all its lines
	keep := func() {
		if last != "" {
			h[last] = string(bytes.TrimSpace(value))
		}
	}
	for {
		line, err := r.ReadSlice('\n')
		size += len(line)
		text := strings.TrimRight(string(line), "\r\n")
		if text == "" && err == nil {
			keep()
			return h, nil
		}
		for err == bufio.ErrBufferFull && size <= maxHeader { // so long a line has said enough
			line, err = r.ReadSlice('\n')
			size += len(line)
		}
		if size > maxHeader {
			keep()
			return h, errHeader
		}
		if text != "" && (text[0] == ' ' || text[0] == '\t') {
			if last != "" {
				value = append(append(value, ' '), strings.TrimSpace(text)...)
			}
		} else if name, rest, ok := strings.Cut(text, ":"); ok {
			keep()
			last = strings.ToLower(strings.TrimSpace(name))
			value = value[:0]
			switch have, twice := h[last]; {
			case !twice:
			case strings.HasSuffix(last, "-encoding") && len(have) <= maxEncodingList:
				value = append(append(value, have...), ", "...)
			default:
				last = "" // nor what continues it
			}
			value = append(value, strings.TrimSpace(rest)...)
		}
		if err != nil {
			keep()
			return h, err
		}
	}
}

// maxEncodingList is how long a list of encodings may be for another field to be
// added to it: joining no end of them would take quadratic time.
const maxEncodingList = 1 << 10

// mediaType is the Content-Type of h: "text/html" and "utf-8", in small letters.
func (h header) mediaType() (kind, charset string) {
	return mediaType(h["content-type"])
}

func mediaType(field string) (kind, charset string) {
	kind, rest, _ := strings.Cut(field, ";")
	kind = strings.ToLower(strings.TrimSpace(kind))
	if m := charsetParam.FindStringSubmatch(rest); m != nil {
		charset = strings.ToLower(m[1])
	}
	return kind, charset
}

var charsetParam = regexp.MustCompile(`(?i)charset\s*=\s*["']?\s*([\w.:-]+)`)

// response reads the head of an HTTP response. A block that is none is all
// body, as servers answered before HTTP/1.0: its status is 200.
func response(r *bufio.Reader) (status int, h header, err error) {
	if start, _ := r.Peek(5); string(start) != "HTTP/" {
		return 200, header{}, nil
	}
	line, err := r.ReadString('\n')
	if err != nil {
		return 0, nil, err
	}
	if fields := strings.Fields(line); len(fields) > 1 {
		status, _ = strconv.Atoi(fields[1])
	}
	h, err = readHeader(r)
	return status, h, err
}

// nonPage is what to call a media type that holds no comments, "" where it may
// hold some.
func nonPage(kind string) string {
	major, minor, _ := strings.Cut(kind, "/")
	switch {
	case unlabelled(kind):
		return ""
	case strings.HasSuffix(minor, "javascript"), minor == "ecmascript", minor == "wasm":
		return "script"
	case minor == "css":
		return "style sheet"
	case major == "font", strings.HasPrefix(minor, "font-"), strings.HasPrefix(minor, "x-font"), minor == "vnd.ms-fontobject":
		return "font"
	case major == "image", major == "video":
		return major
	case major == "audio":
		return "sound"
	case major == "text":
		return ""
	case strings.HasSuffix(minor, "json"), strings.HasSuffix(minor, "xml"), strings.HasSuffix(minor, "jsonl"), minor == "mbox", kind == "message/rfc822":
		return ""
	}
	return kind
}

// unlabelled tells of media types that say nothing.
func unlabelled(kind string) bool {
	switch kind {
	case "", "application/octet-stream", "binary/octet-stream", "no-type", "unk", "unknown/unknown":
		return true
	}
	return false
}

// textual tells whether data of no known type may be a page.
func textual(start []byte) bool {
	return len(start) > 0 && bytes.IndexByte(start, 0) < 0 && kindOf(start) == ""
}

// decoded is a body without its transfer and content encodings. Where they are
// named but not there, as many programs that save pages leave it, it is taken
// as it is.
func (u *unpacker) decoded(body *bufio.Reader, h header) (r *bufio.Reader, err error) {
	r = body
	if strings.Contains(strings.ToLower(h["transfer-encoding"]), "chunked") {
		if start, _ := r.Peek(64); chunkSize.Match(start) {
			r = bufio.NewReader(&chunks{r: r})
		}
	}
	encodings := strings.Split(strings.ToLower(h["content-encoding"]), ",")
	if len(encodings) > maxEncodings {
		return r, fmt.Errorf("it is encoded %d times over", len(encodings))
	}
	for i := len(encodings) - 1; i >= 0; i-- { // the last was applied last
		inner, kind, err := contentDecoder(strings.TrimSpace(encodings[i]), r)
		if err != nil {
			return r, err
		}
		if inner != nil {
			r = bufio.NewReader(&layer{u.account, inner, kind})
		}
	}
	return r, nil
}

const maxEncodings = 4

// contentDecoder is nil where r is not in the encoding.
func contentDecoder(name string, r *bufio.Reader) (io.Reader, string, error) {
	start, _ := r.Peek(4)
	switch name {
	case "gzip", "x-gzip":
		if !bytes.HasPrefix(start, gzipMagic) {
			return nil, "", nil
		}
		z, err := gzip.NewReader(r)
		return z, "gzip", err
	case "deflate":
		// By RFC 9110, 8.4.1.2, it is zlib; servers send bare deflate as well.
		if len(start) < 2 || start[0] == '<' || start[0] == '{' {
			return nil, "", nil
		}
		if start[0]&15 == 8 && (int(start[0])<<8|int(start[1]))%31 == 0 {
			z, err := zlib.NewReader(r)
			return z, "deflate", err
		}
		return flate.NewReader(r), "deflate", nil
	case "br":
		// Brotli has no mark, but cannot begin with "<", nor go on after "{".
		if len(start) < 2 || start[0] == '<' || start[0] == '{' {
			return nil, "", nil
		}
		return brotli.NewReader(r), "brotli", nil
	case "zstd":
		if kindOf(start) != "zstd" {
			return nil, "", nil
		}
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxHTTPWindow))
		if err != nil {
			return nil, "", err
		}
		return z.IOReadCloser(), "zstd", nil
	}
	return nil, "", nil
}

// maxHTTPWindow is that of RFC 9659.
const maxHTTPWindow = 8 << 20

// chunkSize is the line before a chunk (RFC 9112, 7.1).
var chunkSize = regexp.MustCompile(`^([0-9a-fA-F]{1,15})[ \t]*(?:;[^\n]*)?\r?\n`)

// chunks undoes the chunked transfer encoding.
type chunks struct {
	r    *bufio.Reader
	left int64 // of the chunk
	more bool  // a line end stands before the next size
	err  error
}

var errChunk = errors.New("the chunked transfer is broken")

func (c *chunks) Read(b []byte) (int, error) {
	for c.left == 0 && c.err == nil {
		c.err = c.next()
	}
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.r.Read(b[:min(int64(len(b)), c.left)])
	c.left -= int64(n)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	c.err = err
	return n, err
}

// next reads the size of a chunk. It is io.EOF after the last.
func (c *chunks) next() error {
	if c.more {
		if end, err := c.r.ReadSlice('\n'); err != nil || len(bytes.TrimRight(end, "\r\n")) > 0 {
			return errChunk
		}
	}
	c.more = true
	line, err := c.r.ReadSlice('\n')
	m := chunkSize.FindSubmatch(line)
	switch {
	case m == nil && err == io.EOF:
		return io.ErrUnexpectedEOF
	case m == nil:
		return errChunk
	}
	c.left, err = strconv.ParseInt(string(m[1]), 16, 64)
	if c.left == 0 && err == nil {
		return io.EOF
	}
	return err
}

// inUTF8 is r as UTF-8 behind a byte order mark where it is of a kind that does
// not name its own encoding for sure, and its server names one. What is UTF-8
// whatever the server says stays so.
func inUTF8(r io.Reader, kind, declared string) io.Reader {
	switch kind {
	case "text/html", "application/xhtml+xml", "text/plain":
	default:
		return r // XML says it itself, JSON is UTF-8
	}
	e, err := htmlindex.Get(declared)
	if err != nil {
		return r
	}
	switch name, _ := htmlindex.Name(e); name {
	case "utf-8", "utf-16le", "utf-16be", "iso-2022-jp", "replacement": // those told by marks, and that of plain ASCII bytes
		return r
	}
	return io.MultiReader(strings.NewReader(byteOrderMark), charset.NewReader(r, declared))
}

const byteOrderMark = "\uFEFF"

// ErrCut is the error of a Reader whose page is not whole, while what follows it
// in the archive can still be read.
var ErrCut = errors.New("the page is not whole")

// MaxRecord is how many bytes of a page in a web archive are read.
const MaxRecord = 64 << 20

// whole is a page in a web archive. Whatever ends it too early is ErrCut, save
// ErrBomb.
type whole struct {
	r    io.Reader
	left int64
	why  string // it was cut short when it was saved, "" if not
}

func newPage(r io.Reader, why string) io.Reader { return &whole{r, MaxRecord, why} }

func (w *whole) Read(b []byte) (int, error) {
	if w.left == 0 {
		var one [1]byte
		switch n, err := io.ReadFull(w.r, one[:]); {
		case n > 0:
			return 0, fmt.Errorf("%w: it has more than %d MB", ErrCut, MaxRecord>>20)
		case err != io.EOF:
			return 0, w.say(err)
		}
	}
	n, err := w.r.Read(b[:min(int64(len(b)), max(w.left, 1))])
	w.left -= int64(n)
	return n, w.say(err)
}

func (w *whole) say(err error) error {
	switch {
	case err == nil, errors.Is(err, ErrBomb), errors.Is(err, ErrCut):
		return err
	case err == io.EOF && w.why == "":
		return err
	case err == io.EOF:
		return fmt.Errorf("%w: %s", ErrCut, w.why)
	case err == io.ErrUnexpectedEOF:
		return fmt.Errorf("%w: it ends too early", ErrCut)
	}
	return fmt.Errorf("%w: %w", ErrCut, err)
}
