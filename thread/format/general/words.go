package general

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// role is what the words in classes and IDs say of an element.
type role uint32

const (
	talk    role = 1 << iota // a comment, or something about comments
	post                     // perhaps a comment: forums and blogs use the same words
	notOne                   // about comments, but no comment: a counter, a form, a list of them
	author                   // tells who writes
	name                     // perhaps tells who writes
	date                     // tells when
	body                     // holds the text
	header                   // holds author and date, and no text
	chrome                   // is no part of a text: buttons, counters, avatars, signatures
	answers                  // holds replies
	child                    // is a reply
	review                   // a review, of which one alone may be an article
	outside                  // no discussion of this page stands in it
	closed                   // says that comments are closed
)

// words are whole words in classes and IDs, in the languages in which those are
// written.
var words = dictionary(map[role]string{
	talk: "cmt cmnt cmmt comm commt yorum svar reply replies antwort antworten response responses respuesta respuestas resposta respostas reponse reponses " +
		"reactie reacties reaction reactions talkback posting postings guestbook gastbuch gaestebuch disqus dsq",
	review: "review reviews avis bewertung rezension kundenbewertung opinia opinie opinion opinions testimonial recensione recensie",
	post:   "kpost kposts kmsg post posts message messages msg beitrag entry item discussion thread topic answer answers feedback note statement vote meinung",
	notOne: "count counter counts link links form respond button btn icon toggle number num nav pager pagination area section list wrapper container " +
		"box title heading headline add new write submit input editor show load more hide close policy rules total status summary bar header head footer foot",
	author: "author autor auteur autore fn vcard username nickname nick benutzer benutzername commenter commentator poster byline screenname displayname usuario utilisateur " +
		"pseudo verfasser kommentator gebruiker gebruikersnaam reviewer writer avtor yazar nutzer nutzername uname realname fullname",
	name:    "user name by profile member who person login von owner account",
	date:    "date datum datetime time zeit uhrzeit timestamp ago published posted when fecha data created dateline pubdate heure hora timeago jour posttime dato",
	body:    "text body content message msg txt inhalt copy description texte contenu testo texto tekst bodytext desc copytext",
	header:  "meta metadata header head info infos details detail byline credits heading top",
	answers: "children replies answers responses antworten respuestas reponses subcomments childs kids nested sublist",
	child:   "reply child answer antwort nested sub subcomment response respuesta reponse isreply indent indented children level",
	chrome: "avatar gravatar userpic like likes dislike dislikes vote votes voting rating stars star share sharing social report flag signature sig actions action tools toolbar buttons button btn " +
		"controls badge karma permalink edit delete moderation useragent edited lastedited editedby notice dropdown tooltip form respond thumb thumbs upvote downvote counter count reply replylink antworten repondre responder menu links quotelink " +
		"footer foot number order ip postip email rank level reputation score reactions abuse melden signaler",
	outside: "recent latest letzte neueste popular related similar recommended recommendations recommend teaser teasers breadcrumb breadcrumbs promo advert ads newsletter trending tweet tweets twitter " +
		"carousel slider verwandte derniers ultimos recientes recents sidebar rail recommandations ticker liveticker liveblog relatedposts archive archives nav navigation navbar menu " +
		"search searchresults results product products listing teaserlist headlines marginal",
})

// parts say the same wherever they stand in a word ("kommentartext").
var parts = []struct {
	part string
	role role
}{
	{"comment", talk}, {"kommentar", talk}, {"coment", talk}, {"koment", talk}, {"kommentti", talk}, {"comentario", talk}, {"commento", talk}, {"bewertung", review}, {"leserbrief", talk}, {"gaestebuch", talk},
	{"author", author}, {"autor", author}, {"auteur", author}, {"username", author}, {"nickname", author},
	{"signature", chrome}, {"avatar", chrome},
	{"recent", outside}, {"latest", outside}, {"related", outside}, {"teaser", outside}, {"sidebar", outside}, {"breadcrumb", outside}, {"newsletter", outside},
}

