// Package unpack takes the wrapping off inputs: gzip, zstd, bzip2, xz and zip,
// known by their first bytes and not by their names, one inside another too.
package unpack

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
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
	Name   string    // that of the input; of a file in an archive, "archive.zip/dir/file"
	Reader io.Reader // valid until the next step
	// What a web archive says of a page in it.
	URL      string       // "" where it stands in none
	Captured thread.Stamp // when it was saved
}

// Open yields r itself where it is not wrapped, what is in it where it is
// compressed, and each file of an archive, in the order of the archive. Folders
// and the notes that macOS leaves are passed over. An error belongs to one
// member, or ends the sequence; errors of a stream that is broken or exceeds
// the limits come from the member's Reader, after what could be read.
//
// A zip archive is read in place where r is a file; else see MaxSpool.
func Open(name string, r io.Reader) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		u := unpacker{}
		file := section(r)
		u.open(name, &counted{r, &u.in}, file, 0, yield)
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

// unpacker keeps account of one input.
type unpacker struct {
	in, out int64 // bytes read from it, and come out of all its layers
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

// layer is what comes out of a wrapping. Its errors say which.
type layer struct {
	u    *unpacker
	r    io.Reader
	kind string
}

// ErrBomb is the error of a Reader whose input swells beyond the limits.
var ErrBomb = errors.New("it swells too much")

func (l *layer) Read(b []byte) (int, error) {
	n, err := l.r.Read(b)
	l.u.out += int64(n)
	switch {
	case l.u.out > Allowance+MaxRatio*l.u.in:
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
func (u *unpacker) open(name string, r io.Reader, file *io.SectionReader, layers int, yield func(Member, error) bool) bool {
	for ; ; layers++ {
		buffered := bufio.NewReaderSize(r, 1<<16)
		magic, _ := buffered.Peek(10) // an error comes again when it is read
		kind := kindOf(magic)
		if kind == "" {
			return yield(Member{Name: name, Reader: buffered}, nil)
		}
		if layers == MaxLayers {
			return yield(Member{}, fmt.Errorf("%s: more than %d wrappings inside each other", name, MaxLayers))
		}
		var inner io.Reader
		var err error
		switch kind {
		case "gzip":
			inner, err = gzip.NewReader(buffered)
		case "zstd":
			var d *zstd.Decoder
			d, err = zstd.NewReader(narrow(buffered), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(MaxWindow))
			if err == nil {
				defer d.Close()
				inner = d
			}
		case "bzip2":
			inner = bzip2.NewReader(buffered)
		case "xz":
			inner, err = xz.NewReader(buffered)
		case "zip":
			return u.archive(name, buffered, file, layers, yield)
		}
		if err != nil {
			return yield(Member{}, fmt.Errorf("%s: the %s data is broken: %w", name, kind, err))
		}
		r, file = &layer{u, inner, kind}, nil
	}
}

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

// kindOf tells a wrapping by its first bytes, "" where there is none.
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
	}
	return ""
}

// archive opens the files of a zip archive.
func (u *unpacker) archive(name string, r io.Reader, file *io.SectionReader, layers int, yield func(Member, error) bool) bool {
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
			return yield(Member{}, fmt.Errorf("%s: %w", name, err))
		}
		at, size = bytes.NewReader(all), int64(len(all))
	}
	z, err := zip.NewReader(at, size)
	if err != nil {
		return yield(Member{}, fmt.Errorf("%s: the zip data is broken: %w", name, err))
	}
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") || strings.HasPrefix(f.Name, "__MACOSX/") || path.Base(f.Name) == ".DS_Store" {
			continue
		}
		if !u.file(name+"/"+f.Name, f, layers, yield) {
			return false
		}
	}
	return true
}

func (u *unpacker) file(name string, f *zip.File, layers int, yield func(Member, error) bool) bool {
	if f.Flags&1 != 0 {
		return yield(Member{}, fmt.Errorf("%s is encrypted", name))
	}
	r, err := f.Open()
	if err != nil {
		return yield(Member{}, fmt.Errorf("%s: the zip data is broken: %w", name, err))
	}
	defer r.Close()
	return u.open(name, &layer{u, r, "zip"}, nil, layers+1, yield)
}
