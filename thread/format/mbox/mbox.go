// Package mbox reads mailboxes: the archives of mailing lists, of Usenet, and of
// one's own mail.
package mbox

import (
	"iter"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/mail"
)

// Format reads the mailboxes called mbox: those that mark lines of text which
// begin with "From " by a ">" (mboxo, mboxrd) and those that count the bytes of
// each message (mboxcl, mboxcl2), the archives that Mailman offers as text, and
// those that Google Groups and the Internet Archive made of Usenet.
//
// Each conversation is a thread, its title the subject. Its messages are ordered
// by date. Package mail says how conversations are found, what becomes of
// addresses, and what is left out of texts. The texts of all messages are held
// in memory once, attachments never: an answer may stand before what it answers.
var Format = &format.Format{
	Name:   "mbox",
	Doc:    "mailboxes (mbox): mail, mailing lists, Usenet; each conversation is a thread",
	URL:    "https://www.rfc-editor.org/rfc/rfc4155",
	Sniff:  sniff,
	Decode: decode,
}

func sniff(h format.Head) (format.Confidence, string) {
	switch s := mail.Look(h.Bytes); {
	case s.Envelope && s.Count() > 0:
		return format.Certain, `a "From " line above the header of a message`
	case s.Envelope:
		return format.Likely, `a "From " line above header fields`
	}
	return format.No, `no "From " line of a mailbox at the start`
}

func decode(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return mail.Decode(src, out, func(b *mail.Box) error { return b.ReadMailbox(src.Name, src.Reader) })
}
