package evidence_test

import (
	"testing"

	"threadheat/metrics/heat/evidence"
)

// The comments of the benchmark: about 200 bytes each, calm and hot, French and
// English, as they come.
var sample = []evidence.Input{
	{Text: "Vous racontez n’importe quoi, monsieur : la turbine tourne dans la vallée et le courant passe depuis des années. Relisez donc l’article avant de parler, et merci de rester poli avec les autres lecteurs !", Reply: true},
	{Text: "I agree with most of this, but the numbers in the third paragraph are from before the new line was built; the city has published better ones since, and they tell a slightly different story about the tram.", Reply: true},
	{Text: "Encore un article de ce torchon écrit par un guignol qui n’a jamais mis les pieds dans un atelier. Les ouvriers, eux, savent très bien ce que coûte une machine, et combien de temps il faut pour la réparer."},
	{Text: "Has anybody tried the older version? Mine stops after ten minutes, with nothing in the log, and I have to start it again by hand. I wonder whether it is the cable or the power supply, since both are new."},
	{Text: "You clearly did not read what I wrote. Nobody said that the bridge is free, you moron, I said that it costs LESS than the ferry!! Learn to read, and then come back with “facts” of your own, if you find any.", Reply: true},
}

func BenchmarkRead(b *testing.B) {
	var r evidence.Reader
	var f evidence.Features
	n := 0
	for _, in := range sample {
		n += len(in.Text)
	}
	b.SetBytes(int64(n / len(sample)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		r.Read(sample[i%len(sample)])
		r.Features(&f)
	}
}
