// Train makes the weights of topic-shift:
//
//	go run ./metrics/shift/train -data DIR
//
// DIR holds drift/turns-train.jsonl.gz and, where the figure on chats that were not
// trained on is wanted, drift/turns-dev.jsonl.gz: a conversation a line, each turn
// with its text and whether it changes the subject (−1 for the first turn). It
// writes metrics/shift/weights.txt, the same bytes from the same data. It is run
// from the root of the repository.
package main

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"

	"threadheat/metrics/shift"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("train: ")
	data := flag.String("data", "", "folder of the labelled sets")
	out := flag.String("o", "metrics/shift/weights.txt", "file to write")
	flag.Parse()
	if *data == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	train, err := read(filepath.Join(*data, "drift", "turns-train.jsonl.gz"))
	if err != nil {
		log.Fatal(err)
	}
	for _, l := range []float64{1, 3, ridge, 30, 100} {
		fmt.Printf("ridge %g: AUC %.4f by cross-validation\n", l, crossValidated(train, l))
	}
	weights := fit(train, ridge)
	if err := os.WriteFile(*out, weightsFile(weights), 0o644); err != nil {
		log.Fatal(err)
	}
	if dev, err := read(filepath.Join(*data, "drift", "turns-dev.jsonl.gz")); err == nil {
		fmt.Printf("AUC %.4f on chats that were not trained on\n", auc(dev, func(r row) float64 { return shift.Probability(weights, r.x) }))
	}
}

// ridge is the strength with the best AUC by cross-validation, of five. Beside it
// the cross-validation chose among eight sets of features: with and without the
// answers (.822 and .811), with the words themselves (.820, dropped: they are the
// words of small talk, in one language), with the features of the turn before.
const ridge = 10

// folds are the parts of the cross-validation; conversation k is of part k mod 10.
const folds = 10

// row is a turn.
type row struct {
	chat  int
	x     []float64
	shift bool
}

func read(name string) ([]row, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	rows, err := decode(z)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return rows, nil
}

// decode reads a conversation a line. Turns that are marked −1 open it.
func decode(r io.Reader) (rows []row, err error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 16<<20)
	for n := 0; lines.Scan(); n++ {
		var chat struct {
			Turns []struct {
				Text  string
				Shift int
			}
		}
		if err := json.Unmarshal(lines.Bytes(), &chat); err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
		var texts []string
		for _, t := range chat.Turns {
			texts = append(texts, t.Text)
		}
		for k, x := range shift.Features(texts) {
			if mark := chat.Turns[k+1].Shift; mark >= 0 {
				rows = append(rows, row{n, x, mark > 0})
			}
		}
	}
	return rows, lines.Err()
}

// announced are the weights that the ridge draws to another value than 0: small talk
// hardly ever announces a change of subject, and so tells nothing about it.
var announced = map[string]float64{"said marker": 1, "first marker": 1, "asked marker": 1}

// fit is the logistic regression with the given ridge, by Newton's method: the
// minimum of Σ ln(1+exp(∓x·w)) + ridge/2·|w−announced|². Weights are rounded to three
// decimals.
func fit(rows []row, ridge float64) []float64 {
	n := len(shift.Names())
	w := make([]float64, n)
	center := make([]float64, n)
	for k, name := range shift.Names() {
		center[k] = announced[name]
	}
	for range 30 {
		hessian, gradient := mat.NewSymDense(n, nil), mat.NewVecDense(n, nil)
		for k := range n {
			hessian.SetSym(k, k, ridge)
			gradient.SetVec(k, ridge*(w[k]-center[k]))
		}
		for _, r := range rows {
			p := shift.Probability(w, r.x)
			y := 0.0
			if r.shift {
				y = 1
			}
			for i, a := range r.x {
				if a == 0 {
					continue
				}
				gradient.SetVec(i, gradient.AtVec(i)+(p-y)*a)
				for j := i; j < n; j++ {
					if r.x[j] != 0 {
						hessian.SetSym(i, j, hessian.At(i, j)+p*(1-p)*a*r.x[j])
					}
				}
			}
		}
		var c mat.Cholesky
		if !c.Factorize(hessian) {
			log.Fatal("the curvature is not positive")
		}
		var step mat.VecDense
		if err := c.SolveVecTo(&step, gradient); err != nil {
			log.Fatal(err)
		}
		for k := range w {
			w[k] -= step.AtVec(k)
		}
		if mat.Norm(&step, 2) < 1e-9 {
			break
		}
	}
	for k := range w {
		w[k] = math.Round(w[k]*1000) / 1000
	}
	return w
}

// crossValidated is the AUC of each turn's probability under the weights of the
// other parts.
func crossValidated(rows []row, ridge float64) float64 {
	var weights [folds][]float64
	for f := range folds {
		weights[f] = fit(slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return r.chat%folds == f }), ridge)
	}
	return auc(rows, func(r row) float64 { return shift.Probability(weights[r.chat%folds], r.x) })
}

// auc is the share of pairs of a turn that changes the subject and one that does
// not in which the first has the higher score; ties count half.
func auc(rows []row, score func(row) float64) float64 {
	type scored struct {
		x     float64
		shift bool
	}
	var all []scored
	positive := 0
	for _, r := range rows {
		all = append(all, scored{score(r), r.shift})
		if r.shift {
			positive++
		}
	}
	slices.SortFunc(all, func(a, b scored) int { return cmp.Compare(a.x, b.x) })
	sum := 0.0
	for i := 0; i < len(all); {
		j, here := i, 0
		for j < len(all) && all[j].x == all[i].x {
			if all[j].shift {
				here++
			}
			j++
		}
		sum += float64(here) * float64(i+j+1) / 2 // ranks from 1
		i = j
	}
	p, q := float64(positive), float64(len(all)-positive)
	return (sum - p*(p+1)/2) / (p * q)
}

func weightsFile(weights []float64) []byte {
	var b strings.Builder
	for k, name := range shift.Names() {
		fmt.Fprintf(&b, "%g %s\n", weights[k], name)
	}
	return []byte(b.String())
}
