// Package absent tells why a saved page holds no comments: a script would have
// loaded them from a service, they are closed, or there is no trace of any.
package absent

import (
	"strings"

	"golang.org/x/net/html"

	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/locale"
)

// Why is the reason, as a sentence without a full stop. It looks for the places
// into which the scripts of comment services put what they load: their IDs,
// classes, elements and the addresses of their scripts and frames are those of
// the services' installation guides. Linear in the size of the page.
func Why(t *dom.Tree) string {
	if s := Service(t); s != "" {
		return "the comments of this page are loaded from " + s + " by a script; a saved page does not hold them"
	}
	if closed(t) {
		return "the page says that comments are closed, and shows none"
	}
	return "no comments were found on this page"
}

// Service is the comment service that the page would load its comments from, ""
// where there is no trace of one.
func Service(t *dom.Tree) string {
	for n := range t.Below(dom.Root, nil) {
		if t.IsText(n) {
			continue
		}
		if s := tags[t.Tag(n)]; s != "" {
			return s
		}
		if id := t.Get(n, "id"); id != "" {
			if s := ids[strings.ToLower(id)]; s != "" {
				return s
			}
		}
		for c := range t.Classes(n) {
			if s := classes[c]; s != "" {
				return s
			}
		}
		if t.Get(n, "is") == "isso" {
			return "Isso"
		}
		switch t.Tag(n) {
		case "script", "iframe":
			src := strings.ToLower(t.Get(n, "src"))
			if len(src) > 500 {
				continue
			}
			for _, s := range scripts {
				if strings.Contains(src, s.part) {
					return s.service
				}
			}
		}
	}
	return ""
}

// closed tells that a short text of the page says so.
func closed(t *dom.Tree) bool {
	for n := range t.Below(dom.Root, t.Hidden) {
		if s := strings.TrimSpace(html.UnescapeString(t.Raw(n))); len(s) >= 8 && len(s) <= 160 && locale.IsClosed(s) {
			return true
		}
	}
	return false
}

var ids = map[string]string{
	"disqus_thread": "Disqus", "jetpack_remote_comment": "Jetpack", "hyvor-talk-view": "Hyvor Talk", "isso-thread": "Isso", "commento": "Commento", "comentario": "Comentario",
	"remark42": "Remark42", "cusdis_thread": "Cusdis", "coral_talk_stream": "Coral", "coral_thread": "Coral", "coral-stream": "Coral", "coral-container": "Coral", "coraltalkstreamembed": "Coral",
	"livefyre-comments": "Livefyre", "livefyre": "Livefyre", "idc-container": "IntenseDebate", "idcommentshead": "IntenseDebate", "hypercomments_widget": "HyperComments",
	"graphcomment": "GraphComment", "vuukle-comments": "Vuukle", "fastcomments-widget": "FastComments", "vk_comments": "VK", "mc-container": "Cackle", "waline": "Waline", "vcomments": "Valine",
	"tcomment": "Twikoo", "gitalk-container": "Gitalk (GitHub)", "discourse-comments": "Discourse", "insticator-commenting": "Insticator", "utterances": "utterances (GitHub)", "giscus_thread": "giscus (GitHub)",
	"nodebb-comments": "NodeBB", "spotim-specific": "OpenWeb (Spot.IM)", "viafoura-comments": "Viafoura", "echo-comments": "Echo",
}

var classes = map[string]string{
	"fb-comments": "Facebook", "hyvor-talk": "Hyvor Talk", "utterances": "utterances (GitHub)", "giscus": "giscus (GitHub)", "isso-thread": "Isso", "livefyre-comments": "Livefyre",
	"vuukle-comments": "Vuukle", "viafoura": "Viafoura", "muut": "Muut", "talkyard-comments": "Talkyard", "coral-stream": "Coral", "coral-talk-stream": "Coral", "gig-comments-container": "Gigya",
	"spot-im-comments": "OpenWeb (Spot.IM)", "openweb-comments": "OpenWeb (Spot.IM)", "disqus-comments": "Disqus", "graphcomment": "GraphComment", "hypercomments_widget": "HyperComments",
}

var tags = map[string]string{
	"fb:comments": "Facebook", "hyvor-talk-comments": "Hyvor Talk", "vf-conversations": "Viafoura", "vf-comments": "Viafoura", "giscus-widget": "giscus (GitHub)",
	"comentario-comments": "Comentario", "coral-comments": "Coral",
}

// scripts are parts of the addresses of scripts and frames.
var scripts = []struct{ part, service string }{
	{"disqus.com/embed", "Disqus"}, {"facebook.com/plugins/comments", "Facebook"}, {"talk.hyvor.com", "Hyvor Talk"}, {"utteranc.es", "utterances (GitHub)"}, {"giscus.app", "giscus (GitHub)"},
	{"commento.io/", "Commento"}, {"spot.im/", "OpenWeb (Spot.IM)"}, {"openweb.com/", "OpenWeb (Spot.IM)"}, {"cdn.livefyre.com", "Livefyre"}, {"livefyre.com/", "Livefyre"}, {"intensedebate.com/", "IntenseDebate"},
	{"hypercomments.com", "HyperComments"}, {"graphcomment.com", "GraphComment"}, {"vuukle.com", "Vuukle"}, {"viafoura.net", "Viafoura"}, {"viafoura.co/", "Viafoura"}, {"cdn.muut.com", "Muut"}, {"talkyard.net", "Talkyard"}, {"fastcomments.com", "FastComments"},
	{"cackle.me", "Cackle"}, {"coral.coralproject.net", "Coral"}, {"/coral-embed", "Coral"}, {"insticator.com", "Insticator"}, {"cusdis.com", "Cusdis"}, {"comments.app/", "Comments.App (Telegram)"},
}
