package all

import (
	"os"
	"path/filepath"
	"testing"

	"threadheat/thread/format"
)

// Every page among the fixtures of the formats is claimed by the format in
// whose folder it lies, and by no other with the same confidence.
func TestOneClaim(t *testing.T) {
	pages, err := filepath.Glob("../*/testdata/*.html")
	if err != nil || len(pages) < 20 {
		t.Fatalf("%d pages (%v), want those of all formats", len(pages), err)
	}
	folder := map[string]string{
		"hackernews-page": "hackernews", "old-reddit": "oldreddit", "lobsters-page": "lobsters", "discourse-page": "discoursepage",
	}
	for _, page := range pages {
		b, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		head := format.Head{Name: page, Bytes: b}
		best, err := format.Detect(Formats, head)
		if err != nil {
			t.Errorf("%s: %v", page, err)
			continue
		}
		home := best.Format.Name
		if f, ok := folder[home]; ok {
			home = f
		}
		if want := filepath.Base(filepath.Dir(filepath.Dir(page))); home != want {
			t.Errorf("%s is taken for %s (%s: %s)", page, best.Format.Name, best.Confidence, best.Why)
		}
		for _, f := range Formats {
			if c, why := f.Sniff(head); f != best.Format && c == best.Confidence {
				t.Errorf("%s: %s and %s are equally sure (%s: %s; %s)", page, best.Format.Name, f.Name, c, best.Why, why)
			}
		}
	}
}
