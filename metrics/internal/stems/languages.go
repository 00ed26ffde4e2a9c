package stems

// Languages are those of n texts of one thread, whose language is said to be the one
// with the given tag: most are too short to tell theirs, which is then that of the
// whole. O(bytes).
func (r *Reader) Languages(n int, text func(int) string, tag string) []Lang {
	votes := make([]Ballot, n)
	var all Ballot
	var tokens []Token
	for k := range votes {
		tokens = r.Tokens(tokens[:0], text(k))
		r.Votes(&votes[k], tokens)
		for l, v := range votes[k] {
			all[l] += v
		}
	}
	usual := Leader(&all)
	if usual == Unknown {
		usual = ByCode(tag)
	}
	out := make([]Lang, n)
	for k := range out {
		out[k] = Language(&votes[k], usual)
	}
	return out
}
