package all_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/format/all"
	sample "threadheat/thread/internal/rosetta"
)

// Whatever goes through a temporary file comes out as it would from memory: the
// fixtures of all formats whose threads come mixed, with one byte of memory.
func TestLittleMemory(t *testing.T) {
	met := map[string]bool{}
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Base(filepath.Dir(filepath.Dir(name))) == "fuzz" {
			return err
		}
		in, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		v, err := format.Detect(all.Formats, format.Head{Name: name, Bytes: in[:min(len(in), format.HeadSize)]})
		if err != nil || !v.Format.Interleaved {
			return nil // another test says which format reads what
		}
		met[v.Format.Name] = true
		read := func(memory int64) (got [][]string) {
			src := format.Source{Name: name, Reader: bytes.NewReader(in), Beside: os.DirFS(filepath.Dir(name))}
			src.Memory, src.TempDir = memory, t.TempDir()
			for th, err := range format.Threads(v.Format, src, thread.Source{Name: name}) {
				if err != nil {
					return append(got, []string{err.Error()})
				}
				got = append(got, append(sample.Summary(th), th.Meta().Article, th.Meta().URL))
			}
			return got
		}
		if diff := cmp.Diff(read(0), read(1)); diff != "" {
			t.Errorf("%s as %s (-in memory +through a file):\n%s", name, v.Format.Name, diff)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all.Formats {
		if f.Interleaved && !met[f.Name] {
			t.Errorf("no fixture of %s was met", f.Name)
		}
	}
}
