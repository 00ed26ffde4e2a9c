package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"threadheat/metrics/catalogue"
	"threadheat/metrics/hyperconvo"
	"threadheat/metrics/replygraph"
	"threadheat/render/chart"
	"threadheat/thread/format/all"
)

var update = flag.Bool("update", false, "write the generated parts of README.md and the examples anew")

// TestDocuments keeps README.md true: the tables are those of the lists, each
// console block prints what its command prints, the Go is that of the example
// which runs, and the figure is drawn by this code. Run with -update to write them anew, then read the diff.
func TestDocuments(t *testing.T) {
	t.Chdir("../..")
	same(t, "examples/exchange.svg", command(t, "threadheat chart exchange fixtures/cloud.txt -o -"))
	readme := read(t, "README.md")
	for name, table := range map[string]string{"formats": formatTable(), "measures": measureTable(), "figures": figureTable()} {
		block := regexp.MustCompile(`(?s)<!-- ` + name + ` -->\n.*<!-- /` + name + ` -->`)
		if !block.MatchString(readme) {
			t.Errorf("README.md has no place for the table of %s", name)
		}
		readme = block.ReplaceAllLiteralString(readme, "<!-- "+name+" -->\n"+table+"<!-- /"+name+" -->")
	}
	consoles := 0
	readme = regexp.MustCompile("(?s)```console\n\\$ (.*?)\n(.*?)```").ReplaceAllStringFunc(readme, func(block string) string {
		consoles++
		line := strings.SplitN(block, "\n", 3)[1]
		return "```console\n" + line + "\n" + command(t, strings.TrimPrefix(line, "$ ")) + "```"
	})
	if consoles == 0 {
		t.Error("README.md shows no command with its output")
	}
	readme = regexp.MustCompile("(?s)```go\n.*?```").ReplaceAllLiteralString(readme, "```go\n"+example(t)+"```")
	same(t, "README.md", readme)
}

func same(t *testing.T, name, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got := read(t, name); got != want {
		t.Errorf("%s is not what the program makes; `go test ./cmd/threadheat -run Documents -update` writes it anew", name)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil && !*update {
		t.Fatal(err)
	}
	return string(b)
}

// command is what a command line prints.
func command(t *testing.T, line string) string {
	t.Helper()
	words := strings.Fields(line)
	if words[0] != "threadheat" {
		t.Fatalf("%q is not a command of ours", line)
	}
	var out, messages bytes.Buffer
	if code := run(words[1:], strings.NewReader(""), &out, &messages); code != 0 {
		t.Fatalf("%s: exit code %d: %s", line, code, &messages)
	}
	return out.String()
}

// example is the body of the library's example, without what it prints.
func example(t *testing.T) string {
	t.Helper()
	_, body, found := strings.Cut(read(t, "examples/example_test.go"), "func Example() {\n")
	body, _, ends := strings.Cut(body, "\t// Output:")
	if !found || !ends {
		t.Fatal("examples/example_test.go has no Example with an output")
	}
	return strings.TrimPrefix(strings.ReplaceAll("\n"+body, "\n\t", "\n"), "\n")
}

func formatTable() string {
	var b strings.Builder
	b.WriteString("| format | reads |\n|---|---|\n")
	for _, f := range all.Formats {
		fmt.Fprintf(&b, "| `%s` | %s |\n", f.Name, f.Doc)
	}
	return b.String()
}

func figureTable() string {
	var b strings.Builder
	b.WriteString("| figure | shows |\n|---|---|\n")
	for _, k := range chart.Kinds {
		fmt.Fprintf(&b, "| `%s` | %s |\n", k.Name, k.Doc)
	}
	return b.String()
}

func measureTable() string {
	var b strings.Builder
	b.WriteString("| of | group | name | unit | what it is |\n|---|---|---|---|---|\n")
	for _, m := range catalogue.Default {
		fmt.Fprintf(&b, "| %s | %s | `%s` | %s | %s |\n", m.Scope, m.Group, m.Name, m.Unit, m.Title.EN)
	}
	fmt.Fprintf(&b, "| thread | hyperconvo | `%s`, … | | the %d features of ConvoKit’s HyperConvo under its names, with `--measure hyperconvo` or `all` |\n", hyperconvo.Measures[0].Name, len(hyperconvo.Measures))
	fmt.Fprintf(&b, "| thread, author | delab | `%s`, … | | the %d structural measures of delab-trees under its names, with `--measure delab` or `all` |\n", replygraph.Delab[0].Name, len(replygraph.Delab))
	fmt.Fprintf(&b, "| thread, comment, author, pair | heat, exchange | `%s`, … | | the %d measures of scores brought along with `--scores` |\n", catalogue.OfGiven[0].Name, len(catalogue.OfGiven))
	return b.String()
}
