package html

import (
	"os"
	"strings"
	"testing"

	"threadheat/metrics"
	"threadheat/metrics/catalogue"
	"threadheat/render/build"
	"threadheat/render/internal/sample"
	"threadheat/render/markdown"
	"threadheat/render/text"
	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/format/wordpress"
)

func TestZZ(t *testing.T) {
	f, _ := os.Create("/tmp/shot/hand.html")
	Render(f, sample.Report(metrics.English))
	f.Close()
	f, _ = os.Create("/tmp/shot/hostile.html")
	Render(f, sample.HostileReport(metrics.French))
	f.Close()
	ths := map[string]*thread.Thread{"lane": sample.Thread()}
	for _, n := range []string{"cloud", "hosting"} {
		h, _ := os.ReadFile("../../fixtures/" + n + ".html")
		for th, err := range format.Threads(wordpress.Format, format.Source{Name: n + ".html", Reader: strings.NewReader(string(h))}, thread.Source{Name: n + ".html", Format: "wordpress", Confidence: "certain", SHA256: strings.Repeat("0a1b2c3d4e5f6789", 4)}) {
			if err != nil {
				t.Fatal(err)
			}
			ths[n] = th
		}
	}
	for n, th := range ths {
		tab, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), catalogue.Measures)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range metrics.Langs {
			r, err := build.Report(build.Input{Tables: []*metrics.Table{tab}, Lang: l, Version: "v0.1.0"})
			if err != nil {
				t.Fatal(err)
			}
			f, _ = os.Create("/tmp/shot/" + n + "-" + string(l) + ".html")
			if err := Render(f, r); err != nil {
				t.Fatal(err)
			}
			f.Close()
			f, _ = os.Create("/tmp/shot/" + n + "-" + string(l) + ".md")
			markdown.Render(f, r)
			f.Close()
			f, _ = os.Create("/tmp/shot/" + n + "-" + string(l) + ".txt")
			text.Render(f, r, text.Options{})
			f.Close()
		}
	}
}
