// Package unpack takes the wrapping off inputs: gzip, zstd, bzip2, xz, zip and
// tar, known by their first bytes and not by their names, one inside another too;
// and it takes the pages out of web archives: WARC, WACZ, ARC, MHTML, HAR
// and those of Safari.
//
// Of a web archive it hands on what may be a page with comments: HTML, XML, JSON
// and text that was answered with success. Pictures, scripts, redirects, errors
// and whatever else stands there are counted, and the counts noted.
package unpack

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"compress/bzip2"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"strings"

	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"

	"threadheat/thread"
)

// The limits against inputs made to fill a computer. Saved discussions shrink
// to a tenth, with luck to a fiftieth.
const (
	// MaxRatio is how many bytes may come out for each that goes in, all layers
	// of an input taken together.
	MaxRatio = 250
	// Allowance is how many bytes may come out before MaxRatio counts.
	Allowance = 16 << 20
	// MaxLayers is how many wrappings there may be inside each other.
	MaxLayers = 4
	// MaxSpool is the size of the largest zip archive that is taken from a pipe
	// or out of another wrapping: it is kept in memory.
	MaxSpool = 512 << 20
	// MaxWindow is how far back zstd may refer, and so how much memory it may
	// take. Reddit's monthly dumps use all of it.
	MaxWindow = 1 << 31
)

// Member is an input without its wrapping.
type Member struct {
	// Name is that of the input; of a file in an archive, "archive.zip/dir/file"; of
	// a page in a web archive, "crawl.warc/https://a.example/", and with " (2)"
	// behind it where the address comes again.
	Name   string
	Reader io.Reader // valid until the next step
	// What a web archive says of a page in it.
	URL      string       // "" where it stands in none
	Captured thread.Stamp // when it was saved
}

// Open yields r itself where it is not wrapped, what is in it where it is
// compressed, each file of an archive, and each page of a web archive, in their
// order. Folders and the notes that macOS leaves are passed over. An error
// belongs to the member that is named with it, or ends the sequence; errors of a
// stream that is broken or exceeds the limits come from the member's Reader,
// after what could be read. Where such an error is ErrCut, the next members can
// still be read.
//
// note, where it is not nil, is told what a user should know of a web archive:
// what was passed over, and where it is broken. It may be told between members
// and at the end.
//
// A zip archive is read in place where r is a file; else see MaxSpool. A web
// archive is read as a stream, in memory that does not grow with it but for 16
// bytes a page; a HAR file, one entry at a time; one of Safari is kept in memory.
func Open(name string, r io.Reader, note func(string)) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		u := unpacker{account: &account{}, yield: yield, note: note}
		if note == nil {
			u.note = func(string) {}
		}
		if l, ok := r.(limited); ok { // out of a zip archive, whose account goes on
			u.account = l.account
			u.open(name, r, nil, 0)
			return
		}
		u.open(name, &counted{r, &u.in}, section(r), 0)
	}
}

// section is the rest of r for reading in place, nil where that cannot be.
func section(r io.Reader) *io.SectionReader {
	f, ok := r.(interface {
		io.ReaderAt
		io.Seeker
	})
	if !ok {
		return nil
	}
	at, err := f.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil // a pipe
	}
	end, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return nil
	}
	if _, err := f.Seek(at, io.SeekStart); err != nil {
		return nil
	}
	return io.NewSectionReader(f, at, end-at)
}

// account is how many bytes were read from one input, and how many have come out
// of all its layers.
type account struct{ in, out int64 }

// unpacker unwraps one input.
type unpacker struct {
	*account
	yield func(Member, error) bool
	note  func(string)
}

// counted adds what is read to n.
type counted struct {
	r io.Reader
	n *int64
}

func (c *counted) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	*c.n += int64(n)
	return n, err
}

// swollen tells that more has come out than may.
func (a *account) swollen() bool { return a.out > Allowance+MaxRatio*a.in }

// rest is the end of an archive whose members swell too much: each would say so.
func (u *unpacker) rest(name string) bool {
	return u.yield(Member{Name: name}, fmt.Errorf("%s: what follows in it is not read: %w", name, ErrBomb))
}

// layer is what comes out of a wrapping. Its errors say which.
type layer struct {
	*account
	r    io.Reader
	kind string
}

// ErrBomb is the error of a Reader whose input swells beyond the limits.
var ErrBomb = errors.New("it swells too much")

func (l *layer) Read(b []byte) (int, error) {
	n, err := l.r.Read(b)
	l.out += int64(n)
	switch {
	case l.swollen():
		return n, fmt.Errorf("the %s data gives more than %d times its size: %w", l.kind, MaxRatio, ErrBomb)
	case err == nil || err == io.EOF || errors.Is(err, ErrBomb):
		return n, err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return n, fmt.Errorf("the %s data ends too early: %w", l.kind, err)
	}
	return n, fmt.Errorf("the %s data is broken: %w", l.kind, err)
}

