package stackexchange

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/rosetta"
)

func file(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func read(t testing.TB, in string, beside fs.FS) []*thread.Thread {
	t.Helper()
	var threads []*thread.Thread
	src := format.Source{Name: "in", Reader: strings.NewReader(in), Beside: beside}
	for th, err := range format.Threads(Format, src, thread.Source{Name: "in", Format: "stackexchange"}) {
		if err != nil {
			t.Fatal(err)
		}
		threads = append(threads, th)
	}
	return threads
}

func summaries(threads []*thread.Thread) [][]string {
	var out [][]string
	for _, t := range threads {
		out = append(out, rosetta.Summary(t))
	}
	return out
}

// Of the thread the dump holds c4 as an answer, and c2 and c3 as remarks on the
// question. Authors have numbers; Bob's is 2.
func TestRosetta(t *testing.T) {
	threads := read(t, file(t, "rosetta-posts.xml"), nil)
	want := rosetta.Want(t)[3:4]
	want[0].Author, want[0].Edited = "user999", "2021-12-27T21:00:00Z"
	if len(threads) != 1 {
		t.Fatalf("%d threads, want 1", len(threads))
	}
	rosetta.Check(t, want, rosetta.Got(threads[0], func(id string) string { return "c" + id }))
	wantMeta := thread.Meta{ID: "1", Title: "Rosetta", Article: "Sujet", Source: thread.Source{Name: "in", Format: "stackexchange"}}
	if d := cmp.Diff(wantMeta, threads[0].Meta()); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}

	remarks := [][]string{{"1 ", "11 |  | 2021-12-26T08:44:00Z: Je ne suis pas d’accord.", "12 | user998 | 2021-12-26T14:17:00Z: @Bob relisez donc"}}
	threads = read(t, file(t, "rosetta-comments.xml"), nil)
	if d := cmp.Diff(remarks, summaries(threads)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if key := threads[0].Comment(0).AuthorKey; key != "2" {
		t.Errorf("the author of 11 has the key %q, want 2", key)
	}
}

func TestSite(t *testing.T) {
	want := [][]string{{
		"1 Why & when?",
		"3 | Ann | 2020-04-03T10:05:00.123Z: Frost.//a < b/  c",
		"6 | user55 | 2020-04-04T10:05:00Z: Snails.",
		"! bad-record", // posts of another kind
	}, {
		"99 ",
		"5 | Community | : Lost",
		"! unknown-date 5", "! bad-record", // no question
	}}
	threads := read(t, file(t, "site/Posts.xml"), os.DirFS("testdata/site"))
	if d := cmp.Diff(want, summaries(threads)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if c := threads[0].Comment(0); c.Score != -1 || !c.HasScore || c.Edited.String() != "2020-04-03T11:00:00Z" {
		t.Errorf("answer 3 has score %d, edited %s, want -1, 2020-04-03T11:00:00Z", c.Score, c.Edited)
	}
	if c := threads[1].Comment(0); c.HasScore {
		t.Errorf("answer 5 has score %d, want none", c.Score)
	}
}

// folder is a dump of three questions: 1 has an answer and remarks on itself, on
// the answer and on one that is not there; 2 has a remark only; 3 has nothing.
func folder(t testing.TB) fs.FS {
	return fstest.MapFS{
		"Posts.xml": {Data: []byte(`<?xml version="1.0" encoding="utf-8"?><posts>
<row Id="1" PostTypeId="1" Title="Frost" Body="&lt;p&gt;When?&lt;/p&gt;" />
<row Id="2" PostTypeId="1" Title="Rain" />
<row Id="3" PostTypeId="1" Title="Snow" />
<row Id="4" PostTypeId="2" ParentId="1" Body="At night." OwnerUserId="7" />
<row Id="9" PostTypeId="2" ParentId="1" Body="In May." OwnerUserId="8" />
</posts>`)},
		"Comments.xml": {Data: []byte(`<?xml version="1.0" encoding="utf-8"?><comments>
<row Id="4" PostId="4" Text="Every night?" UserId="8" />
<row Id="5" PostId="1" Text="@Ann where?" UserId="8" />
<row Id="6" PostId="2" Text="What of it?" UserId="7" />
<row Id="7" PostId="77" Text="Gone." UserId="7" />
<row Id="8" PostId="9" Text="No." UserId="7" />
</comments>`)},
		"Users.xml": {Data: []byte(`<users><row Id="8" DisplayName="Bo"/><row Id="7" DisplayName="Ann"/><row Id="x" DisplayName="no number"/></users>`)},
	}
}

func TestFolder(t *testing.T) {
	if c, why := Format.SniffFolder(folder(t)); c != format.Certain {
		t.Errorf("SniffFolder = %s (%s), want certain", c, why)
	}
	if c, why := Format.SniffFolder(os.DirFS("testdata/site")); c != format.No || why != "no Comments.xml" {
		t.Errorf("SniffFolder = %s (%s), want no Comments.xml", c, why)
	}
	want := [][]string{{
		"1 Frost",
		"4 | Ann | : At night.",
		"9 | Bo | : In May.",
		"c4 < 4 | Bo | : Every night?",
		"c5 | Bo | : @Ann where?",
		"c8 < 9 | Ann | : No.",
	}, {
		"2 Rain",
		"c6 | Ann | : What of it?",
	}, {
		"77 ",
		"c7 | Ann | : Gone.",
		"! bad-record",
	}}
	for _, memory := range []int64{0, 1} {
		src := format.Source{Name: "dump", Beside: folder(t), Options: format.Options{Memory: memory, TempDir: t.TempDir()}}
		var threads []*thread.Thread
		for th, err := range format.Threads(Format, src, thread.Source{Name: "dump"}) {
			if err != nil {
				t.Fatal(err)
			}
			threads = append(threads, th)
		}
		if d := cmp.Diff(want, summaries(threads)); d != "" {
			t.Errorf("with %d bytes (-want +got):\n%s", memory, d)
		}
		if at := threads[0].Comment(1); at.ID != "c4" || at.Basis != thread.Declared || at.Pos.File != "dump/Comments.xml" || at.Pos.Line != 2 {
			t.Errorf("the reply to 4 is %+v", at)
		}
	}
}

func TestTable(t *testing.T) {
	var n names
	for _, row := range []string{"5 e", "-1 z", "5 f", "3 c", "x x", "4 "} {
		id, name, _ := strings.Cut(row, " ")
		n.add(id, name)
	}
	n.table.sort()
	for id, want := range map[string]string{"5": "f", "-1": "z", "3": "c", "4": "", "6": "", "-2": "", "x": "", "": ""} {
		if got := n.get(id); got != want {
			t.Errorf("user %q is called %q, want %q", id, got, want)
		}
	}
}

func TestBad(t *testing.T) {
	const start = "<?xml version=\"1.0\"?><posts>"
	const question = `<row Id="1" PostTypeId="1" Title="T"/>`
	const answer = `<row Id="2" PostTypeId="2" ParentId="1" Body="x"/>`
	broken := fstest.MapFS{"Users.xml": {Data: []byte(`<users><row Id="7" DisplayName="Ann"/><row`)}}
	tests := []struct {
		name, in string
		beside   fs.FS
		want     []string
	}{
		{"answer first", start + answer + question + "</posts>", nil, []string{"1 T", "2 |  | : x"}},
		{"duplicate", start + question + answer + answer + "</posts>", nil, []string{"1 T", "2 |  | : x", "! duplicate-id 2"}},
		{"cut", start + question + answer + `<row Id="3" PostTy`, nil, []string{"1 T", "2 |  | : x", "! truncated"}},
		{"no ID", start + question + `<row PostTypeId="2" ParentId="1"/></posts>`, nil, []string{"1 T", "#1 |  | : ", "! missing-id #1"}},
		{"users cut short", start + question + answer + "</posts>", broken, []string{"1 T", "2 |  | : x", "! bad-record"}},
		{"entities", "<!DOCTYPE posts [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><posts>" + question + strings.Replace(answer, "x", "&b;", 1) + "</posts>", nil, []string{"1 T", "2 |  | : &b;"}},
		{"deep", start + strings.Repeat("<a>", 20_000) + question + answer + "</posts>", nil, []string{"1 T", "2 |  | : x"}},
		{"nothing", start + question + "</posts>", nil, []string{" ", "! no-comments"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if d := cmp.Diff([][]string{test.want}, summaries(read(t, test.in, test.beside))); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestSniff(t *testing.T) {
	for in, want := range map[string]format.Confidence{
		file(t, "rosetta-posts.xml"):                         format.Certain,
		file(t, "rosetta-comments.xml"):                      format.Certain,
		file(t, "site/Posts.xml"):                            format.Certain,
		file(t, "site/Users.xml"):                            format.No,
		`<?xml version="1.0"?><posts><post>x</post></posts>`: format.No,
		"": format.No,
	} {
		if got, why := Format.Sniff(format.Head{Bytes: []byte(in)}); got != want {
			t.Errorf("%.60q: %s (%s), want %s", in, got, why, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	rosetta.Fuzz(f, Format, file(f, "rosetta-posts.xml"), file(f, "rosetta-comments.xml"))
}

// FuzzFolder reads a dump whose files hold anything.
func FuzzFolder(f *testing.F) {
	whole := folder(f).(fstest.MapFS)
	f.Add(string(whole["Posts.xml"].Data), string(whole["Comments.xml"].Data), string(whole["Users.xml"].Data))
	f.Add(`<posts><row Id="9" PostTypeId="2" ParentId="9"/><row Id="1" PostTypeId="2" ParentId="x"/>`, `<comments><row PostId="9"/><row Id="-1" PostId=""/>`, `<users><row Id="99999999999999999999" DisplayName="x"/>`)
	f.Fuzz(func(t *testing.T, posts, comments, users string) {
		dump := fstest.MapFS{"Posts.xml": {Data: []byte(posts)}, "Comments.xml": {Data: []byte(comments)}, "Users.xml": {Data: []byte(users)}}
		Format.SniffFolder(dump)
		read := func(memory int64) (threads []*thread.Thread) {
			src := format.Source{Name: "dump", Beside: dump, Options: format.Options{Memory: memory, TempDir: t.TempDir()}}
			for th, err := range format.Threads(Format, src, thread.Source{}) {
				if err == nil {
					threads = append(threads, th)
				}
			}
			return threads
		}
		if d := cmp.Diff(summaries(read(0)), summaries(read(100))); d != "" {
			t.Errorf("through a file (-in memory +so):\n%s", d)
		}
	})
}
