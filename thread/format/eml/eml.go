// Package eml reads single messages: saved mail and news articles.
package eml

import (
	"iter"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/mail"
)

// Format reads one message, or one article of Usenet, as the only comment of a
// thread; what it answers is a ghost above it. For the conversations in a folder
// of messages there is the format "maildir". Package mail says what becomes of
// addresses, and what is left out of texts.
var Format = &format.Format{
	Name:   "eml",
	Doc:    "a single mail or news article (RFC 5322, RFC 5536)",
	URL:    "https://www.rfc-editor.org/rfc/rfc5322",
	Sniff:  sniff,
	Decode: decode,
}

func sniff(h format.Head) (format.Confidence, string) {
	switch s := mail.Look(h.Bytes); {
	case s.Envelope:
		return format.No, "a mailbox of several messages"
	case s.Page:
		return format.No, "a web page saved as MHTML"
	case s.Author && s.Date && (s.ID || s.News):
		return format.Certain, "a header with From, Date and Message-ID"
	case s.Count() >= 2:
		return format.Likely, "a header with two of From, Date, Message-ID and Subject"
	}
	return format.No, "no header of a message at the start"
}

func decode(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return mail.Decode(src, out, func(b *mail.Box) error { return b.ReadMessage(src.Name, src.Reader) })
}
