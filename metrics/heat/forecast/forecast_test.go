package main

import (
	"bytes"
	"errors"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"threadheat/metrics/heat"
)

const lines = `{"text":"Thanks for the report","label":0,"group":"a"}
{"text":"Does it still crash?","label":0,"group":"a"}
{"text":"You are all fools","label":1,"group":"a"}
{"text":"It works here","label":0,"group":"b"}
`

func TestDecode(t *testing.T) {
	talks, err := decode(strings.NewReader(lines))
	if err != nil || len(talks) != 2 || len(talks[0].asks) != 3 || talks[0].turns() != 2 || talks[1].turns() != 1 {
		t.Fatalf("decode = %d discussions, %v", len(talks), err)
	}
	for name, bad := range map[string]string{"no JSON": "{", "no group": `{"text":"x","label":0}`} {
		if _, err := decode(strings.NewReader(bad)); err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("%s: error %v, want one that names line 1", name, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(lines)
	f.Add("{}\n")
	f.Add(`{"group":"a","label":1e9}`)
	f.Fuzz(func(t *testing.T, s string) {
		talks, err := decode(strings.NewReader(s))
		for _, k := range talks {
			if len(k.scores) == 0 || len(k.asks) != len(k.uncivil) || len(k.asks) != len(k.scores) {
				t.Errorf("a discussion of %d texts, %d labels, %d heats (%v)", len(k.asks), len(k.uncivil), len(k.scores), err)
			}
		}
	})
}

// AUC by all pairs, and thresholds by trying them.
func TestAUCAndThresholds(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		rows := make([]row, 30)
		picked := make([]int, len(rows))
		for k := range rows {
			rows[k] = row{score: float64(r.IntN(6)), comes: r.IntN(2) == 0}
			picked[k] = k
		}
		var wins, pairs float64
		for _, a := range rows {
			for _, b := range rows {
				if a.comes && !b.comes {
					if pairs++; a.score > b.score {
						wins++
					} else if a.score == b.score {
						wins += .5
					}
				}
			}
		}
		if got := auc(rows, picked, func(r row) float64 { return r.score }); math.Abs(got-wins/pairs) > 1e-12 {
			t.Fatalf("auc = %v, want %v", got, wins/pairs)
		}
		right := func(fold int, threshold float64) (n int) {
			for k, r := range rows {
				if k%folds != fold && (r.score >= threshold) == r.comes {
					n++
				}
			}
			return n
		}
		for fold, x := range thresholdsOf(rows) {
			for y := -1.; y < 7; y += .5 {
				if right(fold, y) > right(fold, x) {
					t.Fatalf("threshold %v of fold %d is right %d times, %v %d times", x, fold, right(fold, x), y, right(fold, y))
				}
			}
		}
	}
}

// What a perfect and a useless sign would give; and that the last comment seen is
// not the one that is forecast.
func TestForecasts(t *testing.T) {
	var talks []*talk
	for k := range 40 {
		u := &talk{}
		for n := range 10 {
			text := "The build is green"
			if k%2 == 0 && n >= 2 && n < 7 {
				text = "You are wrong and you know it, you fools!!!"
			}
			u.scores, u.asks = append(u.scores, heat.Of(text, n > 0)), append(u.asks, heat.Asks(text))
			u.uncivil = append(u.uncivil, k%2 == 0 && n == 7)
		}
		talks = append(talks, u)
	}
	rows := soon(talks, 3, true)
	all := make([]int, len(rows))
	for k := range all {
		all[k] = k
	}
	if c := judge(rows, all); c != (counts{tp: 20, tn: 20}) {
		t.Errorf("forecasts = %+v, want 20 and 20 right", c)
	}
	if got := soon(talks, 8, true); len(got) != 0 {
		t.Errorf("%d forecasts of discussions that end, want none", len(got))
	}
	// The threshold is half of the highest score, that of the seven comments before the
	// uncivil one, which is the eighth.
	hot := talks[0]
	score := func(n int) float64 { return heat.SignsOf(hot.scores[:n], hot.asks[:n]).Warning() }
	seen := heat.WarnFrom
	for score(seen) < score(7)/2 {
		seen++
	}
	for _, r := range watched(talks) {
		if r.flagged != r.comes || r.comes && r.horizon != 8-seen {
			t.Errorf("watched: %+v, want a horizon of %d", r, 8-seen)
		}
	}
	var a, b bytes.Buffer
	writeReport(&a, talks)
	writeReport(&b, talks)
	if !bytes.Equal(a.Bytes(), b.Bytes()) || strings.Contains(a.String(), "NaN") || strings.Contains(a.String(), "%!") {
		t.Errorf("the report differs from itself or holds no numbers:\n%s", a.String())
	}
}

// FORECAST.md is what the command writes from the data, where they are.
func TestForecastIsCurrent(t *testing.T) {
	data := os.Getenv("THREADHEAT_SHARED")
	if data == "" {
		data = filepath.Join("..", "..", "..", "..", "shared")
	}
	talks, err := read(filepath.Join(data, "data", "heat", "train", "wsu_train.jsonl.gz"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the labelled discussions are not here: that FORECAST.md is current was not checked")
	}
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join("..", "FORECAST.md"))
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	writeReport(&got, talks)
	if !bytes.Equal(got.Bytes(), want) {
		t.Error("metrics/heat/FORECAST.md is not what go run ./metrics/heat/forecast -data DIR writes")
	}
}
