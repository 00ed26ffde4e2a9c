package main

import (
	"os/exec"
	"strings"
	"testing"
)

// TestImports keeps the one direction cmd → render → metrics → thread, and one
// home for each third party.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, "threadheat/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	floors := []string{"threadheat/thread", "threadheat/metrics", "threadheat/render", "threadheat/cmd"}
	floor := func(pkg string) int {
		for i, f := range floors {
			if pkg == f || strings.HasPrefix(pkg, f+"/") {
				return i
			}
		}
		return -1
	}
	homes := map[string]string{
		"gonum.org/":                      "threadheat/metrics",
		"github.com/wcharczuk/go-chart/":  "threadheat/render/chart",
		"github.com/spf13/":               "threadheat/cmd",
		"github.com/blevesearch/":         "threadheat/metrics/internal/stems",
		"golang.org/x/net/":               "threadheat/thread",
		"github.com/klauspost/":           "threadheat/thread",
		"github.com/andybalholm/":         "threadheat/thread/unpack",
		"github.com/ulikunitz/":           "threadheat/thread/unpack",
		"github.com/google/go-cmp":        "threadheat/render/internal/sample", // which only tests import
		"github.com/rogpeppe/go-internal": "nowhere but tests",
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(lines) < 10 {
		t.Fatalf("go list gave %d packages, want all of them", len(lines))
	}
	for _, line := range lines {
		imports := strings.Fields(line)
		pkg := imports[0]
		for _, imp := range imports[1:] {
			if a, b := floor(pkg), floor(imp); a >= 0 && b > a {
				t.Errorf("%s imports %s: that is upwards", pkg, imp)
			}
			for party, home := range homes {
				if strings.HasPrefix(imp, party) && pkg != home && !strings.HasPrefix(pkg, home+"/") {
					t.Errorf("%s imports %s, whose home is %s", pkg, imp, home)
				}
			}
		}
	}
}
