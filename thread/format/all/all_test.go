package all_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"threadheat/fixtures"
	"threadheat/thread/format"
	"threadheat/thread/format/all"
)

// rosetta tells for samples that hold one invented thread in many formats which
// format each must be taken for.
var rosetta = map[string]string{
	"reddit-RC.ndjson":              "redditdump",
	"reddit-listing.json":           "redditlisting",
	"hn-algolia-item.json":          "hnalgolia",
	"hn-firebase.ndjson":            "hnfirebase",
	"discourse-topic.json":          "discourse",
	"lobsters-story.json":           "lobsters",
	"lemmy-comment-list.json":       "lemmy",
	"mastodon-context.json":         "mastodon",
	"bluesky-getPostThread.json":    "bluesky",
	"youtube-commentThreads.json":   "youtube",
	"ytdlp.info.json":               "yt-dlp",
	"github-issue-comments.json":    "github",
	"telegram-result.json":          "telegram",
	"discordchatexporter.json":      "discord",
	"slack/general/2021-12-25.json": "slack",
	"slack/general/2021-12-26.json": "slack",
	"slack/general/2021-12-27.json": "slack",
}

// folders are those whose format has another name.
var folders = map[string]string{"ytdlp": "yt-dlp"}

// surest is the format that is surest of a file. That two are equally sure is
// a mistake, unless all they can say is that nothing speaks against it.
func surest(t *testing.T, name string, b []byte) string {
	t.Helper()
	b = b[:min(len(b), format.HeadSize)]
	best, found := format.No, []string(nil)
	for _, f := range all.Formats {
		c, why := f.Sniff(format.Head{Name: name, Bytes: b})
		if why == "" {
			t.Errorf("%s: %s says %v without a reason", name, f.Name, c)
		}
		if c > best {
			best, found = c, nil
		}
		if c == best {
			found = append(found, f.Name)
		}
	}
	if best == format.No {
		return ""
	}
	if len(found) > 1 && best > format.Possible {
		t.Errorf("%s: %s are all %v", name, strings.Join(found, ", "), best)
	}
	return found[0]
}

// Each fixture of a format is taken for that format by all of them together.
func TestFixturesAreTheirOwn(t *testing.T) {
	n := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(filepath.ToSlash(path), "/testdata/") || strings.Contains(filepath.ToSlash(path), "/fuzz/") {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		n++
		want := strings.Split(filepath.ToSlash(path), "/")[1]
		if name, ok := folders[want]; ok {
			want = name
		}
		if got := surest(t, path, b); got != want {
			t.Errorf("%s is taken for %q, want %q", path, got, want)
		}
		return nil
	})
	if err != nil || n == 0 {
		t.Errorf("%d fixtures, %v", n, err)
	}
}

// The pages of package fixtures are of one format each.
func TestPages(t *testing.T) {
	entries, err := fs.ReadDir(fixtures.Files(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		want := map[string]string{".html": "wordpress", ".txt": "text"}[filepath.Ext(e.Name())]
		if got := surest(t, e.Name(), fixtures.Bytes(e.Name())); got != want {
			t.Errorf("%s is taken for %q, want %q", e.Name(), got, want)
		}
	}
}

// The rosetta samples, which stand beside the repository: those whose format is
// known are of it, and no other is claimed by two.
func TestRosetta(t *testing.T) {
	dir := os.Getenv("THREADHEAT_SHARED")
	if dir == "" {
		dir = "../../../../shared"
	}
	dir = filepath.Join(dir, "samples", "rosetta")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("not checked: that no rosetta sample is claimed by two formats (%v)", err)
	}
	seen := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		got := surest(t, name, b)
		if want, ok := rosetta[name]; ok {
			seen++
			if got != want {
				t.Errorf("%s is taken for %q, want %q", name, got, want)
			}
		}
		return nil
	})
	if err != nil || seen != len(rosetta) {
		t.Errorf("%d samples of %d, %v", seen, len(rosetta), err)
	}
}
