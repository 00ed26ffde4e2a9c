package drift

import (
	"slices"

	"threadheat/metrics/internal/stems"
	"threadheat/metrics/internal/words"
	"threadheat/thread"
)

// stemBags are the counts of stems of a thread's comments and of its title, in
// flat arrays: bag d has the terms and counts at start[d] … start[d+1]-1, in
// order of terms. Bags of comments stand at their Index, that of the title at
// the end.
type stemBags struct {
	reader *stems.Reader
	lang   []stems.Lang // by bag
	start  []int32
	term   []int32
	count  []int32
	total  []int32 // by bag
	usual  stems.Lang
}

func (b *stemBags) bag(d int) (terms, counts []int32) {
	from, to := b.start[d], b.start[d+1]
	return b.term[from:to], b.count[from:to]
}

// stemsOf counts the stems of a thread. Words that a comment quotes count where
// they stand in the comment that it answers, and only there: a quotation shows
// what a reply is about, but its words are not the writer's. O(words).
func stemsOf(t *thread.Thread) *stemBags {
	n := t.Len()
	r := stems.NewReader()
	b := &stemBags{reader: r, lang: make([]stems.Lang, n+1), start: make([]int32, 1, n+2), total: make([]int32, n+1)}
	text := func(d int) string {
		switch i := thread.Index(d); {
		case d == n:
			return t.Meta().Title
		case words.Unread(t, i) != nil:
			return ""
		default:
			return t.Text(i)
		}
	}
	// The language of the whole is known only when all is read, and most comments
	// are too short to tell theirs.
	var tokens []stems.Token
	var words []stems.Word // of all texts, their complements where quoted
	ends := make([]int, n+1)
	votes := make([]stems.Ballot, n+1)
	var all stems.Ballot
	for d := range n + 1 {
		tokens = r.Tokens(tokens[:0], text(d))
		r.Votes(&votes[d], tokens)
		for _, k := range tokens {
			switch k.Part {
			case stems.Own:
				words = append(words, k.Word)
			case stems.Quoted:
				words = append(words, ^k.Word)
			}
		}
		ends[d] = len(words)
		for l, v := range votes[d] {
			all[l] += v
		}
	}
	if b.usual = stems.Leader(&all); b.usual == stems.Unknown {
		b.usual = stems.ByCode(t.Meta().Lang)
	}
	var seen []int32
	at := 0
	for d := range n + 1 {
		b.lang[d] = stems.Language(&votes[d], b.usual)
		seen = seen[:0]
		var above []int32 // terms of the comment that is answered
		if d < n && t.Parent(thread.Index(d)) != thread.NoIndex {
			above, _ = b.bag(int(t.Parent(thread.Index(d))))
		}
		for ; at < ends[d]; at++ {
			w, quoted := words[at], words[at] < 0
			if quoted {
				w = ^w
			}
			id := r.Term(w, b.lang[d])
			if id == stems.None {
				continue
			}
			if quoted {
				if _, there := slices.BinarySearch(above, id); !there {
					continue
				}
			}
			seen = append(seen, id)
		}
		slices.Sort(seen)
		for i := 0; i < len(seen); {
			j := i + 1
			for j < len(seen) && seen[j] == seen[i] {
				j++
			}
			b.term, b.count = append(b.term, seen[i]), append(b.count, int32(j-i))
			i = j
		}
		b.total[d] = int32(len(seen))
		b.start = append(b.start, int32(len(b.term)))
	}
	return b
}
