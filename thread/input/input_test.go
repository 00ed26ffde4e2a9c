package input_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/fixtures"
	"threadheat/thread/format"
	"threadheat/thread/format/text"
	"threadheat/thread/input"
)

// read is what is read of inputs: "name format comments" of each thread, and the
// notes. Errors come last.
func read(r input.Reader, names ...string) (threads, notes []string) {
	r.Note = func(n input.Note) {
		mark := ""
		if n.Lost {
			mark = "lost: "
		}
		notes = append(notes, mark+n.Message)
	}
	for t, err := range r.Threads(names...) {
		if err != nil {
			threads = append(threads, "error: "+err.Error())
			continue
		}
		m := t.Meta()
		threads = append(threads, fmt.Sprint(m.Source.Name, " ", m.Source.Format, " ", m.Source.Confidence, " ", t.Len()))
	}
	return threads, notes
}

// tree writes files, given as name and content, in a folder that is the current one.
func tree(t *testing.T, files ...string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for i := 0; i < len(files); i += 2 {
		if err := os.MkdirAll(filepath.Dir(files[i]), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(files[i], []byte(files[i+1]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func zipped(t *testing.T, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err == nil {
			_, err = io.WriteString(w, files[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const utterance = `{"id": "z", "conversation_id": "z", "text": "Who left it open?", "speaker": "Zoe", "meta": {}, "reply-to": null, "timestamp": 1640412720, "vectors": []}` + "\n"

func TestThreads(t *testing.T) {
	cloud := string(fixtures.Bytes("cloud.txt"))
	noise := "\x00\x01\x02\x03"
	tests := []struct {
		name           string
		files          []string
		inputs         []string
		threads, notes []string
	}{
		{"a file", []string{"a.txt", cloud}, []string{"a.txt"}, []string{"a.txt text likely 7"}, nil},
		{"none there", nil, []string{"a.txt"}, []string{"error: cannot open a.txt: no such file or directory"}, nil},
		{"several", []string{"a.txt", cloud, "b.txt", cloud}, []string{"b.txt", "a.txt"}, []string{"b.txt text likely 7", "a.txt text likely 7"}, nil},
		{"the second is missing", []string{"a.txt", cloud}, []string{"a.txt", "b.txt", "a.txt"}, []string{"a.txt text likely 7", "error: cannot open b.txt: no such file or directory"}, nil},
		{"an empty file", []string{"a.txt", ""}, []string{"a.txt"}, nil, []string{"a.txt is empty"}},
		{"a folder", []string{"d/b.txt", cloud, "d/a/c.txt", cloud, "d/a.txt", cloud, "d/.x.txt", cloud}, []string{"d"},
			[]string{"d/a/c.txt text likely 7", "d/a.txt text likely 7", "d/b.txt text likely 7"}, nil},
		{"a saved page and its pictures", []string{"d/a.html", string(fixtures.Bytes("cloud.html")), "d/a_files/b.txt", cloud, "d/b_files/c.txt", cloud}, []string{"d"},
			[]string{"d/a.html wordpress certain 7", "d/b_files/c.txt text likely 7"}, nil},
		{"unknown files in a folder", []string{"d/1", noise, "d/2", noise, "d/3", noise, "d/4", noise, "d/5", noise, "d/6", noise, "d/7", noise, "d/a.txt", cloud}, []string{"d"},
			[]string{"d/a.txt text likely 7"}, []string{"d/1, d/2, d/3, d/4, d/5 and 2 more files are passed over: they are of no known format"}},
		{"a spoiled file in a folder", []string{"d/1.gz", "\x1f\x8b\x08\x00spoiled...........", "d/a.txt", cloud}, []string{"d"},
			[]string{"d/a.txt text likely 7"}, []string{"lost: *", "lost: 1 file of d could not be read, or not to its end"}},
		{"a table with names of its own", []string{"a.csv", "Nr;wer;was\n1;Kai;It leaks, he says\n2;Pia;No\n"}, []string{"a.csv"},
			[]string{"error: a.csv: no known format (csv: no column for the text of the comments: there are Nr, wer, was; name it with --columns text=NAME; jsonl: not JSON; text: a table)"}, nil},
		{"a script beside a page", []string{"d/a.txt", cloud, "d/b.css", "body { color: red }\n", "d/c.js", "let a = 1;\n"}, []string{"d"},
			[]string{"d/a.txt text likely 7"}, []string{"d/b.css, d/c.js are passed over: they are text without comments"}},
		{"empty files in a folder", []string{"d/a.txt", "", "d/b.txt", cloud, "d/c.txt", ""}, []string{"d"},
			[]string{"d/b.txt text likely 7"}, []string{"d/a.txt, d/c.txt are passed over: they are empty"}},
		{"an archive", []string{"a.zip", zipped(t, "x/a.txt", cloud, "x/b", noise)}, []string{"a.zip"},
			[]string{"a.zip/x/a.txt text likely 7"}, []string{"a.zip/x/b is passed over: it is of no known format"}},
		{"an archive of a folder that is one input", []string{"a.zip", zipped(t, "x/utterances.jsonl", utterance, "x/index.json", "{}")}, []string{"a.zip"},
			[]string{"a.zip convokit certain 1"}, nil},
		{"the same among other files", []string{"d/talk/utterances.jsonl", utterance, "d/a.txt", cloud}, []string{"d"},
			[]string{"d/a.txt text likely 7", "d/talk convokit certain 1"}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			tree(t, test.files...)
			threads, notes := read(input.Reader{}, test.inputs...)
			if d := cmp.Diff(test.threads, threads); d != "" {
				t.Errorf("threads differ (-want +got):\n%s", d)
			}
			for i, want := range test.notes {
				if want == "lost: *" && i < len(notes) && strings.HasPrefix(notes[i], "lost: ") {
					notes[i] = want // the words are those of the library
				}
			}
			if d := cmp.Diff(test.notes, notes); d != "" {
				t.Errorf("notes differ (-want +got):\n%s", d)
			}
		})
	}
}

func TestStdin(t *testing.T) {
	threads, _ := read(input.Reader{Stdin: bytes.NewReader(fixtures.Bytes("cloud.txt"))}, "-")
	if d := cmp.Diff([]string{"- text likely 7"}, threads); d != "" {
		t.Errorf("threads differ (-want +got):\n%s", d)
	}
}

// onlyReader hides that a reader can be read from the middle.
type onlyReader struct{ io.Reader }

// TestPipe: an archive is the same input through a pipe as from a file.
func TestPipe(t *testing.T) {
	corpus := zipped(t, "x/utterances.jsonl", utterance, "x/index.json", "{}")
	pages := zipped(t, "x/a.txt", string(fixtures.Bytes("cloud.txt")))
	for _, tt := range []struct{ data, want string }{
		{corpus, "- convokit certain 1"},
		{pages, "-/x/a.txt text likely 7"},
		{string(fixtures.Bytes("cloud.txt")), "- text likely 7"},
		{corpus[:len(corpus)-9], "error: *"},
		{"", ""},
	} {
		for _, r := range []io.Reader{strings.NewReader(tt.data), onlyReader{strings.NewReader(tt.data)}} {
			threads, _ := read(input.Reader{Stdin: r}, "-")
			got := strings.Join(threads, "; ")
			if tt.want == "error: *" && strings.HasPrefix(got, "error: ") {
				got = tt.want // the words are those of the library
			}
			if got != tt.want {
				t.Errorf("%T: read %q, want %q", r, got, tt.want)
			}
		}
	}
}

// TestFormat: a format that is named is not asked whether it is sure.
func TestFormat(t *testing.T) {
	tree(t, "d/a.html", string(fixtures.Bytes("cloud.html")))
	threads, _ := read(input.Reader{Format: text.Format}, "d")
	if len(threads) != 1 || !strings.HasPrefix(threads[0], "d/a.html text given ") {
		t.Errorf("threads = %q, want one of d/a.html read as text", threads)
	}
}

// TestColumns: who names the columns has a table, whatever they are called.
func TestColumns(t *testing.T) {
	tree(t, "a.csv", "Nr;wer;was\n1;Kai;It leaks, he says\n2;Pia;No\n",
		"a.json", "{\"Nr\":1,\"wer\":\"Kai\",\"was\":\"It leaks\"}\n{\"Nr\":2,\"wer\":\"Pia\",\"was\":\"No\"}\n",
		"a.html", string(fixtures.Bytes("cloud.html")))
	for _, tt := range []struct {
		name, text, want string
	}{
		{"a.csv", "was", "a.csv csv likely 2"},
		{"a.json", "was", "a.json jsonl likely 2"},
		{"a.html", "was", "a.html wordpress certain 7"},
		{"a.csv", "what", "error: a.csv: no column is called \"what\", which --columns names for text: there are Nr, wer, was"},
		{"a.json", "what", "error: a.json: no column is called \"what\", which --columns names for text: there are Nr, wer, was"},
	} {
		r := input.Reader{Options: format.Options{Columns: map[string]string{"text": tt.text, "author": "wer"}}}
		threads, _ := read(r, tt.name)
		if d := cmp.Diff([]string{tt.want}, threads); d != "" {
			t.Errorf("%s with text=%s (-want +got):\n%s", tt.name, tt.text, d)
		}
	}
}

// TestEnough: who stops listening gets nothing more, of no input.
func TestEnough(t *testing.T) {
	cloud := string(fixtures.Bytes("cloud.txt"))
	tree(t, "d/a.txt", cloud, "d/b.txt", cloud, "a.zip", zipped(t, "x", cloud, "y", cloud))
	for _, names := range [][]string{{"d", "d"}, {"a.zip", "a.zip"}, {"d/a.txt", "d/b.txt"}} {
		r, got := input.Reader{}, 0
		for _, err := range r.Threads(names...) {
			if err != nil {
				t.Fatal(err)
			}
			if got++; got == 1 {
				break
			}
		}
		if got != 1 {
			t.Errorf("%q: %d threads after the first, want none", names, got-1)
		}
	}
}

// An archive with any number of broken files names the first and counts all. Its
// other files are read, also where the first is broken.
func TestManyLost(t *testing.T) {
	var files []string
	for i := range 100 {
		files = append(files, fmt.Sprintf("%03d.jsonl.gz", i), "\x1f\x8b\x08 and nothing that follows")
	}
	tree(t, "bad.zip", zipped(t, files...), "in.zip", zipped(t, append(files, "\x1b[31mred\n.txt", string(fixtures.Bytes("cloud.txt")))...))
	threads, notes := read(input.Reader{}, "in.zip")
	if got := notes[len(notes)-1]; len(notes) != 21 || got != "lost: 100 files of in.zip could not be read, or not to their ends" {
		t.Errorf("%d notes, the last %q; want 20 of 100 files and the count", len(notes), got)
	}
	if len(threads) != 1 || !strings.HasPrefix(threads[0], "in.zip/[31mred.txt text ") {
		t.Errorf("threads = %q, want that of the last file, its name without what steers a terminal", threads)
	}
	threads, _ = read(input.Reader{}, "bad.zip")
	if diff := cmp.Diff([]string{"error: nothing in bad.zip could be read: 100 files are broken"}, threads); diff != "" {
		t.Errorf("threads of an archive in which all is broken (-want +got):\n%s", diff)
	}
}
