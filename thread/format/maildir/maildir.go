// Package maildir reads folders of messages, each in a file of its own.
package maildir

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"strings"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/mail"
)

// Format reads maildirs with their subfolders, folders of .eml files, and those
// of MH and news servers, whose files are called 1, 2, 3. All messages below the
// folder are read together, in order of their paths: a conversation may lie in
// several folders. What is being delivered (tmp) is passed over. Package mail
// says how conversations are found.
var Format = &format.Format{
	Name:        "maildir",
	Doc:         "a folder of messages: maildir, MH, .eml files; each conversation is a thread",
	URL:         "https://cr.yp.to/proto/maildir.html",
	Sniff:       sniff,
	SniffFolder: sniffFolder,
	Decode:      decode,
}

func sniff(format.Head) (format.Confidence, string) {
	return format.No, "a file, not a folder"
}

// looked is how many files detection looks at.
const looked = 1000

func sniffFolder(folder fs.FS) (format.Confidence, string) {
	messages, others := 0, 0
	first, inside := "", ""
	parts := 0 // of a maildir
	err := fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case messages+others >= looked:
			return fs.SkipAll
		case d.IsDir():
			if n := maildirParts(folder, name); n > parts {
				parts, inside = n, name
			}
			if skip(name) {
				return fs.SkipDir
			}
		case note(name):
		case isMessage(name):
			if messages++; messages == 1 {
				first = name
			}
		default:
			others++
		}
		return nil
	})
	switch {
	case err != nil:
		return format.No, err.Error()
	// Beside a maildir that lies deeper, other files are inputs of their own.
	case parts == 3 && inside == "." || parts > 0 && others == 0:
		return format.Certain, "the folders cur and new of a maildir in " + inside
	case messages == 0 || others > 0:
		return format.No, "other files than messages in it"
	}
	// A number is no name for a message yet.
	f, err := folder.Open(first)
	if err != nil {
		return format.No, err.Error()
	}
	defer f.Close()
	head, _, err := format.Peek(first, f)
	if err != nil {
		return format.No, err.Error()
	}
	if s := mail.Look(head.Bytes); s.Page || s.Count() < 2 {
		return format.No, first + " is no message"
	}
	return format.Certain, "nothing but messages in it, " + path.Base(first) + " the first"
}

// maildirParts is how many of the folders of a maildir are in one; without cur
// and new none.
func maildirParts(folder fs.FS, name string) int {
	for n, part := range []string{"cur", "new", "tmp"} {
		if info, err := fs.Stat(folder, path.Join(name, part)); err != nil || !info.IsDir() {
			if n < 2 {
				return 0
			}
			return n
		}
	}
	return 3
}

// skip tells that a folder holds no messages.
func skip(name string) bool { return path.Base(name) == "tmp" }

// note tells that a file is one that mail programs keep beside messages.
func note(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(base, ".") || strings.HasPrefix(base, "dovecot") || base == "maildirfolder" || base == "subscriptions"
}

// isMessage tells that a file is one, as far as its name tells.
func isMessage(name string) bool {
	dir, base := path.Split(name)
	switch path.Base(dir) {
	case "cur", "new":
		return true
	}
	return strings.EqualFold(path.Ext(base), ".eml") || strings.Trim(base, "0123456789") == ""
}

func decode(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return mail.Decode(src, out, func(b *mail.Box) error {
		if src.Beside == nil {
			return errors.New("a folder is wanted")
		}
		var failed []error
		err := fs.WalkDir(src.Beside, ".", func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				failed = append(failed, err)
			case d.IsDir():
				if skip(name) {
					return fs.SkipDir
				}
			case !note(name) && isMessage(name):
				if err := read(b, src.Beside, src.Name, name); err != nil {
					failed = append(failed, err)
				}
			}
			return nil
		})
		return errors.Join(append(failed, err)...)
	})
}

func read(b *mail.Box, folder fs.FS, base, name string) error {
	f, err := folder.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := b.ReadMessage(path.Join(base, name), f); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
