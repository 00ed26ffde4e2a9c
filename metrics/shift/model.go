package shift

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"threadheat/metrics/internal/stems"
)

// weights.txt is what package train writes: a line with the weight and the name
// of each feature.
//
//go:embed weights.txt
var weightsFile string

// weights are those of the features, in the order of Names. They are read when
// they are first wanted, so that package train can make them anew for other
// features.
var weights = sync.OnceValue(func() []float64 {
	ws, err := parseWeights(weightsFile)
	if err != nil {
		panic(err)
	}
	return ws
})

func parseWeights(file string) ([]float64, error) {
	ws := make([]float64, len(featureNames))
	k := 0
	for line := range strings.Lines(file) {
		number, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		if k == len(featureNames) || name != featureNames[k] {
			return nil, fmt.Errorf("weights.txt, line %d: %q is not the name of feature %d", k+1, name, k)
		}
		w, err := strconv.ParseFloat(number, 64)
		if err != nil || math.IsNaN(w) || math.IsInf(w, 0) {
			return nil, fmt.Errorf("weights.txt, line %d: %q is no weight", k+1, number)
		}
		ws[k] = w
		k++
	}
	if k < len(featureNames) {
		return nil, fmt.Errorf("weights.txt has %d of %d weights", k, len(featureNames))
	}
	return ws, nil
}

// Names are the names of the features that Features gives, in order.
func Names() []string { return slices.Clone(featureNames) }

// Features are what the model sees of the turns of an English conversation in
// which each answers the one before it: a row for each turn but the first. It is
// for training.
func Features(texts []string) [][]float64 {
	c := conversation{r: newReader()}
	for k, text := range texts {
		c.turns = append(c.turns, c.r.read(text, stems.ByCode("en")))
		c.before = append(c.before, k-1)
	}
	c.compare()
	var out [][]float64
	for k := 1; k < len(texts); k++ {
		x := make([]float64, len(featureNames))
		c.features(x, k)
		out = append(out, x)
	}
	return out
}

// Probability is that of the logistic model with the given weights.
func Probability(weights, features []float64) float64 {
	z := 0.0
	for k, x := range features {
		z += weights[k] * x
	}
	return 1 / (1 + math.Exp(-min(max(z, -30), 30)))
}
