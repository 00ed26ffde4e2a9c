package main

import (
	"fmt"
	"io"
	"os"
	"time"
)

// watch makes reading r say how far it is, where somebody is looking.
func (a *app) watch(name string, r io.Reader, size int64) io.Reader {
	if !a.in.progress && !isTerminal(a.stderr) {
		return r
	}
	w := &watched{r: r, w: a.stderr, name: name, size: size, next: time.Now().Add(progressEvery)}
	if f, ok := r.(*os.File); ok {
		return watchedFile{w, f}
	}
	return w
}

const progressEvery = 500 * time.Millisecond

// watched counts what is read. The clock decides only when to speak.
type watched struct {
	r      io.Reader
	w      io.Writer
	name   string
	size   int64 // -1 unknown
	read   int64
	next   time.Time
	spoken bool
}

func (p *watched) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	p.count(n, err)
	return n, err
}

func (p *watched) count(n int, err error) {
	p.read += int64(n)
	if now := time.Now(); now.After(p.next) {
		p.next, p.spoken = now.Add(progressEvery), true
		if p.size > 0 {
			fmt.Fprintf(p.w, "\rthreadheat: reading %s: %d %% of %d MB", p.name, 100*p.read/p.size, p.size>>20)
		} else {
			fmt.Fprintf(p.w, "\rthreadheat: reading %s: %d MB", p.name, p.read>>20)
		}
	}
	if err != nil && p.spoken {
		fmt.Fprintln(p.w)
		p.spoken = false
	}
}

// watchedFile is a watched file that can still be read in place, as archives
// are.
type watchedFile struct {
	*watched
	f *os.File
}

func (p watchedFile) ReadAt(b []byte, off int64) (int, error) {
	n, err := p.f.ReadAt(b, off)
	p.count(n, err)
	return n, err
}

func (p watchedFile) Seek(off int64, whence int) (int64, error) { return p.f.Seek(off, whence) }

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
