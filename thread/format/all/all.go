// Package all lists every input format.
package all

import (
	"threadheat/thread/format"
	"threadheat/thread/format/hnalgolia"
	"threadheat/thread/format/hnfirebase"
	"threadheat/thread/format/mediawiki"
	"threadheat/thread/format/ndjson"
	"threadheat/thread/format/redditdump"
	"threadheat/thread/format/redditlisting"
	"threadheat/thread/format/text"
	"threadheat/thread/format/wikitext"
	"threadheat/thread/format/wordpress"
)

// Formats are all input formats, the more particular before the more general:
// of equally sure ones detection takes the earliest.
var Formats = []*format.Format{
	ndjson.Format,
	redditdump.Format,
	redditlisting.Format,
	hnalgolia.Format,
	hnfirebase.Format,
	mediawiki.Format,
	wordpress.Format,
	wikitext.Format,
	text.Format,
}