// endings say the same at the end of a word that is about comments.
var endings = []struct {
	end  string
	role role
}{
	{"text", body}, {"body", body}, {"content", body}, {"message", body}, {"txt", body}, {"inhalt", body}, {"date", date}, {"datum", date}, {"time", date}, {"zeit", date},
	{"name", author}, {"user", author}, {"count", notOne}, {"form", notOne | chrome}, {"link", notOne}, {"meta", header}, {"header", header}, {"info", header}, {"list", notOne}, {"liste", notOne},
	{"wrapper", notOne}, {"container", notOne}, {"title", notOne}, {"s", notOne}, {"footer", chrome},
}

// afterAuthor are the words after "author" in classes of what tells the author.
var afterAuthor = map[string]bool{"link": true, "url": true, "wrap": true, "wrapper": true, "box": true, "block": true, "inner": true, "container": true, "text": true, "label": true,
	"span": true, "title": true, "date": true, "content": true, "time": true, "homepage": true, "display": true, "area": true, "line": true, "left": true, "right": true}

func dictionary(lists map[role]string) map[string]role {
	d := map[string]role{}
	for r, list := range lists {
		for w := range strings.FieldsSeq(list) {
			d[w] |= r
		}
	}
	return d
}

// lexicon remembers what was said of classes and IDs before.
type lexicon map[string]role

// of is what the words of a class or ID, or of several with spaces between, say.
func (l lexicon) of(s string) role {
	if s == "" || len(s) > 400 {
		return 0
	}
	r, ok := l[s]
	if !ok {
		for f := range strings.FieldsSeq(s) {
			r |= token(f)
		}
		l[s] = r
	}
	return r
}

// token is the roles of one class or ID.
func token(s string) role {
	if len(s) > 60 {
		return 0
	}
	var r role
	last := ""
	for w := range split(s) {
		last = w
		r |= words[w]
		about := role(0)
		for _, p := range parts {
			if strings.Contains(w, p.part) {
				about |= p.role
			}
		}
		r |= about
		if about&talk != 0 {
			for _, e := range endings {
				if strings.HasSuffix(w, e.end) {
					r |= e.role
				}
			}
		}
	}
	// "comment-author-anna" is a comment by Anna, "comment-author-name" her name.
	if r&author != 0 && words[last]&(author|name|header) == 0 && !afterAuthor[last] && !strings.HasSuffix(last, "author") {
		r &^= author
	}
	low := strings.ToLower(s)
	switch {
	case strings.Contains(low, "closed") && r&talk != 0, strings.HasPrefix(low, "nocomment"), strings.HasPrefix(low, "no-comment"):
		r |= closed
	case strings.HasPrefix(low, "has-"), strings.HasPrefix(low, "no-"), strings.HasPrefix(low, "with-"), strings.HasPrefix(low, "left-"), strings.HasPrefix(low, "right-"), strings.Contains(low, "without"):
		r &^= outside
	}
	return r
}

// split yields the words of "commentAuthor-name_2": "comment", "author", "name".
func split(s string) func(func(string) bool) {
	return func(yield func(string) bool) {
		lo, upper := -1, false // of the word being read; whether its last letter was upper case
		for i, c := range s {
			letter := unicode.IsLetter(c)
			up := letter && unicode.IsUpper(c)
			if lo >= 0 && (!letter || up && !upper) {
				if !yield(strings.ToLower(s[lo:i])) {
					return
				}
				lo = -1
			}
			if letter && lo < 0 {
				lo = i
			}
			upper = up
		}
		if lo >= 0 {
			yield(strings.ToLower(s[lo:]))
		}
	}
}

// pattern is s with every run of digits replaced by "#", and whether it has one.
func pattern(s string) (string, bool) {
	i := strings.IndexFunc(s, unicode.IsDigit)
	if i < 0 {
		return s, false
	}
	b := make([]byte, 0, len(s))
	in := false
	for _, c := range s {
		if unicode.IsDigit(c) {
			if !in {
				b = append(b, '#')
			}
			in = true
			continue
		}
		in = false
		b = utf8.AppendRune(b, c)
	}
	return string(b), true
}
