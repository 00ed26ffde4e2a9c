package drift

import (
	"cmp"
	"iter"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/internal/words"
	"threadheat/thread"
)

// SharedLink is an address that stands in several comments.
type SharedLink struct {
	Address  string         // as Address writes it
	Comments []thread.Index // in the order of the document, each once
}

// SharedLinks are the addresses that stand in at least two comments, those of most
// comments first, then by the alphabet. O(bytes).
var SharedLinks = &metrics.Fact[[]SharedLink]{Name: "shared links", Compute: func(c *metrics.Context) ([]SharedLink, error) {
	all, _ := linksOf(c.Thread)
	return slices.DeleteFunc(all, func(l SharedLink) bool { return len(l.Comments) < 2 }), nil
}}

// linksOf are all addresses of a thread, and how many comments have one.
func linksOf(t *thread.Thread) (all []SharedLink, with int) {
	places := map[string]int{}
	for i := range t.Document() {
		if words.Unread(t, i) != nil {
			continue
		}
		has := false
		for start, end := range addresses(t.Text(i)) {
			a, ok := Address(t.Text(i)[start:end])
			if !ok {
				continue
			}
			has = true
			at, known := places[a]
			if !known {
				at = len(all)
				places[a] = at
				all = append(all, SharedLink{Address: a})
			}
			if l := &all[at]; len(l.Comments) == 0 || l.Comments[len(l.Comments)-1] != i {
				l.Comments = append(l.Comments, i)
			}
		}
		if has {
			with++
		}
	}
	slices.SortFunc(all, func(a, b SharedLink) int {
		return cmp.Or(cmp.Compare(len(b.Comments), len(a.Comments)), cmp.Compare(a.Address, b.Address))
	})
	return all, with
}

// longestAddress is where an address is cut off from being one: no page has a
// longer one.
const longestAddress = 4096

// addresses are the places of the web addresses of a text, in bytes: what begins
// with http://, https:// or www. and goes on to a space, without the punctuation
// behind it.
func addresses(text string) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for at := 0; at < len(text); {
			i, j := strings.Index(text[at:], "://"), strings.Index(text[at:], "www.")
			start := at + j
			switch {
			case i < 0 && j < 0:
				return
			case i >= 0 && (j < 0 || i < j):
				rest := strings.ToLower(text[max(at, at+i-5) : at+i])
				switch {
				case strings.HasSuffix(rest, "https"):
					start = at + i - 5
				case strings.HasSuffix(rest, "http"):
					start = at + i - 4
				default:
					at += i + 3
					continue
				}
			}
			end := strings.IndexFunc(text[start:], func(c rune) bool { return unicode.IsSpace(c) || strings.ContainsRune("<>\"«»“”", c) })
			if end < 0 {
				end = len(text) - start
			}
			at = start + end
			found := strings.TrimRight(text[start:at], ".,;:!?'’*_…")
			for strings.HasSuffix(found, ")") && strings.Count(found, "(") < strings.Count(found, ")") || strings.HasSuffix(found, "]") {
				found = strings.TrimRight(found[:len(found)-1], ".,;:!?'’*_…")
			}
			if len(found) <= longestAddress && !yield(start, start+len(found)) {
				return
			}
		}
	}
}

// Address writes a web address in one way, without what makes no other page of it:
// the scheme, www., the port where it is the usual one, a slash at the end, the
// part behind #, and what tells where the reader came from (utm_…, fbclid, gclid).
// It is false for what is no web address.
func Address(s string) (string, bool) {
	if !strings.Contains(s, "://") {
		s = "https://" + s
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || !strings.Contains(u.Hostname(), ".") {
		return "", false
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	if p := u.Port(); p != "" && p != "80" && p != "443" {
		host += ":" + p
	}
	var query []string
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		name, _, _ := strings.Cut(strings.ToLower(part), "=")
		if part != "" && !strings.HasPrefix(name, "utm_") && name != "fbclid" && name != "gclid" {
			query = append(query, part)
		}
	}
	slices.Sort(query)
	out := host + strings.TrimRight(u.EscapedPath(), "/")
	if len(query) > 0 {
		out += "?" + strings.Join(query, "&")
	}
	return out, true
}

// LinkCount counts the addresses that several comments give. N is how many
// comments have an address.
var LinkCount = &metrics.Measure{
	Name: "shared-links", Group: "drift",
	Title: metrics.Text{EN: "Shared links", FR: "Liens partagés"},
	Doc: metrics.Text{
		EN: "How many web addresses stand in at least two comments. Spellings of one address are taken for one; two addresses of the same page are not, and neither are shortened ones.",
		FR: "Combien d’adresses web figurent dans au moins deux commentaires. Les graphies d’une même adresse comptent pour une ; deux adresses de la même page, ou une adresse raccourcie, non.",
	},
	Math:   "|{a : at least two comments have a}|",
	MathFR: "|{a : au moins deux commentaires ont a}|",
	Scope:  metrics.PerThread, Unit: metrics.Count, Range: metrics.NonNegative, Needs: metrics.NeedText,
	Source: []metrics.Citation{cite.Own}, Interval: metrics.Counted,
	Run: func(c *metrics.Context) (metrics.Values, error) {
		shared, err := SharedLinks.Of(c)
		if err != nil {
			return nil, err
		}
		_, with := linksOf(c.Thread)
		return metrics.One(metrics.Of(float64(len(shared)), with)), nil
	},
}
