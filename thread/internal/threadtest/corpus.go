package threadtest

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"threadheat/thread"
	"threadheat/thread/input"
)

// Corpus is all that the formats read from their fixtures, from the sample
// pages, and from ../shared/samples/rosetta where that is there. root is the
// folder of the module.
func Corpus(t *testing.T, root string) []*thread.Thread {
	t.Helper()
	shared := os.Getenv("THREADHEAT_SHARED")
	if shared == "" {
		shared = filepath.Join(root, "..", "shared")
	}
	folders := []string{filepath.Join(root, "fixtures"), filepath.Join(root, "thread", "format"), filepath.Join(shared, "samples", "rosetta")}
	if _, err := os.Stat(folders[2]); err != nil {
		t.Logf("%s is not there: what other programs export was not checked", folders[2])
		folders = folders[:2]
	}
	var threads []*thread.Thread
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(name) == ".go" {
				return err
			}
			for th, err := range new(input.Reader).Threads(name) {
				if err == nil { // else it is a file of no known format, or a broken one
					threads = append(threads, th)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(threads) < 50 {
		t.Fatalf("%d threads in the fixtures, want 50 or more", len(threads))
	}
	return threads
}

// Named is t with the name of its source for an ID where it has none, as every
// command reads it.
func Named(t *thread.Thread) *thread.Thread {
	m := t.Meta()
	if m.ID == "" {
		m.ID = m.Source.Name
	}
	return t.WithMeta(m)
}
