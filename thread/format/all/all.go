// Package all lists every input format.
package all

import (
	"threadheat/thread/format"
	"threadheat/thread/format/blogger"
	"threadheat/thread/format/discoursepage"
	"threadheat/thread/format/drupal"
	"threadheat/thread/format/hackernewspage"
	"threadheat/thread/format/hnalgolia"
	"threadheat/thread/format/hnfirebase"
	"threadheat/thread/format/lobsterspage"
	"threadheat/thread/format/mediawiki"
	"threadheat/thread/format/mf2"
	"threadheat/thread/format/ndjson"
	"threadheat/thread/format/oldreddit"
	"threadheat/thread/format/phpbb"
	"threadheat/thread/format/redditdump"
	"threadheat/thread/format/redditlisting"
	"threadheat/thread/format/schemaorg"
	"threadheat/thread/format/spip"
	"threadheat/thread/format/text"
	"threadheat/thread/format/vbulletin"
	"threadheat/thread/format/wikitext"
	"threadheat/thread/format/wordpress"
	"threadheat/thread/format/xenforo"
)

// Formats are all input formats, the more particular before the more general:
// of equally sure ones detection takes the earliest.
var Formats = []*format.Format{
	ndjson.Format,
	redditdump.Format,
	redditlisting.Format,
	hnalgolia.Format,
	hnfirebase.Format,
	wikitext.Format,
	hackernewspage.Format,
	oldreddit.Format,
	blogger.Format,
	drupal.Format,
	spip.Format,
	lobsterspage.Format,
	discoursepage.Format,
	phpbb.Format,
	vbulletin.Format,
	xenforo.Format,
	mf2.Format,
	schemaorg.Format,
	mediawiki.Format,
	wordpress.Format,
	text.Format,
}
