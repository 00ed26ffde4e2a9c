package all_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/format/all"
)

// elsewhere are formats that are tested with another one: they differ in how
// mails are kept, not in the mails.
var elsewhere = map[string]string{"maildir": "mbox", "eml": "mbox"}

// Every format has a folder with inputs of its own and a fuzz target.
func TestEveryFormatIsFuzzed(t *testing.T) {
	folders := maps.Clone(elsewhere)
	for folder, name := range renamed {
		folders[name] = folder
	}
	for _, f := range all.Formats {
		folder := f.Name
		if folders[f.Name] != "" {
			folder = folders[f.Name]
		}
		files, err := filepath.Glob(filepath.Join("..", folder, "*_test.go"))
		if err != nil || len(files) == 0 {
			t.Errorf("%s has no tests in a folder %s", f.Name, folder)
			continue
		}
		fuzzed := false
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			fuzzed = fuzzed || bytes.Contains(b, []byte("\nfunc Fuzz"))
		}
		if !fuzzed {
			t.Errorf("%s has no fuzz target", f.Name)
		}
		if len(f.Doc) < 20 {
			t.Errorf("%s says too little of itself: %q", f.Name, f.Doc)
		}
	}
}

var (
	year    = regexp.MustCompile(`\b(?:19|20)\d\d\b`)
	second  = regexp.MustCompile(`\b1[0-6]\d{8}\b`)
	digits  = regexp.MustCompile(`\d+`)
	closing = regexp.MustCompile(`</\w+>|[}\]]`)
)

// spoiled are ways to spoil an input.
var spoiled = []struct {
	how string
	do  func(b []byte) []byte
}{
	{"twice", func(b []byte) []byte { return append(bytes.Clone(b), b...) }},
	{"in the year 0", func(b []byte) []byte { return year.ReplaceAll(b, []byte("0000")) }},
	{"in the year 9999", func(b []byte) []byte { return year.ReplaceAll(b, []byte("9999")) }},
	{"at second 99999999999999999999", func(b []byte) []byte { return second.ReplaceAll(b, []byte("99999999999999999999")) }},
	{"before 1970", func(b []byte) []byte { return second.ReplaceAll(b, []byte("-1")) }},
	{"every number 1", func(b []byte) []byte { return digits.ReplaceAll(b, []byte("1")) }},
	{"every number of 30 digits", func(b []byte) []byte { return digits.ReplaceAll(b, []byte(strings.Repeat("9", 30))) }},
	{"lines backwards", func(b []byte) []byte {
		lines := bytes.Split(b, []byte("\n"))
		for i, j := 0, len(lines)-1; i < j; i, j = i+1, j-1 {
			lines[i], lines[j] = lines[j], lines[i]
		}
		return bytes.Join(lines, []byte("\n"))
	}},
	{"no quotation marks", func(b []byte) []byte { return bytes.ReplaceAll(b, []byte(`"`), nil) }},
	{"no closing tags or brackets", func(b []byte) []byte { return closing.ReplaceAll(b, nil) }},
	{"zero bytes", func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("e"), []byte("e\x00")) }},
	{"bytes of no encoding", func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("a"), []byte("\xff")) }},
	{"one line of it two hundred times", func(b []byte) []byte {
		line, _, _ := bytes.Cut(b[len(b)/2:], []byte("\n"))
		if len(line) > 2000 {
			line = line[:2000]
		}
		return append(append(bytes.Clone(b[:len(b)/2]), bytes.Repeat(append(line, '\n'), 200)...), b[len(b)/2:]...)
	}},
}

// Whatever is done to its inputs, a format ends without panic, dates stay within
// the calendar, and each comment of the thread stands where its parent is.
func TestEveryFormatBearsBadInputs(t *testing.T) {
	root := os.DirFS("..")
	byName := map[string]*format.Format{}
	for _, f := range all.Formats {
		byName[f.Name] = f
	}
	met := map[string]bool{}
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		own, inside, ok := strings.Cut(name, "/testdata/")
		if err != nil || d.IsDir() || !ok || foreign[name] || strings.HasPrefix(inside, "fuzz/") {
			return err
		}
		if name, ok := renamed[own]; ok {
			own = name
		}
		f := byName[own]
		if f == nil {
			return nil
		}
		met[own] = true
		b, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		for k := 1; k < 8; k++ {
			bear(t, f, name, fmt.Sprintf("cut after %d/8", k), b[:len(b)*k/8])
		}
		for _, s := range spoiled {
			bear(t, f, name, s.how, s.do(b))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range byName {
		if !met[name] && name != "ndjson" && elsewhere[name] == "" {
			t.Errorf("%s has no input in its testdata", name)
		}
	}
}

// bear reads a spoiled input of a format.
func bear(t *testing.T, f *format.Format, name, how string, b []byte) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("%s, %s: panic: %v", name, how, r)
		}
	}()
	f.Sniff(format.Head{Name: name, Bytes: b[:min(len(b), format.HeadSize)]})
	for th, err := range format.Threads(f, format.Source{Name: name, Reader: bytes.NewReader(b)}, thread.Source{}) {
		if err != nil {
			return // an error is an answer
		}
		for i := range th.All() {
			c := th.Comment(i)
			if year := c.Time.Time().Year(); !c.Time.IsZero() && (year < 0 || year > 9999) {
				t.Errorf("%s, %s: comment %q is of the year %d", name, how, c.ID, year)
			}
			if p := th.Parent(i); p >= i {
				t.Errorf("%s, %s: comment %q stands before its parent", name, how, c.ID)
			}
		}
	}
}
