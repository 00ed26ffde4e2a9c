package model

// Embedding is weights.bin.
func Embedding() []byte { return weights }

// Whole is what the features that rest on no word added to the comment last
// scored, from their definition.
func (s *Scorer) Whole() float64 {
	lang := english
	scale := Scale(s.reader.CountWords, s.reader.CountChars)
	seen := map[uint32]bool{}
	sum := 0.0
	for _, f := range s.reader.Features {
		if j := s.Model.find(f.Hash); f.From == f.To && j >= 0 && !seen[f.Hash] {
			seen[f.Hash] = true
			sum += Value(s.Model.slots[j].vals[lang], s.Model.weights.Max) * scale[ViewOf(f.Kind)]
		}
	}
	return sum
}
