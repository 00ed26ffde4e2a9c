// Evaluate makes the figures of DRIFT.md from development sets in a folder, and
// the table of common stems that package drift uses:
//
//	go run ./metrics/drift/evaluate -data DIR             # fills the tables of DRIFT.md
//	go run ./metrics/drift/evaluate -data DIR -background # writes background.txt again
//
// DIR has drift/threads-dev.jsonl.gz, drift/segments-dev.jsonl.gz,
// drift/turns-dev.jsonl.gz and heat/train/*.jsonl.gz. The tables take some three
// minutes of one processor. The same data gives the same bytes.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	data := flag.String("data", "", "folder of the development sets")
	document := flag.String("document", "metrics/drift/DRIFT.md", "document whose tables to fill")
	table := flag.String("table", "metrics/drift/background.txt", "table of common stems to write")
	count := flag.Bool("background", false, "count common stems instead")
	flag.Parse()
	if err := run(*data, *document, *table, *count); err != nil {
		fmt.Fprintln(os.Stderr, "evaluate:", err)
		os.Exit(1)
	}
}

func run(data, document, table string, count bool) error {
	if count {
		text, err := background(data)
		if err != nil {
			return err
		}
		return os.WriteFile(table, []byte(text), 0o644)
	}
	sections, err := tables(data)
	if err != nil {
		return err
	}
	return rewrite(document, sections)
}
