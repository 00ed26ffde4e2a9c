package html

import (
	"os"
	"testing"

	"threadheat/metrics"
	"threadheat/render/build"
	"threadheat/render/internal/sample"
)

func TestZZ(t *testing.T) {
	f, _ := os.Create("/tmp/shot/hand.html")
	Render(f, sample.Report(metrics.English))
	f.Close()
	f, _ = os.Create("/tmp/shot/hostile.html")
	Render(f, sample.HostileReport(metrics.French))
	f.Close()
	tab, err := metrics.Run(metrics.NewContext(sample.Thread(), metrics.Options{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range metrics.Langs {
		r, err := build.Report(build.Input{Tables: []*metrics.Table{tab}, Lang: l, Version: "v0"})
		if err != nil {
			t.Fatal(err)
		}
		ns := sample.Nodes(r)
		for i := range ns {
			ns[i].Heat = float64(i) / 8
			ns[i].Drift = float64(7-i) / 8
		}
		f, _ = os.Create("/tmp/shot/lane-" + string(l) + ".html")
		if err := Render(f, r); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
}
