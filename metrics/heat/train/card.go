package main

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strings"

	"threadheat/metrics/heat"
	"threadheat/metrics/heat/evidence"
	"threadheat/metrics/heat/model"
	"threadheat/metrics/internal/words"
)

// variants is a line for each variant that was compared, in their order. The
// numbers without names are AUC on ucc_val (hostile, antagonizing, not healthy),
// fox_train, rtplx_train, jig_en and jig_fr; on held-out folds and then left out of
// wsu_train, tf, ftr, mlma_fr, spans and ctx_gn; false alarms on neutral and positive
// mentions of groups and on counter-speech at 5 % of civil newspaper comments; and
// a weighted mean of the AUCs. 0.000 stands where it was not computed. base is not
// always the same: each is compared with its neighbours.
//
//go:embed variants.txt
var variants string

// left are the sets that are left out one after the other.
var left = []string{"davidson", "spans", "wsu_train", "mlma_en", "mlma_fr", "ftr", "tf", "tydip_en_train"}

// falseAlarms is the share of civil newspaper comments over the threshold.
const falseAlarms = 0.05

// carder writes the model card.
type carder struct {
	strings.Builder
	rows   []row
	feats  *index
	w      *model.Weights
	folded []float64
	scores []heat.Score // of the dev sets
}

func (c *carder) f(format string, args ...any) { fmt.Fprintf(c, format, args...) }

func card(rows []row, feats *index, w *model.Weights, folded []float64) string {
	c := &carder{rows: rows, feats: feats, w: w, folded: folded, scores: make([]heat.Score, len(rows))}
	var s heat.Scorer
	s.Model(model.New(w))
	for i := range rows {
		if r := &rows[i]; !r.used {
			c.scores[i] = s.Score(evidence.Input{Text: r.Text, Lang: langOf(r.Lang)})
		}
	}
	c.f(cardHead, len(w.Keys), len(w.Append(nil))/1000, strings.Count(variants, "\n"))
	c.data()
	c.heldOut()
	c.leftOut()
	c.dev()
	c.calibration()
	c.functional()
	c.bias()
	c.languages()
	c.length()
	c.topWeights()
	c.WriteString(cardTail)
	return c.String()
}

const cardHead = `# Model card: heat

Made by ` + "`go run ./metrics/heat/train -data DIR -report`" + `; do not edit.

**What it is.** A linear model of how hostile the manner of a comment is, in English and French: logistic regression over words, pairs of words, two to four letters of a word, our own classes of words in both languages, and the cues of package evidence. %d features, %d kB. It runs offline. Heat is made of it and of the weighed cues; see heat.Of.

**What it is for.** Describing threads: where it gets hot, and which words say so. **What it is not for.** Deciding about people or removing comments without reading them. Heat is not hatred: a cold, polite cruelty is missed, friends who swear at each other are not.

**How it was chosen.** %d variants were compared, on held-out folds, on leaving sets out and on the dev sets; train/variants.txt has them all. So the numbers on the dev sets below are a little better than those on comments never looked at. Nothing of the dev sets is in the weights.

AUC is the area under the ROC curve: how often a hot comment is hotter than a civil one. AP is average precision, to be read beside the share that is hot. Intervals are 95 %% bootstrap, drawn by thread or issue where one is known.
`

const cardTail = `
## Known failures

- Hatred in calm words, irony without marks, insults by allusion; what needs the parent, the page or the news to be understood.
- Talk about insults: reports and reproaches without quotation marks, see the counter-speech without quotation marks above.
- Coarse words among friends and reclaimed words are hot.
- Names of origin, colour, religion, sex, love and disability (model/identities.txt) have no weight, nor have the pairs they stand in: hatred that shows in nothing but whom it names is missed, and hot comments that name a group are less hot than others (BNSP above). The words around them have weight, and so have names of parties and trades.
- French has a tenth of the labelled comments that English has, mostly tweets and one forum.
- Short comments: one word decides. Long comments: a hot sentence among many calm ones is diluted.
- The model knows no parents. Second person counts as heat only through the cues, in replies.
- Annotators of these sets disagree with each other, and their judgement has biases that a model learns: dialects are rated hotter than they are meant (Sap et al. 2019).
`

