package heat

import (
	"testing"

	"threadheat/metrics"
	"threadheat/metrics/internal/words/seedtest"
)

func TestPrint(t *testing.T) {
	for _, p := range []string{"004", "000"} {
		th := seedtest.Load(t, p)
		ss, _ := Scores.Of(metrics.NewContext(th, metrics.Options{}))
		for i := range th.All() {
			s := ss[i]
			t.Logf("%s %s %.3f %v", p, th.ID(i), s.Value, s.Counts)
			for _, e := range s.Evidence {
				t.Logf("      %.3f %s %q", e.Share, e.Cue, th.Text(i)[e.Start:e.End])
			}
		}
	}
}
