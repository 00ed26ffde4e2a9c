package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"threadheat/fixtures"
	"threadheat/render/chart"
)

// running matches markup that would run in a browser: a stranger's tag or
// handler, written out instead of escaped.
var running = regexp.MustCompile(`(?i)<script>alert|<img[^>]*onerror`)

// TestBadInput feeds every hostile input to every command that reads. Each must
// end with the comments that are there and in an exit code that its message
// explains; none may panic or let markup through.
func TestBadInput(t *testing.T) {
	if testing.Short() {
		t.Skip("every command on every hostile input takes some seconds: not checked with -short")
	}
	for _, in := range fixtures.Bad {
		t.Run(in.Name, func(t *testing.T) {
			if raceEnabled && len(in.Bytes()) > 100_000 {
				t.Skip("large: takes minutes under the race detector, and one goroutine reads it")
			}
			dir := t.TempDir()
			file := filepath.Join(dir, in.Name)
			if err := os.WriteFile(file, in.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			if in.Name == "binary.png" {
				_, messages := runFails(t, exitFailed, "parse", file)
				if !strings.Contains(messages, "no known format") {
					t.Errorf("parse says %q, want that it knows no such format", messages)
				}
				return
			}
			comments := 0
			out, messages := runs(t, "parse", file)
			for line := range strings.Lines(out) {
				var thread struct{ Comments []struct{ State string } }
				if err := json.Unmarshal([]byte(line), &thread); err != nil {
					t.Fatalf("parse writes what is not JSON: %v", err)
				}
				comments += len(thread.Comments)
			}
			if comments != in.Comments {
				t.Errorf("parse finds %d comments, want %d (%s)", comments, in.Comments, in.Want)
			}
			if comments == 0 && !strings.Contains(messages, "no comments found") && !strings.Contains(messages, "is empty") {
				t.Errorf("parse finds nothing and says %q", messages)
			}
			out, _ = runs(t, "measure", file)
			for line := range strings.Lines(out) {
				if !json.Valid([]byte(line)) {
					t.Error("measure writes what is not JSON")
				}
			}
			if comments > 5000 {
				return // what follows is the same for a thousand, and takes seconds here
			}
			for _, to := range []string{"html", "markdown", "text", "json"} {
				if out, _ = runs(t, "report", file, "--to", to); to == "html" && running.MatchString(out) {
					t.Errorf("the report lets markup through: %q", running.FindString(out))
				}
			}
			runs(t, "tree", file)
			for _, k := range chart.Kinds {
				if out, _ = runs(t, "chart", k.Name, file, "-o", "-"); running.MatchString(out) {
					t.Errorf("the figure %s lets markup through: %q", k.Name, running.FindString(out))
				}
			}
		})
	}
}

// runs is what a command prints, which must succeed.
func runs(t *testing.T, args ...string) (out, messages string) {
	t.Helper()
	return runFails(t, 0, args...)
}

// runFails is what a command prints that must end in an exit code.
func runFails(t *testing.T, code int, args ...string) (out, messages string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if got := run(args, strings.NewReader(""), &stdout, &stderr); got != code {
		t.Fatalf("threadheat %s: exit code %d, want %d: %s", strings.Join(args, " "), got, code, &stderr)
	}
	return stdout.String(), stderr.String()
}

// The name of a file must not steer the terminal that a message about it is
// written to.
func TestMessagesDoNotSteer(t *testing.T) {
	var out, errs strings.Builder
	if code := run([]string{"tree", "\x1b]0;title\a\x1b[31mred"}, strings.NewReader(""), &out, &errs); code != exitFailed {
		t.Errorf("exit code %d, want %d", code, exitFailed)
	}
	if got, want := errs.String(), "threadheat: cannot open ]0;title[31mred: no such file or directory\n"; got != want {
		t.Errorf("said %q, want %q", got, want)
	}
}
