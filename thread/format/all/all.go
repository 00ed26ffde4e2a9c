// Package all lists every input format.
package all

import (
	"threadheat/thread/format"
	"threadheat/thread/format/convokit"
	"threadheat/thread/format/csv"
	"threadheat/thread/format/disqus"
	"threadheat/thread/format/fourcat"
	"threadheat/thread/format/hnalgolia"
	"threadheat/thread/format/hnfirebase"
	"threadheat/thread/format/jsonl"
	"threadheat/thread/format/ndjson"
	"threadheat/thread/format/redditdump"
	"threadheat/thread/format/redditlisting"
	"threadheat/thread/format/stackexchange"
	"threadheat/thread/format/text"
	"threadheat/thread/format/wordpress"
	"threadheat/thread/format/wprest"
	"threadheat/thread/format/wxr"
)

// Formats are all input formats, the more particular before the more general:
// of equally sure ones detection takes the earliest.
var Formats = []*format.Format{
	ndjson.Format,
	wxr.Format,
	disqus.Format,
	stackexchange.Format,
	wprest.Format,
	fourcat.Format,
	convokit.Format,
	redditdump.Format,
	redditlisting.Format,
	hnalgolia.Format,
	hnfirebase.Format,
	wordpress.Format,
	csv.Format,
	jsonl.Format,
	text.Format,
}