func isHot(r *row) bool { return r.hot }

// pick are the rows of a set with their labels and the scores that of gives.
func (c *carder) pick(keep func(*row) bool, hot func(*row) bool, of func(i int) float64) (xs []scored) {
	for i := range c.rows {
		if r := &c.rows[i]; keep(r) {
			xs = append(xs, scored{score: of(i), hot: hot(r), group: r.Group, weight: 1})
		}
	}
	return xs
}

func inSet(name string) func(*row) bool {
	s := setOf(name)
	return func(r *row) bool { return r.set == s }
}

func share(xs []scored) (hot float64) {
	for _, x := range xs {
		if x.hot {
			hot++
		}
	}
	return hot / float64(len(xs))
}

func (c *carder) data() {
	c.f("\n## What it learned from\n\n| set | comments | hot | terms | weight |\n|---|--:|--:|---|--:|\n")
	for i, s := range sets {
		if s.Weight == 0 {
			continue
		}
		xs := c.pick(func(r *row) bool { return r.used && r.set == i }, isHot, func(int) float64 { return 0 })
		c.f("| %s | %d | %.2f | %s | %g · √n |\n", s.Name, len(xs), share(xs), s.Terms, s.Weight)
	}
	c.f("\nNo balancing inside a set. A feature counts only if it was seen in two sources. `civil` and `hostile` are made by the grammars in this repository. tydip is TyDiP by Srinivasan and Choi (2022), CC BY 4.0; the others are named in NOTICE.\n")
}

// line is one line of a table of results.
func (c *carder) line(name string, xs []scored, more ...float64) {
	low, high := interval(xs)
	c.f("| %s | %d | %.2f | %.3f [%.3f, %.3f] | %.3f |", name, len(xs), share(xs), auc(xs), low, high, averagePrecision(xs))
	for _, m := range more {
		c.f(" %.3f |", m)
	}
	c.f("\n")
}

func (c *carder) heldOut() {
	c.f("\n## Held-out folds\n\nEach comment scored by a model that has not seen its fold (%d folds, issues and threads kept together).\n\n| set | comments | hot | AUC | AP |\n|---|--:|--:|--:|--:|\n", folds)
	for i, s := range sets {
		if s.Weight > 0 && !s.Made {
			c.line(s.Name, c.pick(func(r *row) bool { return r.used && r.set == i }, isHot, func(i int) float64 { return c.folded[i] }))
		}
	}
}

func (c *carder) leftOut() {
	c.f("\n## Sets left out\n\nEach set scored by a model that has seen nothing of it: nearer to what a new place will see.\n\n| set | comments | hot | AUC | AP |\n|---|--:|--:|--:|--:|\n")
	out := make([]float64, len(c.rows))
	for _, name := range left {
		of := func(r *row) bool { return r.used && strings.HasPrefix(sets[r.set].Name, name) }
		logOdds(round(fit(c.rows, c.feats, func(r *row) bool { return !of(r) }), c.feats), c.rows, of, out)
		c.line(name, c.pick(of, isHot, func(i int) float64 { return out[i] }))
	}
}

// devKinds are what is asked of the dev sets.
var devKinds = []struct {
	set, name string
	hot       func(*row) bool
}{
	{"ucc_val", "newspaper, hostile", isHot},
	{"ucc_val", "newspaper, antagonizing", func(r *row) bool { return r.Attr["antagonize"] > 0.5 }},
	{"ucc_val", "newspaper, not healthy", func(r *row) bool { return r.Attr["healthy"] < 0.5 }},
	{"fox_train", "news threads, hateful", isHot},
	{"rtplx_train", "French prompts, toxic", isHot},
	{"jig_en", "talk comments, English", isHot},
	{"jig_fr", "talk comments, French", isHot},
}

