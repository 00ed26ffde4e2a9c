// Package locale knows the words that blog software puts around comments, in 63
// locales at once: "says:", "Reply", "Leave a comment", "7 comments". The words
// are those of WordPress's translations.
//
// All functions take text as it stands on a page: letter case, no-break spaces,
// full-width colons, arrows and the marks of Markdown around a phrase do not
// matter. They look at 400 bytes at most and cost a few map look-ups.
//
// strings.json holds the short interface strings of the core translations of
// WordPress 6.1, one locale a line, with the keys: says, reply, leave (heading
// of the form), await, pingback and so on. more.go holds what other software and
// other versions write. Some locales use one phrase for two things ("Vastaa" is
// both "Reply" and "Leave a reply" in Finnish); such a phrase counts as the reply
// word, unless the link that cancels a reply follows it.
package locale

import (
	_ "embed"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed strings.json
var stringsJSON []byte

// core is strings.json: locale → key → phrase.
func core() map[string]map[string]string {
	var c map[string]map[string]string
	if err := json.Unmarshal(stringsJSON, &c); err != nil {
		panic("locale: strings.json: " + err.Error())
	}
	return c
}

// tables are the phrases of all locales, folded, as the functions look them up.
type tables struct {
	says, glued, replyTo, leaveTo, cancelled, trailingReply, awaiting, ends, closed, pingbacks, trackbacks, one templates

	reply, leave, cancel, noise, quote, pager, counts, bareCounts, none map[string]bool

	countTails []string // "への件の返信": a count heading whose title comes first
}

var load = sync.OnceValue(func() *tables {
	t := &tables{
		reply: map[string]bool{}, leave: map[string]bool{}, cancel: map[string]bool{}, noise: map[string]bool{}, quote: map[string]bool{},
		pager: map[string]bool{}, counts: map[string]bool{}, bareCounts: map[string]bool{}, none: map[string]bool{},
		countTails: []string{"への件の返信", "に件のコメント", "への件のコメント", "有条评论", "的条评论", "에 대한 개의 생각", "에 대한 개의 답글"},
	}
	c := core()
	all := func(key string, more []string) []string {
		var list []string
		for _, l := range slices.Sorted(maps.Keys(c)) {
			if s := c[l][key]; s != "" {
				list = append(list, s)
			}
		}
		return append(list, more...)
	}
	set := func(m map[string]bool, phrases []string) {
		for _, s := range phrases {
			if p := plain(s); p != "" {
				m[p] = true
			}
		}
	}
	for _, s := range all("says", moreSays) {
		if !verbless(s) {
			f := fold(s)
			t.says.add(f)
			if verb, ok := strings.CutPrefix(f, "%s "); ok && len(verb) > keyLen {
				t.glued.add("%s" + verb)
			}
		}
	}

	set(t.reply, all("reply", moreReply))
	set(t.reply, all("login_reply", nil))
	for s := range t.reply {
		t.trailingReply.add("%s " + s)
	}
	set(t.leave, all("leave", moreLeave))
	set(t.leave, all("leave_comment", nil))
	set(t.leave, all("post", nil))
	set(t.cancel, all("cancel", moreCancel))
	for s := range t.cancel {
		t.cancelled.add("%s " + s)
	}
	for _, s := range moreReplyTo {
		t.replyTo.add(fold(s))
	}
	for _, l := range slices.Sorted(maps.Keys(c)) {
		if s := fold(c[l]["leave_to"]); s != "" {
			// "Répondre à Alice" is the reply link with a name, "Leave a Reply to
			// Alice" the heading of the form.
			if strings.HasPrefix(s, plain(c[l]["reply"])) {
				t.replyTo.add(s)
			} else {
				t.leaveTo.add(s)
			}
		}
	}

	for _, list := range [][]string{all("email", nil), all("required", nil), all("closed", moreClosed)} {
		for _, s := range list {
			pre, _, _ := strings.Cut(s, "%s")
			if p := plain(pre); utf8.RuneCountInString(p) >= 6 {
				t.ends.add(p)
			}
		}
	}
	for _, s := range moreEnd {
		t.ends.add(plain(s))
	}
	for _, s := range all("closed", moreClosed) {
		pre, _, _ := strings.Cut(s, "%s")
		if p := plain(pre); utf8.RuneCountInString(p) >= 6 {
			t.closed.add(p)
		}
	}
	set(t.pager, all("older", []string{"Older Comments", "Previous Comments", "Commentaires plus anciens", "Commentaires précédents", "Ältere Kommentare", "Vorherige Kommentare"}))
	set(t.pager, all("newer", []string{"Newer Comments", "Next Comments", "Commentaires plus récents", "Commentaires suivants", "Neuere Kommentare", "Nächste Kommentare"}))

	for _, s := range all("await", moreAwaiting) {
		t.awaiting.add(plain(s))
	}
	for _, s := range all("pingback", morePingback) {
		t.pingbacks.add(label(s))
		if f := fold(s); strings.HasSuffix(f, " -") {
			t.pingbacks.add(f)
		}
	}
	for _, s := range all("trackback", moreTrackback) {
		t.trackbacks.add(label(s))
	}

	set(t.noise, all("edit", moreNoise))
	set(t.noise, all("edit_c", nil))
	set(t.noise, moreQuote)
	set(t.quote, moreQuote)

	for _, s := range moreOne {
		t.one.add(s)
	}
	for _, s := range all("ncomments", nil) {
		noun := residue(strings.NewReplacer("%s", "", "%", "").Replace(s))
		t.counts[noun], t.bareCounts[noun] = true, true
	}
	for _, s := range all("one", nil) {
		if rest, n := cutNumber(fold(s)); n >= 0 {
			t.counts[residue(rest)] = true
		} else {
			t.one.add(plain(s))
		}
	}
	for _, s := range moreCounts {
		t.counts[s] = true
	}
	for _, s := range moreBareCounts {
		t.bareCounts[s] = true
	}
	for _, s := range all("zero", []string{"Aucun commentaire", "0 comments", "No responses yet", "No comments yet", "Sin comentarios", "Geen reacties", "Комментариев нет"}) {
		if _, n := cutNumber(fold(s)); n < 0 {
			t.none[plain(s)] = true
		}
	}
	return t
})

// verbless tells that a says template is nothing but a name and a colon.
func verbless(s string) bool { return fold(s) == "%s:" }

// label is what starts the line of a pingback.
func label(s string) string { return strings.TrimRight(fold(s), " :-") + ":" }

// Says splits "Alice says:" or its like in any locale into the name. Templates
// without a verb ("%s:") do not count here: they would match any line that ends
// in a colon.
func Says(line string) (name string, ok bool) {
	lo, hi, ok := load().says.match(fold(line))
	if !ok {
		return "", false
	}
	name = unfold(line, lo, hi)
	return name, name != ""
}

// SaysBare splits "Alice:", which is all that some locales (Russian) put there,
// and "Alicesays:", as html2text draws a name and a verb that are two elements.
// It is for lines that a list marker shows to be the start of a comment.
func SaysBare(line string) (name string, ok bool) {
	f := fold(line)
	if !strings.HasSuffix(f, ":") || strings.Count(f, " ") > 4 {
		return "", false
	}
	hi := len(f) - 1
	if _, end, glued := load().glued.match(f); glued && end > 0 {
		hi = end
	}
	name = unfold(line, 0, hi)
	return name, name != ""
}

// IsReply tells that s is nothing but the reply link under a comment, with or
// without the name of the person who would be answered.
func IsReply(s string) bool {
	t, p := load(), plain(s)
	if t.reply[p] {
		return true
	}
	lo, hi, ok := t.replyTo.match(p)
	return ok && hi > lo && hi-lo <= 60
}

// TrimReply cuts a reply word at the end of a header ("Alice Répondre").
func TrimReply(s string) (rest string, ok bool) {
	f := strings.TrimRight(fold(s), ornaments)
	f = strings.ReplaceAll(strings.ReplaceAll(f, "(", " "), "[", " ")
	_, hi, ok := load().trailingReply.match(f)
	if !ok {
		return s, false
	}
	rest = strings.TrimRight(unfold(s, 0, hi), " \u00A0-–—·•|([,")
	if rest == "" {
		return s, false
	}
	return rest, true
}

// CountHeading reads the heading of a comment list: "8 commentaires",
// "Comments (7)", "Ein Gedanke zu …". known is false where it declares none. The
// number may count more than the page shows: pingbacks, other pages.
func CountHeading(s string) (count int, known, ok bool) {
	t, f := load(), strings.Trim(fold(s), " #*=|-–—·•>")
	if f == "" {
		return 0, false, false
	}
	p := strings.Trim(f, ornaments+":")
	if t.bareCounts[p] || strings.HasPrefix(p, "commentaires sur ") { // Canalblog
		return 0, false, true
	}
	if t.none[p] {
		return 0, true, true
	}
	if lo, _, found := t.one.match(p); found && goesOn(p[:lo], p[lo:]) {
		return 1, true, true
	}
	if rest, n := cutNumber(p); n >= 0 {
		r := residue(rest)
		if t.counts[r] || startsWithNumber(p) && t.titled(r) {
			return n, true, true
		}
		for _, tail := range t.countTails {
			if strings.HasSuffix(r, tail) {
				return n, true, true
			}
		}
		return 0, false, false
	}
	return 0, false, false
}

// titled tells that r, a heading without its number, is a noun and the title of
// what was commented on.
func (t *tables) titled(r string) bool {
	for i, word := range strings.Fields(r) {
		if i > 4 {
			break
		}
		if i > 0 && (glue[word] || strings.ContainsRune(`«"“„”'`, rune0(word))) {
			noun := strings.Join(strings.Fields(r)[:i], " ")
			if t.counts[noun] || t.counts[strings.TrimRight(noun, ornaments)] {
				return true
			}
		}
	}
	for _, pre := range titlePrefixes {
		if strings.HasPrefix(r, pre) {
			return true
		}
	}
	return false
}

// titlePrefixes are those whose words between noun and title are several.
var titlePrefixes = []string{"réflexions au sujet", "réflexion au sujet", "réponses au sujet", "комментариев к записи", "комментария к записи", "комментарий к записи", "thoughts on", "responses to", "svar på", "reaktioner på", "kommentarer till", "kommentarer til", "przemyśleń na temat", "thoughts about"}

// goesOn tells that a heading which starts with "one comment" or its like goes
// on with a title or not at all: "un commentaire" is a heading, "un commentaire
// de la rédaction" the start of a sentence.
func goesOn(pre, rest string) bool {
	if rest == "" {
		return true
	}
	if rest[0] != ' ' {
		return false
	}
	words := strings.Fields(pre)
	last, next := words[len(words)-1], strings.Fields(rest)[0]
	return glue[last] || glue[next] || strings.HasSuffix(pre, "au sujet de") || strings.ContainsRune(`«"“„”`, rune0(next))
}

func rune0(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func startsWithNumber(s string) bool { return unicode.IsDigit(rune0(s)) }

// cutNumber takes the number out of s: the one it starts with, else the last
// one. n is -1 where there is none, or one too long to count comments.
func cutNumber(s string) (rest string, n int) {
	lo, hi := -1, -1
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsDigit(r) {
			i += size
			continue
		}
		lo = i
		for i < len(s) {
			r, size := utf8.DecodeRuneInString(s[i:])
			if !unicode.IsDigit(r) && !groups(s[i:]) {
				break
			}
			i += size
		}
		hi = i
		if lo == 0 {
			break
		}
	}
	if lo < 0 {
		return s, -1
	}
	for _, r := range s[lo:hi] {
		if d := digit(r); d >= 0 {
			n = n*10 + d
		}
		if n > 1e8 {
			return s, -1
		}
	}
	return s[:lo] + s[hi:], n
}

// groups tells that s starts with a separator and three digits of a number.
func groups(s string) bool {
	if s[0] != ',' && s[0] != '.' && s[0] != '\'' {
		return false
	}
	n := 0
	for _, r := range s[1:] {
		if !unicode.IsDigit(r) {
			break
		}
		n++
	}
	return n == 3
}

// digit is the value of a decimal digit of any script, -1 for other runes.
// Unicode keeps each script's ten digits together, from zero up.
func digit(r rune) int {
	for _, t := range unicode.Nd.R16 {
		if lo := rune(t.Lo); lo <= r && r <= rune(t.Hi) {
			return int(r-lo) % 10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if lo := rune(t.Lo); lo <= r && r <= rune(t.Hi) {
			return int(r-lo) % 10
		}
	}
	return -1
}

// residue is what is left of a heading without its number: words only, with
// the punctuation that held the number gone.
func residue(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '(', ')', '[', ']', ':', '|':
			return ' '
		}
		return r
	}, fold(s))
	return strings.Trim(strings.Join(strings.Fields(s), " "), " .,!?-–—·•")
}

