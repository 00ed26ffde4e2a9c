// Forecast tells how good the early warning is:
//
//	go run ./metrics/heat/forecast -data DIR
//
// DIR holds heat/train/wsu_train.jsonl.gz, comments on the issues of programmers with
// the label uncivil, in the order of each issue. It writes
// metrics/heat/FORECAST.md, the same bytes from the same data. It is run from the root of the repository.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"

	"threadheat/metrics/heat"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("forecast: ")
	data := flag.String("data", "", "folder of the labelled sets")
	out := flag.String("o", "metrics/heat/FORECAST.md", "file to write")
	flag.Parse()
	if *data == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*data, *out); err != nil {
		log.Fatal(err)
	}
}

func run(data, out string) error {
	talks, err := read(filepath.Join(data, "heat", "train", "wsu_train.jsonl.gz"))
	if err != nil {
		return err
	}
	var report bytes.Buffer
	writeReport(&report, talks)
	return os.WriteFile(out, report.Bytes(), 0o644)
}

// talk is one discussion, in order.
type talk struct {
	scores  []heat.Score
	asks    []bool
	uncivil []bool
}

// turns is the place of the first uncivil comment, the number of comments where there
// is none.
func (t *talk) turns() int {
	for k, u := range t.uncivil {
		if u {
			return k
		}
	}
	return len(t.uncivil)
}

func read(name string) ([]*talk, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	talks, err := decode(z)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return talks, nil
}

// decode reads a comment a line; those of one group stand together.
func decode(r io.Reader) (talks []*talk, err error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 16<<20)
	last := ""
	for n := 1; lines.Scan(); n++ {
		var row struct {
			Text  string  `json:"text"`
			Label float64 `json:"label"`
			Group string  `json:"group"`
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if row.Group == "" {
			return nil, fmt.Errorf("line %d: no group", n)
		}
		if row.Group != last {
			talks, last = append(talks, &talk{}), row.Group
		}
		t := talks[len(talks)-1]
		t.scores = append(t.scores, heat.Of(row.Text, len(t.scores) > 0))
		t.asks = append(t.asks, heat.Asks(row.Text))
		t.uncivil = append(t.uncivil, row.Label > 0.5)
	}
	return talks, lines.Err()
}
