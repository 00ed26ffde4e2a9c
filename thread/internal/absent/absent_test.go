package absent

import (
	"testing"

	"threadheat/thread/internal/dom"
)

func TestService(t *testing.T) {
	for page, want := range map[string]string{
		`<div id="disqus_thread"></div>`:                                               "Disqus",
		`<script src="//valley.disqus.com/embed.js"></script>`:                         "Disqus",
		`<div class="fb-comments" data-href="x"></div>`:                                "Facebook",
		`<fb:comments href="x"></fb:comments>`:                                         "Facebook",
		`<iframe src="https://www.facebook.com/plugins/comments.php?href=x"></iframe>`: "Facebook",
		`<div id="coral_talk_stream"></div>`:                                           "Coral",
		`<div id="coral_thread"></div>`:                                                "Coral",
		`<hyvor-talk-comments website-id="1"></hyvor-talk-comments>`:                   "Hyvor Talk",
		`<script src="https://giscus.app/client.js" async></script>`:                   "giscus (GitHub)",
		`<script src="https://utteranc.es/client.js" repo="a/b"></script>`:             "utterances (GitHub)",
		`<div id="idc-container"></div>`:                                               "IntenseDebate",
		`<div id="livefyre-comments"></div>`:                                           "Livefyre",
		`<script src="https://launcher.spot.im/spot/sp_1"></script>`:                   "OpenWeb (Spot.IM)",
		`<section is="isso"></section>`:                                                "Isso",
		// words that only sound like it
		`<div class="commento">un commento</div><div id="my-disqus-page"></div>`: "",
		`<p>We left Disqus.</p><a href="https://disqus.com/embed">x</a>`:         "",
		"": "",
	} {
		if got := Service(dom.Parse(page)); got != want {
			t.Errorf("Service(%s) = %q, want %q", page, got, want)
		}
	}
}

func TestWhy(t *testing.T) {
	for page, want := range map[string]string{
		`<div id="disqus_thread"></div><p>Comments are closed.</p>`: "the comments of this page are loaded from Disqus by a script; a saved page does not hold them",
		`<p class="nocomments">Comments are closed.</p>`:            "the page says that comments are closed, and shows none",
		`<p>Les commentaires sont ferm&eacute;s.</p>`:               "the page says that comments are closed, and shows none",
		`<p hidden>Comments are closed.</p>`:                        "no comments were found on this page",
		`<p>The shop is closed.</p>`:                                "no comments were found on this page",
	} {
		if got := Why(dom.Parse(page)); got != want {
			t.Errorf("Why(%s) = %q, want %q", page, got, want)
		}
	}
}