// open unwraps r. It calls itself for the members of archives, MaxLayers deep
// at most. False means that the receiver has had enough.
func (u *unpacker) open(name string, r io.Reader, file *io.SectionReader, layers int) bool {
	var gz *members // r, where it is gzip data
	for ; ; layers++ {
		var n int64
		buffered := bufio.NewReaderSize(&counted{r, &n}, headSize)
		at := func() int64 { return n - int64(buffered.Buffered()) }
		head, _ := buffered.Peek(headSize) // an error comes again when it is read
		kind := kindOf(head)
		switch kind {
		case "":
			return u.yield(saved(name, head, buffered), nil)
		case "warc", "arc":
			return u.shelve(name, func(s *shelf) (bool, error) { return s.warc(buffered, at, gz, kind == "arc") })
		case "mhtml":
			return u.shelve(name, func(s *shelf) (bool, error) { return s.mhtml(buffered) })
		case "har":
			return u.shelve(name, func(s *shelf) (bool, error) { return s.har(buffered) })
		case "webarchive":
			return u.shelve(name, func(s *shelf) (bool, error) { return s.webarchive(buffered) })
		}
		if layers == MaxLayers {
			return u.yield(Member{Name: name}, fmt.Errorf("%s: more than %d wrappings inside each other", name, MaxLayers))
		}
		var inner io.Reader
		var err error
		gz = nil
		switch kind {
		case "gzip":
			gz, err = newMembers(buffered)
			inner = gz
		case "zstd":
			var d *zstd.Decoder
			d, err = newZstd(buffered)
			if err == nil {
				defer d.Close()
				inner = d
			}
		case "bzip2":
			inner = bzip2.NewReader(buffered)
		case "xz":
			inner, err = xz.NewReader(buffered)
		case "zip":
			return u.zip(name, buffered, file, layers)
		case "tar":
			return u.tar(name, buffered, layers)
		}
		if err != nil {
			return u.yield(Member{Name: name}, fmt.Errorf("%s: the %s data is broken: %w", name, kind, err))
		}
		r, file = &layer{u.account, inner, kind}, nil
	}
}

// headSize is how much is looked at to tell what an input is.
const headSize = 1 << 16

// newZstd decodes r. A WARC file may begin with the dictionary of all that
// follows (iipc.github.io/warc-specifications/specifications/warc-zstd), which
// is not to be skipped.
func newZstd(r *bufio.Reader) (*zstd.Decoder, error) {
	options := []zstd.DOption{zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(MaxWindow)}
	if start, _ := r.Peek(8); len(start) == 8 && string(start[:4]) == dictionaryFrame {
		size := binary.LittleEndian.Uint32(start[4:])
		if size > maxDictionary {
			return nil, fmt.Errorf("its dictionary has more than %d MB", maxDictionary>>20)
		}
		r.Discard(8)
		dictionary := make([]byte, size)
		if _, err := io.ReadFull(r, dictionary); err != nil {
			return nil, err
		}
		if kindOf(dictionary) == "zstd" {
			d, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxDictionary), zstd.WithDecoderConcurrency(1))
			if err != nil {
				return nil, err
			}
			defer d.Close()
			if dictionary, err = d.DecodeAll(dictionary, nil); err != nil {
				return nil, fmt.Errorf("its dictionary: %w", err)
			}
		}
		options = append(options, zstd.WithDecoderDicts(dictionary))
	}
	return zstd.NewReader(narrow(r), options...)
}

const (
	dictionaryFrame = "\x5d\x2a\x4d\x18"
	maxDictionary   = 8 << 20 // that of the specification
)

// narrow makes the window of short zstd data smaller where it is larger than all
// that may come out: the decoder allocates the window as a whole, and clears it,
// which takes seconds for 2 GiB.
func narrow(r *bufio.Reader) io.Reader {
	all, err := r.Peek(shortZstd)
	// RFC 8878, 3.1.1.1: the magic number, a byte of flags, and the window unless
	// the frame is a single segment.
	if err != io.EOF || len(all) < 6 || all[0] != 0x28 || all[4]&0x20 != 0 || all[5] <= shortWindow {
		return r
	}
	all = bytes.Clone(all)
	all[5] = shortWindow
	return bytes.NewReader(all)
}

const (
	shortZstd   = 1 << 16
	shortWindow = 15 << 3 // 32 MiB = Allowance + MaxRatio * shortZstd, rounded up
)

