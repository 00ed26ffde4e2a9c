package mail

import (
	"bytes"
	"strings"
)

// Signs are what the start of a file shows of being mail.
type Signs struct {
	Envelope bool // it begins with the "From " line of a mailbox
	Author   bool // the first header has From
	Date     bool
	ID       bool // Message-ID
	Subject  bool
	News     bool // Newsgroups or Path: a news article
	Page     bool // it is a web page saved as MHTML, which borrows the form of mail
	Fields   int  // header fields before the first line that is none
}

// Count is how many of the four fields that make a message are there.
func (s Signs) Count() int {
	n := 0
	for _, have := range []bool{s.Author, s.Date, s.ID, s.Subject} {
		if have {
			n++
		}
	}
	return n
}

// Look looks at the start of a file.
func Look(head []byte) Signs {
	s, related := look(head)
	s.Page = s.Page || related && !s.ID && !s.Author
	return s
}

// look does; related tells that the message is one of parts which refer to each
// other.
func look(head []byte) (s Signs, related bool) {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\uFEFF")), "\r\n")
	if line, next, _ := bytes.Cut(head, []byte("\n")); bytes.HasPrefix(line, []byte("From ")) && fieldName(line) == 0 {
		s.Envelope = envelope(line, next, true)
		if !s.Envelope {
			return s, related
		}
		head = next
	}
	for len(head) > 0 {
		line, next, _ := bytes.Cut(head, []byte("\n"))
		head = next
		line = bytes.TrimRight(line, "\r")
		if len(line) == 0 {
			return s, related
		}
		if line[0] == ' ' || line[0] == '\t' {
			if s.Fields == 0 {
				return s, related
			}
			continue
		}
		n := fieldName(line)
		if n == 0 {
			if bytes.HasPrefix(line, []byte(">From ")) {
				continue
			}
			return s, related
		}
		s.Fields++
		switch value := string(line[n:]); strings.ToLower(string(line[:n])) {
		case "from":
			s.Author = true
			s.Page = s.Page || strings.Contains(value, "Saved by ")
		case "date":
			s.Date = true
		case "message-id", "article-i.d.":
			s.ID = true
		case "subject":
			s.Subject = true
		case "newsgroups", "path":
			s.News = true
		case "content-type":
			related = strings.Contains(strings.ToLower(value), "multipart/related")
		case "snapshot-content-location":
			s.Page = true
		}
	}
	return s, related
}