// IsEnd tells that s closes a comment list: the heading of the form below it,
// the note about e-mail addresses, "Comments are closed", the link to the next
// page of comments.
func IsEnd(s string) bool {
	t, p := load(), plain(s)
	if p == "" || t.reply[p] {
		return false
	}
	if t.leave[p] || t.pager[p] || t.ends.fits(p) {
		return true
	}
	if t.cancel[p] && strings.Contains(p, " ") {
		return true
	}
	if _, hi, ok := t.cancelled.match(p); ok && hi > 0 {
		head := strings.Trim(p[:hi], ornaments)
		return t.leave[head] || t.leaveTo.fits(head) || t.replyTo.fits(head) || strings.Contains(p[hi+1:], " ")
	}
	lo, hi, ok := t.leaveTo.match(p)
	return ok && hi > lo && hi-lo <= 60
}

// IsPager tells that s links to an earlier or later page of the same comments.
func IsPager(s string) bool { return load().pager[plain(s)] }

// Pingback cuts "Pingback:" or its like from the start of s.
func Pingback(s string) (rest string, ok bool) { return cutLabel(s, &load().pingbacks) }

// Trackback cuts "Trackback:" or its like from the start of s.
func Trackback(s string) (rest string, ok bool) { return cutLabel(s, &load().trackbacks) }

func cutLabel(s string, labels *templates) (rest string, ok bool) {
	// The title after the label may be long; the label is not.
	f := fold(s[:min(len(s), maxLine)])
	lo, _, ok := labels.match(f)
	if !ok {
		return s, false
	}
	return strings.TrimFunc(s[rawIndex(s, lo):], isBlank), true
}

// IsClosed tells that s says that nobody can comment any more.
func IsClosed(s string) bool { return load().closed.fits(plain(s)) }

// IsAwaiting tells that s is the note under a comment that awaits moderation.
func IsAwaiting(s string) bool { return load().awaiting.fits(plain(s)) }

// IsNoise tells that s is an edit link or another control that is part of no
// comment.
func IsNoise(s string) bool {
	t, p := load(), plain(s)
	return t.noise[p] || t.cancel[p]
}

// IsQuote tells that s is a link for answering with a quotation, as forums have
// it in place of a reply link.
func IsQuote(s string) bool { return load().quote[plain(s)] }
