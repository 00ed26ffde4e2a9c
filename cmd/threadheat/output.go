package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
)

// writeTo calls write with the place named by name: standard output for "" and
// "-", else a file that appears whole or not at all.
func (a *app) writeTo(name string, write func(io.Writer) error) error {
	if name == "" || name == "-" {
		return buffered(a.stdout, write)
	}
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		if info.IsDir() {
			return fmt.Errorf("%s is a directory: name a file in it", name)
		}
		f, err := os.OpenFile(name, os.O_WRONLY, 0) // a pipe or a device: no renaming over it
		if err != nil {
			return err
		}
		return errors.Join(buffered(f, write), f.Close())
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".threadheat-*")
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	parts.add(f.Name())
	defer parts.remove(f.Name())
	to := &noting{Writer: f}
	err = buffered(to, write)
	if wrong := errors.Join(to.err, f.Chmod(0o644), f.Close()); wrong != nil {
		return fmt.Errorf("writing %s: %w", name, wrong)
	}
	if err != nil {
		return err // of what was read or computed
	}
	return os.Rename(f.Name(), name)
}

// noting keeps the last error of a writer, to tell it from those of an input.
type noting struct {
	io.Writer
	err error
}

func (n *noting) Write(b []byte) (int, error) {
	k, err := n.Writer.Write(b)
	if err != nil {
		n.err = err
	}
	return k, err
}

func buffered(w io.Writer, write func(io.Writer) error) error {
	b := bufio.NewWriterSize(w, 1<<16)
	if err := write(b); err != nil {
		return err
	}
	return b.Flush()
}

// parts are the unfinished files and folders of this process.
var parts partFiles

type partFiles struct {
	mu    sync.Mutex
	names map[string]bool
}

func (p *partFiles) add(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.names == nil {
		p.names = map[string]bool{}
	}
	p.names[name] = true
}

// remove deletes what is unfinished; what was renamed is gone already.
func (p *partFiles) remove(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	os.RemoveAll(name)
	delete(p.names, name)
}

// removePartsOnInterrupt makes Ctrl-C leave no half file. The returned function
// ends the watch.
func removePartsOnInterrupt(stderr io.Writer) (stop func()) {
	interrupts := make(chan os.Signal, 1)
	done := make(chan struct{})
	signal.Notify(interrupts, os.Interrupt)
	go func() {
		select {
		case <-interrupts:
			parts.mu.Lock() // and never unlock: no new part may appear
			for name := range parts.names {
				os.RemoveAll(name)
			}
			fmt.Fprintln(stderr, "threadheat: interrupted, nothing was left half written")
			os.Exit(exitFailed)
		case <-done:
		}
	}()
	return func() {
		signal.Stop(interrupts)
		close(done)
	}
}
