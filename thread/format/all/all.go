// Package all lists every input format.
package all

import (
	"threadheat/thread/format"
	"threadheat/thread/format/bluesky"
	"threadheat/thread/format/commento"
	"threadheat/thread/format/discord"
	"threadheat/thread/format/discourse"
	"threadheat/thread/format/github"
	"threadheat/thread/format/hnalgolia"
	"threadheat/thread/format/hnfirebase"
	"threadheat/thread/format/isso"
	"threadheat/thread/format/lemmy"
	"threadheat/thread/format/lobsters"
	"threadheat/thread/format/mastodon"
	"threadheat/thread/format/mediawiki"
	"threadheat/thread/format/ndjson"
	"threadheat/thread/format/redditdump"
	"threadheat/thread/format/redditlisting"
	"threadheat/thread/format/remark42"
	"threadheat/thread/format/slack"
	"threadheat/thread/format/telegram"
	"threadheat/thread/format/text"
	"threadheat/thread/format/wordpress"
	"threadheat/thread/format/youtube"
	"threadheat/thread/format/ytdlp"
)

// Formats are all input formats, the more particular before the more general:
// of equally sure ones detection takes the earliest.
var Formats = []*format.Format{
	ndjson.Format,
	discourse.Format,
	lobsters.Format,
	lemmy.Format,
	mastodon.Format,
	bluesky.Format,
	github.Format,
	youtube.Format,
	ytdlp.Format,
	remark42.Format,
	commento.Format,
	isso.Format,
	telegram.Format,
	discord.Format,
	slack.Format,
	redditdump.Format,
	redditlisting.Format,
	hnalgolia.Format,
	hnfirebase.Format,
	mediawiki.Format,
	wordpress.Format,
	text.Format,
}
