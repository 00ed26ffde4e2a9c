package redditdump_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/format/redditdump"
)

func gz(t *testing.T, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// submission is a record as a month of submissions has it.
func submission(id, title, article string, comments int) string {
	return fmt.Sprintf(`{"author":"op","created_utc":"1200000000","domain":"self.s","id":%q,"num_comments":%d,"permalink":"/r/s/comments/%s/","score":1,"selftext":%q,"subreddit":"s","title":%q,"url":"http://example.org/"}`,
		id, comments, id, article, title) + "\n"
}

// months is a folder of two months. The thread x goes on in the second.
func months(t *testing.T) fstest.MapFS {
	return fstest.MapFS{
		"RC_2008-01.gz":   {Data: gz(t, record("x", "1", "t3_x")+record("y", "2", "t3_y"))},
		"RC_2008-02.gz":   {Data: gz(t, record("x", "3", "t1_1")+record("z", "4", "t3_z"))},
		"RS_2008-01":      {Data: []byte(submission("x", "Wind &amp; rain", "Why?", 2) + submission("w", "Nobody answers", "", 0))},
		"RS_2008-02.gz":   {Data: gz(t, submission("z", "Snow", "[deleted]", 1))},
		".hidden":         {},
		"RC_2008-03.json": {},
	}
}

func readFolder(t *testing.T, folder fs.FS, o format.Options) (threads []*thread.Thread, err error) {
	t.Helper()
	for th, e := range format.Threads(redditdump.Format, format.Source{Name: "dumps", Beside: folder, Options: o}, thread.Source{Name: "dumps"}) {
		if e != nil {
			return threads, e
		}
		threads = append(threads, th)
	}
	return threads, nil
}

func TestFolder(t *testing.T) {
	const at = `ann 2023-11-14T22:13:20Z 1 "b"`
	want := []string{`= x "Wind & rain" of 2`, "1< " + at, "3<1 " + at, "= y", "2< " + at, `= z "Snow" of 1`, "4< " + at}
	for _, memory := range []int64{0, 1} {
		threads, err := readFolder(t, months(t), format.Options{Memory: memory, TempDir: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, lines(threads)); diff != "" {
			t.Errorf("with %d bytes (-want +got):\n%s", memory, diff)
		}
		if m := threads[0].Meta(); m.Article != "Why?" || m.URL != "https://www.reddit.com/r/s/comments/x/" {
			t.Errorf("x is described as %+v", m)
		}
		if article := threads[2].Meta().Article; article != "" {
			t.Errorf("the article of z, which was deleted, is %q", article)
		}
		if p := threads[0].Comment(1).Pos; p.File != "dumps/RC_2008-02.gz" || p.Line != 1 {
			t.Errorf("comment 3 stands at %v, want the first line of dumps/RC_2008-02.gz", p)
		}
	}
}

func TestFolderOfSubreddits(t *testing.T) {
	threads, err := readFolder(t, fstest.MapFS{
		"s_comments.ndjson":    {Data: []byte(record("x", "1", "t3_x"))},
		"s_submissions.ndjson": {Data: []byte(submission("x", "T", "", 1))},
	}, format.Options{})
	if err != nil || len(threads) != 1 || threads[0].Meta().Title != "T" || threads[0].Len() != 1 {
		t.Errorf("%d threads, %v, want the one with its title", len(threads), err)
	}
}

// A file that breaks off keeps no other from being read.
func TestBrokenFile(t *testing.T) {
	folder := months(t)
	whole := folder["RC_2008-01.gz"].Data
	folder["RC_2008-01.gz"] = &fstest.MapFile{Data: whole[:len(whole)-9]}
	threads, err := readFolder(t, folder, format.Options{})
	if err == nil || !strings.Contains(err.Error(), "RC_2008-01.gz: ") {
		t.Errorf("error %v, want one that names the file", err)
	}
	found := false
	for _, th := range threads {
		_, ok := th.Find("4")
		found = found || ok
	}
	if !found {
		t.Error("the comment 4 of the next month was lost")
	}
}

func TestOnlySubmissions(t *testing.T) {
	threads, err := read(strings.NewReader(submission("x", "T", "", 3) + submission("y", "U", "", 0)))
	if err != nil || len(threads) != 1 || threads[0].Len() != 0 || len(threads[0].Diagnostics()) != 1 || threads[0].Diagnostics()[0].Code != thread.NoComments {
		t.Errorf("%d threads, %v, want one that says that there are no comments", len(threads), err)
	}
}

func TestSniffFolder(t *testing.T) {
	other := months(t)
	other["notes.txt"] = &fstest.MapFile{Data: []byte("x")}
	for _, c := range []struct {
		name   string
		folder fs.FS
		want   format.Confidence
	}{
		{"two months", months(t), format.Certain},
		{"something beside", other, format.No},
		{"one file", fstest.MapFS{"RC_2008-01": {Data: []byte(record("x", "1", "t3_x"))}}, format.No},
		{"other content", fstest.MapFS{"RC_2008-01": {Data: []byte("words")}, "RC_2008-02": {Data: []byte("words")}}, format.No},
		{"a folder inside", fstest.MapFS{"RC_2008-01/x": {}, "RC_2008-02": {}}, format.No},
		{"nothing", fstest.MapFS{}, format.No},
	} {
		if got, why := redditdump.Format.SniffFolder(c.folder); got != c.want || why == "" {
			t.Errorf("%s: SniffFolder = %s (%s), want %s", c.name, got, why, c.want)
		}
	}
}

// So many threads that the first is forgotten before it goes on: it keeps what
// was said of it.
func TestManyThreads(t *testing.T) {
	var b strings.Builder
	b.WriteString(submission("first", "Wind", "Why?", 2) + record("first", "1", "t3_first"))
	const others = 1<<16 + 10
	for i := range others {
		id := fmt.Sprint("t", i)
		b.WriteString(record(id, "1", "t3_"+id))
	}
	b.WriteString(record("first", "2", "t1_1", `"link_title":"Storm"`))
	threads, err := read(strings.NewReader(b.String()))
	if err != nil || len(threads) != 1+others {
		t.Fatalf("%d threads, %v, want %d", len(threads), err, 1+others)
	}
	if m := threads[0].Meta(); threads[0].Len() != 2 || m.Title != "Wind" || m.Article != "Why?" || m.Declared != 2 {
		t.Errorf("the first has %d comments, %+v", threads[0].Len(), m)
	}
}
