package json_test

import (
	"bytes"
	encoding "encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/metrics"
	"threadheat/render"
	"threadheat/render/internal/sample"
	"threadheat/render/json"
)

func write(t testing.TB, r *render.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := json.Render(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// page is what the tests read back.
type page struct {
	Schema   string
	Title    string
	Summary  []struct{ Text string }
	Sections []struct {
		ID     string
		Blocks []struct {
			Kind  string
			ID    string
			Rows  [][]struct{ Value *float64 }
			Nodes []struct {
				ID, Author, Text string
				Parent           *string
				Heat, Drift      *float64
				NoDrift          string `json:"no_drift"`
				Marks            []struct{ Start, End int }
			}
			Numbers *struct{ Rows [][]any }
		}
	}
	Parts []page
}

func read(t testing.TB, b []byte) page {
	t.Helper()
	var p page
	if err := encoding.Unmarshal(b, &p); err != nil {
		t.Fatalf("not JSON: %v\n%.300s", err, b)
	}
	return p
}

func TestReport(t *testing.T) {
	r := sample.Report(metrics.English)
	got := write(t, r)
	sample.Golden(t, "report.json", got)
	p := read(t, got)
	if p.Schema != "threadheat/report/v1" {
		t.Errorf("schema = %q", p.Schema)
	}
	var kinds []string
	for _, s := range p.Sections {
		for _, b := range s.Blocks {
			kinds = append(kinds, b.Kind)
		}
	}
	if d := cmp.Diff([]string{"figure", "note", "tree", "heading", "paragraph", "figure", "table"}, kinds); d != "" {
		t.Errorf("kinds of blocks (-want +got):\n%s", d)
	}
	if p.Sections[0].Blocks[0].Numbers == nil {
		t.Error("the figure has lost its numbers")
	}
	nodes := p.Sections[0].Blocks[2].Nodes
	for i, n := range sample.Nodes(r) {
		if nodes[i].Text != n.Text || nodes[i].Author != n.Author || nodes[i].ID != n.ID {
			t.Errorf("comment %d = %+v, want %+v", i, nodes[i], n)
		}
		if (nodes[i].Heat != nil) != n.HasHeat || (nodes[i].Drift != nil) != n.HasDrift {
			t.Errorf("comment %d: heat or drift is there where there is none, or the other way round", i)
		}
	}
	if *nodes[1].Parent != "c-1" || nodes[0].Parent != nil {
		t.Error("parents are wrong")
	}
	if nodes[2].NoDrift != "too few words" {
		t.Errorf("why there is no drift = %q", nodes[2].NoDrift)
	}
	last := p.Sections[1].Blocks[3].Rows[1]
	if last[2].Value != nil || *last[1].Value != 1 {
		t.Error("a cell without a value should have none, one with a value its number")
	}
}

func TestHostile(t *testing.T) {
	got := write(t, sample.HostileReport(metrics.French))
	p := read(t, got)
	if p.Title != sample.Hostile {
		t.Errorf("title = %q, want %q", p.Title, sample.Hostile)
	}
	if n := p.Sections[0].Blocks[2].Nodes[0]; n.Heat != nil || n.Drift != nil {
		t.Error("a number that is none was written")
	}
}

func TestSmallAndLarge(t *testing.T) {
	for _, r := range []*render.Report{{}, sample.Chain(0), {Parts: []*render.Report{sample.Chain(1)}}} {
		p := read(t, write(t, r))
		if p.Schema == "" {
			t.Error("no schema")
		}
		for _, part := range p.Parts {
			if part.Schema != "" {
				t.Error("a part has a schema of its own")
			}
		}
	}
	if p := read(t, write(t, sample.Chain(10_000))); len(p.Sections[0].Blocks[0].Nodes) != 10_000 {
		t.Error("comments are lost")
	}
	for _, list := range []string{`"keys": []`, `"summary": []`, `"sections": []`} {
		if !strings.Contains(string(write(t, &render.Report{})), list) {
			t.Errorf("an empty list is not written as %s", list)
		}
	}
}

func FuzzRender(f *testing.F) {
	f.Add("")
	f.Add(sample.Hostile)
	f.Add("\xff\x00")
	f.Fuzz(func(t *testing.T, s string) {
		read(t, write(t, sample.Spoil(sample.Report(metrics.English), s)))
	})
}
