package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"

	"threadheat/metrics/drift/graft"
	"threadheat/metrics/internal/stems"
)

// readLines decodes a gzipped file of JSON lines.
func readLines[T any](name string) ([]T, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var out []T
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var row T
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out = append(out, row)
	}
	return out, lines.Err()
}

// readSources are the threads of a file, by source in order of appearance.
func readSources(name string) ([]*graft.Source, error) {
	type row struct {
		Source, Lang, Page, ID, Title string
		Comments                      []struct {
			ID     string
			Parent *string
			Text   string
		}
	}
	rows, err := readLines[row](name)
	if err != nil {
		return nil, err
	}
	var out []*graft.Source
	by := map[string]*graft.Source{}
	for _, r := range rows {
		s := by[r.Source]
		if s == nil {
			s = &graft.Source{Name: r.Source, Lang: r.Lang}
			by[r.Source] = s
			out = append(out, s)
		}
		t := graft.Thread{Page: r.Page, ID: r.ID, Title: r.Title}
		at := map[string]int{}
		for i, c := range r.Comments {
			parent := -1
			if c.Parent != nil {
				if p, known := at[*c.Parent]; known {
					parent = p
				}
			}
			at[c.ID] = i
			t.Comments = append(t.Comments, graft.Comment{Parent: parent, Text: c.Text, Content: len(stemsOf(c.Text, r.Lang)) > 0})
		}
		s.Threads = append(s.Threads, t)
	}
	return out, nil
}

// stemsOf are the stems of a text in a language.
func stemsOf(text, lang string) (out []string) {
	r := stems.NewReader()
	for _, k := range r.Tokens(nil, text) {
		if t := r.Term(k.Word, stems.ByCode(lang)); k.Part == stems.Own && t != stems.None {
			out = append(out, r.Terms[t].Text)
		}
	}
	return out
}
