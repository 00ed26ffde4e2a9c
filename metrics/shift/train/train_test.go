package main

import (
	"bytes"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"threadheat/metrics/shift"
)

const chats = `{"turns":[{"text":"hello","shift":-1},{"text":"the bridge is closed","shift":0},{"text":"do you have any pets?","shift":1}]}
{"turns":[{"text":"hi","shift":-1},{"text":"do you own a boat?","shift":1},{"text":"yes, a boat","shift":0}]}
`

func TestDecode(t *testing.T) {
	rows, err := decode(strings.NewReader(chats))
	if err != nil || len(rows) != 4 || rows[0].shift || !rows[1].shift || rows[2].chat != 1 {
		t.Fatalf("decode = %d rows, %v; want 4", len(rows), err)
	}
	if _, err := decode(strings.NewReader(chats + "{")); err == nil || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("error %v, want one that names line 3", err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(chats)
	f.Add("{}\n{\"turns\":[{}]}")
	f.Fuzz(func(t *testing.T, s string) {
		rows, _ := decode(strings.NewReader(s))
		for _, r := range rows {
			if len(r.x) != len(shift.Names()) {
				t.Errorf("%d features, want %d", len(r.x), len(shift.Names()))
			}
		}
	})
}

// Where the curve is flat: the gradient at the weights is what rounding leaves.
func TestFit(t *testing.T) {
	rows, err := decode(strings.NewReader(chats))
	if err != nil {
		t.Fatal(err)
	}
	w := fit(rows, 1)
	names := shift.Names()
	for k := range w {
		g := w[k] - announced[names[k]]
		for _, r := range rows {
			p := shift.Probability(w, r.x)
			if r.shift {
				p--
			}
			g += p * r.x[k]
		}
		if math.Abs(g) > .05 {
			t.Errorf("the slope for %q is %v, want none", names[k], g)
		}
	}
}

// By all pairs.
func TestAUC(t *testing.T) {
	rows := []row{{x: []float64{3}, shift: true}, {x: []float64{2}}, {x: []float64{2}, shift: true}, {x: []float64{5}}, {x: []float64{1}}}
	// 3 beats 2 and 1 of {2, 5, 1}; 2 ties with 2 and beats 1.
	if got := auc(rows, func(r row) float64 { return r.x[0] }); got != 3.5/6 {
		t.Errorf("auc = %v, want %v", got, 3.5/6)
	}
}

// weights.txt is what the command writes from the data, where they are, and tells
// shifts in chats that it has not seen.
func TestWeightsAreCurrent(t *testing.T) {
	data := os.Getenv("THREADHEAT_SHARED")
	if data == "" {
		data = filepath.Join("..", "..", "..", "..", "shared")
	}
	rows, err := read(filepath.Join(data, "data", "drift", "turns-train.jsonl.gz"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the labelled chats are not here: that weights.txt is current was not checked")
	}
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join("..", "weights.txt"))
	if err != nil {
		t.Fatal(err)
	}
	weights := fit(rows, ridge)
	if !bytes.Equal(weightsFile(weights), want) {
		t.Error("metrics/shift/weights.txt is not what go run ./metrics/shift/train -data DIR writes")
	}
	dev, err := read(filepath.Join(data, "data", "drift", "turns-dev.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	if got := auc(dev, func(r row) float64 { return shift.Probability(weights, r.x) }); got < .83 {
		t.Errorf("AUC %.4f on other chats, want at least .83", got)
	}
}
