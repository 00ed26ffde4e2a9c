package shape

import "threadheat/metrics"

const group = "shape"

// ofTree makes the two measures of an index that is defined for one tree: of
// the rooted frame, and of the largest tree of the forest frame. value is asked
// where there is at least one comment.
func ofTree(m metrics.Measure, value func(part) metrics.Value) (plain, forest *metrics.Measure) {
	m.Interval = metrics.OneTree
	return inFrames(m, value, (*Tree).largest, metrics.Text{
		EN: "Here of the largest tree of comments, without the article.",
		FR: "Ici sur le plus grand arbre de commentaires, sans l’article.",
	})
}

// ofNodes makes the two measures of something that is counted over all nodes:
// the article and the comments, and the comments alone. value is asked where
// there is at least one comment.
func ofNodes(m metrics.Measure, value func(part) metrics.Value) (plain, forest *metrics.Measure) {
	plain, forest = inFrames(m, value, (*Tree).comments, metrics.Text{
		EN: "Here over the comments alone, without the article; depth is 0 at top level.",
		FR: "Ici sur les seuls commentaires, sans l’article ; la profondeur vaut 0 au premier niveau.",
	})
	if plain.MinN > 0 {
		plain.MinN++ // the article
	}
	return plain, forest
}

// inFrames completes m twice. Without comments its value is 0 where MinN is 0,
// else undefined.
func inFrames(m metrics.Measure, value func(part) metrics.Value, forestPart func(*Tree) part, frame metrics.Text) (plain, forest *metrics.Measure) {
	m.Group, m.Scope = group, metrics.PerThread
	of := func(pick func(*Tree) part) func(*metrics.Context) (metrics.Values, error) {
		return metrics.From(Rooted, func(t *Tree) metrics.Value {
			switch {
			case t.Comments() > 0:
				return value(pick(t))
			case m.MinN == 0:
				return metrics.Of(0, 0)
			}
			return noComments()
		})
	}
	f := m
	f.Name = "forest-" + m.Name
	f.Title = metrics.Text{EN: m.Title.EN + " (forest)", FR: m.Title.FR + " (forêt)"}
	f.Doc = metrics.Text{EN: m.Doc.EN + " " + frame.EN, FR: m.Doc.FR + " " + frame.FR}
	f.Run = of(forestPart)
	m.Doc.EN += " The article is the root of the tree."
	m.Doc.FR += " L’article est la racine de l’arbre."
	m.Run = of((*Tree).whole)
	return &m, &f
}

func noComments() metrics.Value { return metrics.TooFew(0, 1, metrics.Comments) }

func count[T int | int32 | int64](x T, n int) metrics.Value { return metrics.Of(float64(x), n) }

// ratio is a/b of n observations. b must not be 0.
func ratio[T int | int32 | int64](a, b T, n int) metrics.Value {
	return metrics.Of(float64(a)/float64(b), n)
}
