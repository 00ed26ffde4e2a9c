package all_test

import (
	"bytes"
	"encoding/binary"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"threadheat/fixtures"
	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/format/all"
	"threadheat/thread/unpack"
)

// rosetta says which format reads which sample of ../shared/samples/rosetta.
// Samples that are not named have no format of their own yet.
var rosetta = map[string]string{
	"reddit-RC.ndjson":              "redditdump",
	"reddit-RC.ndjson.zst":          "redditdump",
	"reddit-listing.json":           "redditlisting",
	"hn-algolia-item.json":          "hnalgolia",
	"hn-firebase.ndjson":            "hnfirebase",
	"discourse-topic.json":          "discourse",
	"lobsters-story.json":           "lobsters",
	"lemmy-comment-list.json":       "lemmy",
	"mastodon-context.json":         "mastodon",
	"bluesky-getPostThread.json":    "bluesky",
	"youtube-commentThreads.json":   "youtube",
	"ytdlp.info.json":               "ytdlp",
	"github-issue-comments.json":    "github",
	"telegram-result.json":          "telegram",
	"discordchatexporter.json":      "discord",
	"slack/general/2021-12-25.json": "slack",
	"slack/general/2021-12-26.json": "slack",
	"slack/general/2021-12-27.json": "slack",
	"wordpress-wxr.xml":             "wxr",
	"disqus.xml":                    "disqus",
	"stackexchange-Posts.xml":       "stackexchange",
	"stackexchange-Comments.xml":    "stackexchange",
	"wp-rest-comments.json":         "wprest",
	"excel-semicolon.csv":           "csv",
	"4cat.csv":                      "4cat",
	"convokit/utterances.jsonl":     "convokit",
	"drupal7.html":                  "drupal",
	"blogger.html":                  "blogger",
	"hn-item.html":                  "hackernewspage",
	"old-reddit.html":               "oldreddit",
	"mf2-hentry.html":               "mf2",
	"jsonld-discussion.html":        "schemaorg",
	"wikipedia-talk.wikitext":       "wikitext",
	"thread.mbox":                   "mbox",
}

// foreign are files in a format's testdata that are not in the format.
var foreign = map[string]bool{
	"convokit/testdata/rosetta/conversations.json": true,
	"convokit/testdata/rosetta/corpus.json":        true,
	"convokit/testdata/rosetta/index.json":         true,
	"convokit/testdata/rosetta/speakers.json":      true,
	"stackexchange/testdata/site/Users.xml":        true,
}

// renamed are folders whose format has another name.
var renamed = map[string]string{"fourcat": "4cat"}

// meet asks every format about a file and returns the surest and those that are
// as sure.
func meet(t *testing.T, file string, r *os.File) (best string, confidence format.Confidence, rivals []string) {
	t.Helper()
	for m, err := range unpack.Open(file, r, nil) {
		if err != nil {
			t.Fatal(err)
		}
		head, _, err := format.Peek(file, m.Reader)
		if err != nil {
			t.Fatal(err)
		}
		return judge(head)
	}
	return "", format.No, nil
}

func judge(head format.Head) (best string, confidence format.Confidence, rivals []string) {
	for _, f := range all.Formats {
		c, _ := f.Sniff(head)
		switch {
		case c > confidence:
			best, confidence, rivals = f.Name, c, nil
		case c == confidence && c > format.No:
			rivals = append(rivals, f.Name)
		}
	}
	return best, confidence, rivals
}

