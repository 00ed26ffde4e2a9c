package table_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"threadheat/metrics"
	"threadheat/metrics/exchange"
	"threadheat/metrics/heat"
	"threadheat/metrics/pace"
	"threadheat/metrics/people"
	"threadheat/metrics/replygraph"
	"threadheat/metrics/shape"
	"threadheat/render/table"
	"threadheat/thread"
)

// detailed is the details of a thread, by the measures given.
func detailed(t *testing.T, th *thread.Thread, ms ...*metrics.Measure) map[string]any {
	t.Helper()
	values, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), ms)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := table.JSON.New(&b, table.Options{Details: true}).Write(values); err != nil {
		t.Fatal(err)
	}
	var out struct{ Details map[string]any }
	if err := json.Unmarshal(b.Bytes(), &out); err != nil {
		t.Fatal(err)
	}
	return out.Details
}

// Ann, Bob and Cyd take turns twice, in a line; then five people answer Ann at
// once, an hour later.
func TestDetails(t *testing.T) {
	b := thread.NewBuilder(thread.Meta{ID: "t"})
	at := time.Date(2024, 3, 5, 10, 0, 0, 0, time.UTC)
	add := func(id, parent, author string, minute int) {
		c := thread.Comment{ID: id, Parent: parent, Author: author, Text: "x", Time: thread.At(at.Add(time.Duration(minute)*time.Minute), thread.Minute)}
		if parent != "" {
			c.Basis = thread.Declared
		}
		b.Add(c)
	}
	for k, author := range []string{"Ann", "Bob", "Cyd", "Ann", "Bob", "Cyd"} {
		parent := ""
		if k > 0 {
			parent = fmt.Sprint("c", k-1)
		}
		add(fmt.Sprint("c", k), parent, author, k)
	}
	for k, author := range []string{"Dan", "Eva", "Fay", "Gus", "Hal"} {
		add(fmt.Sprint("p", k), "c0", author, 100+k)
	}
	th := b.Build()
	got := detailed(t, th, shape.MaxWidth, pace.ActiveHours, exchange.GroupsOfThree, exchange.PileOnCount)
	want := map[string]any{
		"widths":            []any{1., 1., 6., 1., 1., 1., 1.}, // the article, c0, its six answers, the line
		"comments-per-hour": []any{map[string]any{"hour": 0., "comments": 6.}, map[string]any{"hour": 1., "comments": 5.}},
		"groups-of-three":   []any{map[string]any{"people": []any{"Ann", "Bob", "Cyd"}, "comments": 6., "last": "c5"}},
		"pile-ons": []any{map[string]any{
			"on": "Ann", "people": []any{"Dan", "Eva", "Fay", "Gus", "Hal"}, "most-within-an-hour": 5., "minutes": 4.,
			"replies": []any{"p0", "p1", "p2", "p3", "p4"},
		}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("details (-want +got):\n%s", d)
	}
	// What modularity at resolution 1 says, its curve says too.
	curves := detailed(t, th, replygraph.Modularity, replygraph.RWC)
	table, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), []*metrics.Measure{replygraph.Modularity})
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, point := range curves["modularity-by-resolution"].([]any) {
		p := point.(map[string]any)
		if p["resolution"] == 1. {
			found = p["modularity"] == table.Value("modularity").X
		}
	}
	if !found {
		t.Errorf("modularity %v is not on its curve %v", table.Value("modularity").X, curves["modularity-by-resolution"])
	}
	if ends, ok := curves["rwc-by-ends"].([]any); !ok || len(ends) != 0 {
		t.Errorf("rwc-by-ends of eight people = %v, want an empty list", curves["rwc-by-ends"])
	}
	for name, list := range detailed(t, thread.NewBuilder(thread.Meta{}).Build(), shape.MaxWidth, pace.ActiveHours, replygraph.Modularity, replygraph.RWC, exchange.GroupsOfThree, exchange.GroupsOfFour, exchange.PileOnCount) {
		if _, ok := list.([]any); !ok {
			t.Errorf("%s of nothing = %v, want a list", name, list)
		}
	}
}

// Ann and Bob speak of different things, Ann hotly.
func TestTellingWords(t *testing.T) {
	b := thread.NewBuilder(thread.Meta{ID: "t"})
	b.Add(thread.Comment{ID: "1", Author: "Ann", Text: strings.Repeat("You idiot! ", 40)})
	b.Add(thread.Comment{ID: "2", Parent: "1", Basis: thread.Declared, Author: "Bob", Text: strings.Repeat("The bridge is closed. ", 40)})
	got := detailed(t, b.Build(), heat.Measures[0], people.WordTotal)
	for _, name := range []string{"words-of-each-side", "words-hot-against-cool"} {
		var words []string
		for _, w := range got[name].([]any) {
			words = append(words, w.(map[string]any)["word"].(string))
		}
		if d := cmp.Diff([]string{"idiot", "you", "the", "is", "closed", "bridge"}, words); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}
