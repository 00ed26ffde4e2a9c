package general

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"threadheat/thread/format"
)

// A page may end anywhere, right behind a start tag, too.
func TestCutAnywhere(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.html")
	if len(files) == 0 {
		t.Fatal("no pages")
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		page := string(b)
		for _, tag := range []string{"<b", "<strong", "<a", "<em", "<h3", "<h4", "<dt"} {
			for at := 0; ; {
				i := strings.Index(page[at:], tag)
				if i < 0 {
					break
				}
				at += i + 1
				if end := strings.IndexByte(page[at:], '>'); end >= 0 {
					Format.Sniff(format.Head{Bytes: b[:at+end+1]})
				}
			}
		}
	}
}