// Every format meets every file that any has for its tests. Only its own claims
// it, and none as surely.
func TestEveryFormatMeetsEveryFixture(t *testing.T) {
	met := map[string]bool{}
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		own, inside, ok := strings.Cut(name, "/testdata/")
		if err != nil || d.IsDir() || !ok || foreign[name] || strings.HasPrefix(inside, "fuzz/") {
			return err
		}
		f, err := os.Open(filepath.Join("..", name))
		if err != nil {
			return err
		}
		defer f.Close()
		met[own] = true
		if name, ok := renamed[own]; ok {
			own = name
		}
		best, confidence, rivals := meet(t, name, f)
		if best != own {
			t.Errorf("%s is claimed by %s (%s)", name, best, confidence)
		}
		if len(rivals) > 0 {
			t.Errorf("%s is claimed by %s and %s, both %s", name, best, rivals, confidence)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, own := range []string{
		"redditdump", "redditlisting", "hnalgolia", "hnfirebase", "text", "wordpress",
		"discourse", "lobsters", "lemmy", "mastodon", "bluesky", "youtube", "ytdlp", "github",
		"remark42", "commento", "isso", "telegram", "discord", "slack",
	} {
		if !met[own] {
			t.Errorf("no file of %s was met", own)
		}
	}
}

// In UTF-16, as Windows saves text, every file is what it is in UTF-8, and is
// read to the same comments.
func TestEveryFormatInUTF16(t *testing.T) {
	met := 0
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		own, inside, ok := strings.Cut(name, "/testdata/")
		if err != nil || d.IsDir() || !ok || foreign[name] || strings.HasPrefix(inside, "fuzz/") {
			return err
		}
		plain, err := fs.ReadFile(root, name)
		if err != nil || !utf8.Valid(plain) || bytes.HasPrefix(plain, []byte("\xEF\xBB\xBF")) {
			return err
		}
		met++
		if name, ok := renamed[own]; ok {
			own = name
		}
		wide := []byte("\xFF\xFE")
		for _, u := range utf16.Encode([]rune(string(plain))) {
			wide = binary.LittleEndian.AppendUint16(wide, u)
		}
		want, got := texts(t, own, name, plain), texts(t, own, name, wide)
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s in UTF-16 (-want +got):\n%s", name, d)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if met < 100 {
		t.Errorf("%d files were met, want at least 100", met)
	}
}

// texts are the comments of a file that the named format claims.
func texts(t *testing.T, own, name string, b []byte) (lines []string) {
	t.Helper()
	head, r, err := format.Peek(name, bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	v, err := format.Detect(all.Formats, head)
	if err != nil || v.Format.Name != own {
		t.Errorf("%s is claimed as %+v, want %s", name, v, own)
		return nil
	}
	for th, err := range format.Threads(v.Format, format.Source{Name: name, Reader: r}, thread.Source{}) {
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return lines
		}
		for i := range th.Document() {
			c := th.Comment(i)
			lines = append(lines, strings.Join([]string{c.ID, c.Parent, c.Author, c.Time.String(), c.Text}, " | "))
		}
	}
	return lines
}

func TestEveryFormatMeetsThePages(t *testing.T) {
	for _, page := range fixtures.Pages {
		own := map[string]string{".html": "wordpress", ".txt": "text"}[path.Ext(page.File)]
		best, confidence, rivals := judge(format.Head{Name: page.File, Bytes: fixtures.Bytes(page.File)})
		if best != own || len(rivals) > 0 {
			t.Errorf("%s is claimed by %s (%s) and %s, want %s alone", page.File, best, confidence, rivals, own)
		}
	}
}

func TestEveryFormatMeetsRosetta(t *testing.T) {
	folder := shared(t, "samples/rosetta")
	met := 0
	err := filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		sample, _ := filepath.Rel(folder, name)
		best, confidence, rivals := meet(t, name, f)
		if own := rosetta[filepath.ToSlash(sample)]; own != "" {
			met++
			if best != own {
				t.Errorf("%s is claimed by %s (%s), want %s", sample, best, confidence, own)
			}
		} else if confidence == format.Certain {
			t.Errorf("%s is claimed by %s (certain): say so in the table", sample, best)
		}
		if len(rivals) > 0 && confidence >= format.Likely {
			t.Errorf("%s is claimed by %s and %s, both %s", sample, best, rivals, confidence)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if met != len(rosetta) {
		t.Errorf("%d of the %d samples in the table are in %s", met, len(rosetta), folder)
	}
}

// shared is a folder beside the checkout, or in $THREADHEAT_SHARED. Without it
// the test is skipped.
func shared(t testing.TB, name string) string {
	t.Helper()
	base := os.Getenv("THREADHEAT_SHARED")
	if base == "" {
		base = filepath.Join("..", "..", "..", "..", "shared")
	}
	folder := filepath.Join(base, filepath.FromSlash(name))
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("%s is not there: whether each sample is claimed by one format was not checked", folder)
	}
	return folder
}
