package maildir

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/rosetta"
)

// folder is one of files by their paths.
func folder(files map[string]string) fstest.MapFS {
	m := fstest.MapFS{}
	for name, text := range files {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

func message(id, header string) string {
	return "From: Ann <ann@example.org>\nMessage-ID: <" + id + "@example.org>\nSubject: " + id + "\nDate: Sat, 25 Dec 2021 06:12:00 +0000\n" + header + "\ntext of " + id + "\n"
}

func summary(f fs.FS) (lines []string, err error) {
	src := format.Source{Name: "mail", Beside: f}
	for th, e := range format.Threads(Format, src, thread.Source{}) {
		if e != nil {
			return lines, e
		}
		lines = append(lines, rosetta.Summary(th)...)
	}
	return lines, nil
}

const answer = "In-Reply-To: <a@example.org>\n"

func TestDecode(t *testing.T) {
	conversation := []string{
		"a a", "a | Ann | 2021-12-25T06:12:00Z | post: text of a",
		"b < a | Ann | 2021-12-25T06:12:00Z: text of b",
	}
	for _, tt := range []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"maildir", map[string]string{
			"cur/1.host:2,S": message("b", answer), "new/2.host": message("a", ""),
			"tmp/3.host": message("c", ""), "cur/.hidden": "x", "dovecot-uidlist": "3 V1",
		}, conversation},
		{"a conversation in two folders", map[string]string{
			"cur/1": message("a", ""), "new/x": "", ".Sent/cur/2": message("b", answer), ".Sent/maildirfolder": "",
		}, conversation},
		{"MH", map[string]string{"1": message("a", ""), "2": message("b", answer), ".mh_sequences": "unseen: 2"}, conversation},
		{"files", map[string]string{"deep/down/a.eml": message("a", ""), "B.EML": message("b", answer)}, conversation},
		{"the same message in two folders", map[string]string{"a/1": message("a", ""), "b/1": message("a", "")}, []string{
			"a a", "a | Ann | 2021-12-25T06:12:00Z | post: text of a", "! duplicate-id a",
		}},
		{"other files", map[string]string{"cur/1": message("a", ""), "notes.txt": message("b", answer)}, conversation[:2]},
		{"nothing", nil, []string{" ", "! no-comments"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := summary(folder(tt.files))
			if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
				t.Errorf("error %v (-want +got):\n%s", err, diff)
			}
		})
	}
}

func TestPlaces(t *testing.T) {
	src := format.Source{Name: "mail", Beside: folder(map[string]string{"cur/1": message("a", "")})}
	for c, err := range Format.Decode(src, sink{}) {
		if c.Pos.File != "mail/cur/1" || c.Pos.Line != 1 || err != nil {
			t.Errorf("the message stands in %v (%v), want mail/cur/1:1", c.Pos, err)
		}
	}
}

type sink struct{}

func (sink) Describe(string, thread.Meta)     {}
func (sink) Report(string, thread.Diagnostic) {}

// broken is a folder of which a file cannot be read.
type broken struct{ fstest.MapFS }

func (b broken) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, "bad") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("the disk is gone")}
	}
	return b.MapFS.Open(name)
}

func TestBroken(t *testing.T) {
	got, err := summary(broken{folder(map[string]string{"cur/1": message("a", ""), "cur/bad": "x", "cur/z": message("b", answer)})})
	if err == nil || !strings.Contains(err.Error(), "cur/bad") {
		t.Errorf("error = %v, want one that names cur/bad", err)
	}
	if len(got) != 4 || !strings.HasPrefix(got[2], "b < a") {
		t.Errorf("read %q, want both other messages and a note", got)
	}
	if _, err := summary(nil); err == nil {
		t.Error("no folder is no error")
	}
}

func TestSniffFolder(t *testing.T) {
	a := message("a", "")
	for _, tt := range []struct {
		name  string
		files map[string]string
		want  format.Confidence
	}{
		{"maildir", map[string]string{"cur/1.host:2,S": a, "new/2.host": a, "tmp/x": ""}, format.Certain},
		{"maildir with subfolders", map[string]string{"cur/1": a, "new/2": a, ".Sent/cur/3": a, ".Sent/new/4": a, "dovecot.index": "x"}, format.Certain},
		{"maildir with what servers leave in it", map[string]string{"cur/1": a, "new/2": a, "tmp/3": "", "courierimapuiddb": "x", "maildirsize": "x"}, format.Certain},
		{"MH", map[string]string{"1": a, "2": a, "sub/1": a}, format.Certain},
		{"files", map[string]string{"a.eml": a, "b.eml": a}, format.Certain},
		{"messages among others", map[string]string{"a.eml": a, "page.html": "<p>"}, format.No},
		{"numbers that are no messages", map[string]string{"1": "one", "2": "two"}, format.No},
		{"saved pages", map[string]string{"a.eml": "From: <Saved by Blink>\nSnapshot-Content-Location: x\nSubject: y\nDate: z\n\n"}, format.No},
		{"folders called so, with other things in them", map[string]string{"cur/1": a, "new/2": a, "index.html": "<p>"}, format.No},
		{"a maildir beside other things", map[string]string{"mail/cur/1": a, "mail/new/2": a, "mail/tmp/3": "", "page.html": "<p>"}, format.No},
		{"a maildir in a folder", map[string]string{"mail/cur/1": a, "mail/new/2": a, "mail/tmp/3": ""}, format.Certain},
		{"nothing", nil, format.No},
	} {
		if got, why := Format.SniffFolder(folder(tt.files)); got != tt.want || why == "" {
			t.Errorf("%s: SniffFolder = %v (%s), want %v", tt.name, got, why, tt.want)
		}
	}
	if got, why := Format.SniffFolder(broken{folder(map[string]string{"1bad": a, "cur.bad/x": a})}); got != format.No || why == "" {
		t.Errorf("a broken folder: SniffFolder = %v (%s), want no", got, why)
	}
	if got, _ := Format.Sniff(format.Head{Bytes: []byte(a)}); got != format.No {
		t.Errorf("a file: Sniff = %v, want no", got)
	}
}

// Several messages are cut out of what the fuzzer makes: conversations across
// files, whatever they hold.
func FuzzDecode(f *testing.F) {
	f.Add(message("a", "")+"\x00"+message("b", answer)+"\x00"+message("a", ""), "cur/1\x00new/2")
	f.Add("References: <a> <b>\n\n\x00Message-ID: <b>\nReferences: <a> <b>\nSubject: Re: x\n\n", "1\x00x.eml\x00tmp/1")
	f.Fuzz(func(t *testing.T, texts, names string) {
		m := fstest.MapFS{}
		all := strings.Split(texts, "\x00")
		for i, name := range strings.Split(names, "\x00") {
			if fs.ValidPath(name) && name != "." {
				m[name] = &fstest.MapFile{Data: []byte(all[i%len(all)])}
			}
		}
		Format.SniffFolder(m)
		first, err1 := summary(m)
		second, err2 := summary(m)
		if diff := cmp.Diff(first, second); diff != "" || (err1 == nil) != (err2 == nil) {
			t.Fatalf("read twice: %v, %v (-first +second):\n%s", err1, err2, diff)
		}
	})
}