func (c *carder) dev() {
	c.f("\n## Dev sets\n\nNothing was learned from them; variants were compared on them. AUC and AP are those of heat; then the AUC of the model alone and of the weighed cues alone.\n\n| set | comments | hot | AUC | AP | model | cues |\n|---|--:|--:|--:|--:|--:|--:|\n")
	for _, d := range devKinds {
		of := func(score func(heat.Score) float64) []scored {
			return c.pick(inSet(d.set), d.hot, func(i int) float64 { return score(c.scores[i]) })
		}
		c.line(d.name, of(func(s heat.Score) float64 { return s.Value }),
			auc(of(func(s heat.Score) float64 { return s.ByModel })), auc(of(func(s heat.Score) float64 { return s.ByCues })))
	}
}

func (c *carder) calibration() {
	c.f("\n## Calibration of the model\n\nOn held-out folds, before the share of hot comments is set to %g: the mean probability in each tenth, and the share that is hot.\n\n| language | ECE | ", prior)
	for b := range 10 {
		c.f("%.1f–%.1f | ", float64(b)/10, float64(b+1)/10)
	}
	c.f("\n|---|--:|%s\n", strings.Repeat("--:|", 10))
	for _, lang := range []string{"en", "fr"} {
		var xs []scored
		for i := range c.rows {
			if r := &c.rows[i]; r.used && r.Lang == lang && !sets[r.set].Made {
				xs = append(xs, scored{score: c.folded[i], hot: r.hot, weight: setWeight(c.rows, r.set)})
			}
		}
		a, b := platt(xs)
		for i := range xs {
			xs[i].score = 1 / (1 + math.Exp(-(a + b*xs[i].score)))
		}
		ece, bins := calibrationError(xs)
		c.f("| %s | %.3f |", lang, ece)
		for _, b := range bins {
			c.f(" %.2f → %.2f |", b[0], b[1])
		}
		c.f("\n")
	}
}

// threshold is the heat that only the given share of civil newspaper comments
// reach.
func (c *carder) threshold() float64 {
	var xs []float64
	for i := range c.rows {
		if r := &c.rows[i]; inSet("ucc_val")(r) && !r.hot {
			xs = append(xs, c.scores[i].Value)
		}
	}
	slices.Sort(xs)
	return xs[int(float64(len(xs))*(1-falseAlarms))]
}

func (c *carder) functional() {
	at := c.threshold()
	c.f("\n## Functional tests\n\nShare of the English cases of HateCheck (Röttger et al. 2021) that are hotter than %.3f, the heat that %g of civil newspaper comments reach. For cases that end in _nh, not hateful, this should be small. Heat is not hate: coarse words said of nobody are hot.\n\n| kind | cases | over |\n|---|--:|--:|\n", at, falseAlarms)
	by := map[string][2]int{}
	var names []string
	for i := range c.rows {
		if r := &c.rows[i]; inSet("hatecheck_en")(r) {
			v := by[r.Group]
			if v[0]++; v[0] == 1 {
				names = append(names, r.Group)
			}
			if c.scores[i].Value > at {
				v[1]++
			}
			by[r.Group] = v
		}
	}
	slices.Sort(names)
	for _, name := range names {
		c.f("| %s | %d | %.3f |\n", name, by[name][0], float64(by[name][1])/float64(by[name][0]))
	}
}

// groups are names of groups of people, by group, as whole words.
var groups = []struct{ name, words string }{
	{"women", "woman women female girl girls"},
	{"men", "man men male boy boys"},
	{"gay and lesbian", "gay gays lesbian lesbians homosexual homosexuals"},
	{"trans", "trans transgender"},
	{"Muslims", "muslim muslims islam islamic"},
	{"Jews", "jew jews jewish"},
	{"Christians", "christian christians catholic catholics"},
	{"Black people", "black blacks african africans"},
	{"white people", "white whites"},
	{"immigrants", "immigrant immigrants refugee refugees migrant migrants"},
	{"disabled people", "disabled handicapped"},
}