// kindOf tells a wrapping or an archive by its first bytes, "" where it is none.
func kindOf(b []byte) string {
	has := func(s string) bool { return bytes.HasPrefix(b, []byte(s)) }
	switch {
	case has("\x1f\x8b\x08"):
		return "gzip"
	case has("\x28\xb5\x2f\xfd"), len(b) >= 4 && b[0]&0xf0 == 0x50 && string(b[1:4]) == "\x2a\x4d\x18": // a frame, or one to skip before it
		return "zstd"
	case has("BZh") && len(b) >= 10 && (string(b[4:10]) == "1AY&SY" || string(b[4:10]) == "\x17rE8P\x90"):
		return "bzip2"
	case has("\xfd7zXZ\x00"):
		return "xz"
	case has("PK\x03\x04"), has("PK\x05\x06"):
		return "zip"
	case len(b) >= 512 && string(b[257:262]) == "ustar":
		return "tar"
	case beginsWARC(b):
		return "warc"
	case has("filedesc:") && beginsARC(b):
		return "arc"
	case has("bplist00"):
		return "webarchive"
	case isHAR(b):
		return "har"
	case isMHTML(b):
		return "mhtml"
	}
	return ""
}

// zip opens the files of a zip archive.
func (u *unpacker) zip(name string, r io.Reader, file *io.SectionReader, layers int) bool {
	var at io.ReaderAt = file
	var size int64
	if file != nil {
		size = file.Size()
		u.in = max(u.in, size)
	} else {
		all, err := io.ReadAll(io.LimitReader(r, MaxSpool+1))
		if err == nil && len(all) > MaxSpool {
			err = fmt.Errorf("a zip archive of more than %d MB must be a file of its own to be read", MaxSpool>>20)
		}
		if err != nil {
			return u.yield(Member{Name: name}, fmt.Errorf("%s: %w", name, err))
		}
		at, size = bytes.NewReader(all), int64(len(all))
	}
	z, err := zip.NewReader(at, size)
	if err != nil {
		return u.yield(Member{Name: name}, fmt.Errorf("%s: the zip data is broken: %w", name, err))
	}
	wacz, beside := isWACZ(z), 0
	for _, f := range z.File {
		switch {
		case u.swollen():
			return u.rest(name)
		case ignored(f.Name):
		case wacz && !strings.HasPrefix(f.Name, "archive/"):
			beside++
		case !u.file(name+"/"+printable(f.Name), f, layers):
			return false
		}
	}
	if beside > 0 {
		u.note(fmt.Sprintf("%s: passed over %s about the archive", name, count(beside, "file")))
	}
	return true
}

// ignored tells of folders and of what macOS leaves beside files.
func ignored(name string) bool {
	base := path.Base(name)
	return strings.HasSuffix(name, "/") || strings.HasPrefix(name, "__MACOSX/") || base == ".DS_Store"
}

// isWACZ tells a zip archive of WARC files with their indexes
// (specs.webrecorder.net/wacz).
func isWACZ(z *zip.Reader) bool {
	described, archive := false, false
	for _, f := range z.File {
		described = described || f.Name == "datapackage.json"
		archive = archive || strings.HasPrefix(f.Name, "archive/")
	}
	return described && archive
}

func (u *unpacker) file(name string, f *zip.File, layers int) bool {
	if f.Flags&1 != 0 {
		return u.yield(Member{Name: name}, fmt.Errorf("%s is encrypted", name))
	}
	r, err := f.Open()
	if err != nil {
		return u.yield(Member{Name: name}, fmt.Errorf("%s: the zip data is broken: %w", name, err))
	}
	defer r.Close()
	return u.open(name, &layer{u.account, r, "zip"}, nil, layers+1)
}

// tar opens the files of a tar archive. It counts as a wrapping: files with
// holes swell.
func (u *unpacker) tar(name string, r io.Reader, layers int) bool {
	for z := tar.NewReader(r); ; {
		h, err := z.Next()
		switch {
		case err == io.EOF:
			return true
		case u.swollen():
			return u.rest(name)
		case errors.Is(err, io.ErrUnexpectedEOF):
			return u.yield(Member{Name: name}, fmt.Errorf("%s: the tar data ends too early: %w", name, err))
		case err != nil:
			return u.yield(Member{Name: name}, fmt.Errorf("%s: the tar data is broken: %w", name, err))
		}
		// macOS stores what it knows of a file as another before it.
		if h.Typeflag != tar.TypeReg && h.Typeflag != tar.TypeGNUSparse || ignored(h.Name) || strings.HasPrefix(path.Base(h.Name), "._") {
			continue
		}
		if !u.open(name+"/"+printable(h.Name), &layer{u.account, z, "tar"}, nil, layers+1) {
			return false
		}
	}
}
