package wordpress

import (
	"strings"

	"threadheat/thread/internal/dom"
)

// role is what the classes of an element say of its part in a comment.
type role uint16

const (
	body     role = 1 << iota // holds the text
	text                      // may hold the text, where nothing says so more clearly
	name                      // is the author's name
	author                    // holds the author's name, and perhaps more
	date                      // holds the date
	meta                      // holds the date among other things
	chrome                    // is no part of the text: buttons, counters, avatars, …
	waiting                   // says that the comment awaits moderation
	children                  // holds the replies
	started                   // one of the classes that every WordPress comment has: even, alt, thread-odd, …
	comment                   // a comment, pingback or trackback
	pingback
	trackback
	asked // of page.roleAt: the roles of the node are known
)

// exact gives the roles of whole classes, in lower case with "-" for "_".
var exact = map[string]role{
	"comment": comment, "review": comment, "pingback": pingback, "trackback": trackback,
	"even": started, "odd": started, "alt": started, "thread-even": started, "thread-odd": started, "thread-alt": started,
	"byuser": started, "bypostauthor": started,
	"children": children, "comment-replies": children,

	"fn": name, "comment-author-name": name, "author-name": name, "authorname": name, "commentauthor": name,
	"comment-author-link": name, "comment-name": name, "commenter-name": name, "commentername": name, "commenter": name,
	"comment-username": name, "comment-user-name": name, "comment-nickname": name, "username": name, "user-name": name, "nickname": name,
	"wpd-comment-author": name, "wc-comment-author": name, "wp-block-comment-author-name": name,
	"epoch-author-link": name, "woocommerce-review-author": name,
	"comment-author": author | chrome, "author": author | chrome, "vcard": author | chrome, "comment-user": author | chrome, "user": author, "name": author,
	"comment-author-info": author | chrome, "comment-author-wrap": author | chrome, "comment-author-box": author | chrome,
	"comment-author-details": author | chrome, "comment-author-meta": author | chrome, "comment-author-inner": author | chrome,
	"post-author": chrome, "by-post-author": chrome, "post-author-badge": chrome, "comment-by": author | chrome, "comment-info": author | meta | chrome,

	"comment-meta": meta | chrome, "commentmetadata": meta | chrome, "comment-metadata": meta | chrome, "commentmeta": meta | chrome,
	"metadata": meta | chrome, "meta": meta | chrome, "comment-header": meta | chrome, "comment-head": meta | chrome,

	"says": chrome, "reply": chrome, "replylink": chrome, "reply-link": chrome, "respond": chrome, "comment-respond": chrome,
	"edit-link": chrome, "comment-edit": chrome, "permalink": chrome, "comment-permalink": chrome | meta, "avatar": chrome, "gravatar": chrome,
	"comment-footer": chrome, "comment-foot": chrome, "comment-actions": chrome, "comment-tools": chrome, "comment-controls": chrome,
	"comment-buttons": chrome, "comment-options": chrome, "comment-number": chrome, "commentnumber": chrome, "comment-num": chrome,
	"comment-count": chrome, "comment-counter": chrome, "commentcount": chrome, "comment-arrow": chrome,
	"wpdiscuz-readmore": chrome, "wpdiscuz-hellip": chrome, "wpdiscuz-comment-message": chrome, "comment-subscribe": chrome,
	"sharedaddy": chrome, "jp-relatedposts": chrome, "ulike": chrome, "badge": chrome,

	"description": text, "entry-content": text, "text": text, "content": text, "message": text, "entry": text, "body": text,
	"e-content": text, "user-text": text, "post-content": text, "the-content": text, "review-text": text, "text-holder": text,
}

// properties gives the roles of schema.org's microdata (itemprop).
var properties = map[string]role{
	"text": body, "commentText": body, "reviewBody": body,
	"author": author, "creator": author,
	"datePublished": date, "dateCreated": date, "commentTime": date,
}

// bodyEnds are the ends of classes that hold "comment" and mean the text.
var bodyEnds = []string{"content", "text", "entry", "message", "copy", "body", "txt", "description", "excerpt", "desc"}

// notBody are parts of classes that mean something beside the text, whatever
// their end is ("comment-author-text").
var notBody = byFirst("meta", "author", "date", "header", "footer", "reply", "actions", "avatar", "number", "count", "form", "like", "vote",
	"rating", "report", "share", "permalink", "link", "edit", "children", "awaiting", "respond", "notes", "policy", "toggle")

// dateParts are whole parts of classes, between hyphens, that mean a date.
var dateParts = map[string]bool{"date": true, "datetime": true, "time": true, "timestamp": true, "published": true, "ago": true,
	"commentdate": true, "commenttime": true, "postdate": true, "dateline": true, "pubdate": true}

// chromeParts mean buttons and counters wherever they stand in a class.
var chromeParts = byFirst("reply", "avatar", "gravatar", "share", "sharing", "social", "vote", "voting", "rating", "karma", "thumbs", "report-",
	"flag-", "edit-link", "comment-edit", "permalink", "moderation", "like-dislike", "comment-like", "ulike", "cluv", "sce-edit", "quote-link", "badge", "isauthor", "is-author", "author-label", "useragent", "user-agent", "readmore", "crowd-control", "comment-respond")

// rolesOf are the roles of a node, worked out once.
func (p *page) rolesOf(n dom.Node) role {
	if p.roleAt[n] == 0 {
		p.roleAt[n] = p.roles(p.t.Get(n, "class")) | asked
	}
	return p.roleAt[n] &^ asked
}

// roles are the roles of an element with this class attribute.
func (p *page) roles(class string) role {
	if class == "" {
		return 0
	}
	r, ok := p.roleOf[class]
	if !ok {
		for c := range strings.FieldsSeq(class) {
			r |= classRole(c)
		}
		p.roleOf[class] = r
	}
	return r
}

func classRole(class string) role {
	if len(class) > 60 {
		return 0
	}
	c := strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(class), "_", "-"), "--", "-")
	if r, ok := exact[c]; ok {
		if class == "comment_author" { // beside "comment-author" for the avatar's box
			return name
		}
		return r
	}
	var r role
	if strings.Contains(c, "awaiting") || strings.Contains(c, "unapproved") {
		return waiting | chrome
	}
	if i := strings.Index(c, "comment"); i >= 0 && !notBody.in(c) {
		for _, end := range bodyEnds {
			if strings.HasSuffix(c[i:], end) {
				return body
			}
		}
	}
	for part := range strings.SplitSeq(c, "-") {
		if dateParts[part] {
			r |= date | chrome
		}
	}
	if chromeParts.in(c) {
		r |= chrome
	}
	if r == 0 && strings.Contains(c, "author") && !strings.HasPrefix(c, "comment-author-") {
		r |= author
	}
	return r
}

// parts are strings by their first byte, to be looked for in a class all at once.
type parts [256][]string

func byFirst(list ...string) *parts {
	var p parts
	for _, s := range list {
		p[s[0]] = append(p[s[0]], s)
	}
	return &p
}

// in tells whether any of the parts stands in s.
func (p *parts) in(s string) bool {
	for i := range len(s) {
		for _, part := range p[s[i]] {
			if strings.HasPrefix(s[i:], part) {
				return true
			}
		}
	}
	return false
}