func (c *carder) bias() {
	c.f("\n## Groups\n\nBias AUC (Borkan et al. 2019) on the set `spans`, held-out folds: inside the comments that name the group; civil comments that name it against hot ones that do not (BPSN, low where the name heats); hot comments that name it against civil ones that do not (BNSP, low where it cools).\n\n| group | comments | hot | subgroup | BPSN | BNSP |\n|---|--:|--:|--:|--:|--:|\n")
	for _, g := range groups {
		names := map[string]bool{}
		for w := range strings.FieldsSeq(g.words) {
			names[w] = true
		}
		var in, bpsn, bnsp []scored
		for i := range c.rows {
			r := &c.rows[i]
			if !inSet("spans")(r) {
				continue
			}
			named := false
			for t := range words.All(r.Text) {
				named = named || names[t.Text]
			}
			x := scored{score: c.folded[i], hot: r.hot}
			if named {
				in = append(in, x)
			}
			if named != r.hot {
				bpsn = append(bpsn, x)
			} else {
				bnsp = append(bnsp, x)
			}
		}
		c.f("| %s | %d | %.2f | %.3f | %.3f | %.3f |\n", g.name, len(in), share(in), auc(in), auc(bpsn), auc(bnsp))
	}
}

func (c *carder) languages() {
	c.f("\n## French against English\n\nThe talk comments are the same in both languages, so that their heats should be too.\n\n")
	var en, fr []float64
	for i := range c.rows {
		switch r := &c.rows[i]; {
		case inSet("jig_en")(r):
			en = append(en, c.scores[i].Value)
		case inSet("jig_fr")(r):
			fr = append(fr, c.scores[i].Value)
		}
	}
	sumE, sumF, off := 0.0, 0.0, 0.0
	for i := range min(len(en), len(fr)) {
		sumE, sumF = sumE+en[i], sumF+fr[i]
		off += math.Abs(en[i] - fr[i])
	}
	n := float64(min(len(en), len(fr)))
	c.f("Mean heat %.3f in English, %.3f in French; mean distance of the two heats of a comment %.3f.\n", sumE/n, sumF/n, off/n)
}

func (c *carder) length() {
	c.f("\n## Length\n\nNewspaper comments by number of words. The mean heat of civil ones should not depend on it.\n\n| words | comments | hot | mean heat of civil ones | AUC |\n|---|--:|--:|--:|--:|\n")
	for _, b := range [][2]int{{1, 10}, {11, 20}, {21, 30}, {31, 1000}} {
		var xs []scored
		sum, civil := 0.0, 0.0
		for i := range c.rows {
			r := &c.rows[i]
			if n := words.Count(r.Text); !inSet("ucc_val")(r) || n < b[0] || n > b[1] {
				continue
			}
			xs = append(xs, scored{score: c.scores[i].Value, hot: r.hot})
			if !r.hot {
				sum, civil = sum+c.scores[i].Value, civil+1
			}
		}
		c.f("| %d–%d | %d | %.3f | %.3f | %.3f |\n", b[0], b[1], len(xs), share(xs), sum/civil, auc(xs))
	}
}

func (c *carder) topWeights() {
	c.f("\n## Weights\n\nOf our classes of words (model/classes.txt), alone, in log-odds for a text of 35 words: what is said is in the classes, not in single words of those who were learned from.\n\n| class | English | French |\n|---|--:|--:|\n")
	type entry struct {
		name string
		w    [2]float64
	}
	var es []entry
	for i, name := range model.ClassNames() {
		if j, ok := slices.BinarySearch(c.w.Keys, model.ClassKey(i)); ok {
			v := c.w.Vals[j]
			es = append(es, entry{name, [2]float64{model.Value(v[0], c.w.Max), model.Value(v[1], c.w.Max)}})
		}
	}
	slices.SortStableFunc(es, func(a, b entry) int {
		switch {
		case a.w[0] > b.w[0]:
			return -1
		case a.w[0] < b.w[0]:
			return 1
		}
		return 0
	})
	for _, e := range es {
		c.f("| %s | %+.2f | %+.2f |\n", e.name, e.w[0], e.w[1])
	}
}
