package mail

import (
	"bytes"
	"strings"
)

// Bounds on what is kept of one message. A digest of a busy list has a megabyte;
// what is longer is a log or a video in letters.
const (
	maxText    = 4 << 20 // bytes of its texts, before decoding
	maxField   = 256 << 10
	maxNesting = 16 // multiparts inside each other
	maxParts   = 1000
)

// message is what a parser reads of a message.
type message struct {
	id         string // Message-ID, "" where it has none
	references []string
	inReplyTo  []string
	author     person
	others     []person // who else may have written it: Reply-To, X-Original-From
	subject    string
	date       string
	system     bool // a control message or a report of a mail server, not a person
	text       string
	junk       bool   // its header has lines that are no fields
	left       int    // parts that are not text and were left out
	cut        bool   // text beyond maxText was left out
	guessed    string // the character set that was guessed
}

// part is a text of a message.
type part struct {
	lo, hi      int // in parser.body
	html        bool
	base64      bool
	quoted      bool // as quoted-printable
	flowed      bool
	delsp       bool
	charset     string
	alternative int // number of the multipart/alternative around it, 0 where none
	preamble    bool
	said        bool // it is not blank
}

// multipart is an open multipart entity.
type multipart struct {
	boundary    []byte
	alternative int // as of part
	digest      bool
}

// parser reads one message after the other, line by line. What it holds of one
// is bounded by maxText and the header fields it reads.
type parser struct {
	inHeader bool
	top      bool // the header is that of the message, not of a part
	keep     bool // the lines of the body belong to the last of parts
	junk     bool // the header of the message has lines that are no fields
	report   bool // the message is the report of a mail server

	charset string // of the message as a whole, "" where it names none

	cur     field
	value   []byte                    // of cur so far
	own     [contentLength + 1][]byte // fields of the message by field
	content struct{ kind, encoding, disposition []byte }

	open         []multipart
	alternatives int
	parts        []part
	body         []byte
	spoken       bool // a part other than the preamble is not blank
	left         int
	cut          bool
	uu           bool   // inside a file encoded by uuencode
	begin        []byte // its first line, until the second shows that it is one
	scratch      []line
	paragraph    []byte
	out          []byte
	decoded      []byte
}

// start begins a message.
func (p *parser) start() {
	p.top, p.keep, p.junk, p.report, p.spoken, p.charset = true, false, false, false, false, ""
	for i := range p.own {
		p.own[i] = p.own[i][:0]
	}
	p.open, p.parts, p.body = p.open[:0], p.parts[:0], p.body[:0]
	p.alternatives, p.left, p.cut, p.uu, p.begin = 0, 0, false, false, p.begin[:0]
	p.startHeader()
}

func (p *parser) startHeader() {
	p.inHeader, p.cur = true, other
	p.content.kind, p.content.encoding, p.content.disposition = p.content.kind[:0], p.content.encoding[:0], p.content.disposition[:0]
}

// line takes a line of the message with its end; whole tells that it starts
// where a line starts, and is not the rest of one that is too long to hold.
func (p *parser) line(b []byte, whole bool) {
	if p.inHeader {
		p.headerLine(b, whole)
		return
	}
	if whole && len(p.open) > 0 && len(b) > 2 && b[0] == '-' && b[1] == '-' && p.boundary(b) {
		return
	}
	if !p.keep {
		return
	}
	if whole && p.uuencoded(b) {
		return
	}
	p.keepLine(b)
}

// keepLine adds a line to the text being read.
func (p *parser) keepLine(b []byte) {
	if len(p.body)+len(b) > maxText {
		p.cut = true
		return
	}
	p.body = append(p.body, b...)
	t := &p.parts[len(p.parts)-1]
	t.hi = len(p.body)
	if !t.said && len(bytes.TrimSpace(b)) > 0 {
		t.said = true
		p.spoken = p.spoken || !t.preamble
	}
}

func (p *parser) headerLine(b []byte, whole bool) {
	end := bytes.TrimRight(b, "\r\n")
	switch {
	case !whole:
		p.extend(end)
	case len(end) == 0:
		p.endField()
		if p.top {
			p.parts, p.body, p.cut = p.parts[:0], p.body[:0], false // strays
		}
		p.endHeader()
	case end[0] == ' ' || end[0] == '\t':
		p.extend(end)
	case len(p.open) > 0 && bytes.HasPrefix(end, []byte("--")) && p.boundary(b):
		// a part without a body
	default:
		p.endField()
		f, value := fieldOf(end)
		if value == 0 && !bytes.HasPrefix(end, []byte(">From ")) {
			p.stray(b)
		}
		if p.cur = f; f != other {
			p.value = append(p.value[:0], bytes.TrimLeft(end[value:], " \t")...)
		}
	}
}

// stray takes a line of a header that is none. Mostly it is the rest of a folded
// one, and the header goes on below it. It is text only if no body follows.
func (p *parser) stray(b []byte) {
	if !p.top {
		return
	}
	if !p.junk {
		p.startPart(part{preamble: true})
		p.junk, p.keep = true, false
	}
	p.keepLine(b)
}

// extend adds a continuation line to the field being read.
func (p *parser) extend(b []byte) {
	if p.cur != other && len(p.value)+len(b) <= maxField {
		p.value = append(append(p.value, ' '), bytes.TrimLeft(b, " \t")...)
	}
}

// endField keeps the field that was read, the first where it stands twice.
func (p *parser) endField() {
	to := &p.own[p.cur]
	switch p.cur {
	case other:
		return
	case contentType:
		to = &p.content.kind
	case transferEncoding:
		to = &p.content.encoding
	case disposition:
		to = &p.content.disposition
	default:
		if !p.top {
			to = nil
		}
	}
	if to != nil && len(*to) == 0 {
		*to = append(*to, p.value...)
	}
	p.cur = other
}

// length is what Content-Length says in the header read last, -1 where nothing.
func (p *parser) length() int64 {
	s := strings.TrimSpace(string(p.own[contentLength]))
	if !isDigits(s) || len(s) > 12 {
		return -1
	}
	var n int64
	for _, c := range []byte(s) {
		n = 10*n + int64(c-'0')
	}
	return n
}

// endHeader looks at what kind of body follows the header of a message or part.
func (p *parser) endHeader() {
	p.inHeader, p.keep, p.uu, p.begin = false, false, false, p.begin[:0]
	kind, params := "", map[string]string(nil)
	if len(p.content.kind) > 0 {
		kind, params = parameters(p.content.kind)
	}
	if p.top {
		// What the fields of a header say without a charset, they mostly say in
		// that of the body.
		p.top, p.charset, p.report = false, params["charset"], kind == "multipart/report"
	}
	around := multipart{}
	if len(p.open) > 0 {
		around = p.open[len(p.open)-1]
	}
	if kind == "" && around.digest {
		kind = "message/rfc822"
	}
	if strings.HasPrefix(kind, "multipart/") && params["boundary"] != "" {
		if len(p.open) >= maxNesting {
			p.left++
			return
		}
		m := multipart{boundary: []byte(params["boundary"]), alternative: around.alternative, digest: kind == "multipart/digest"}
		if kind == "multipart/alternative" && m.alternative == 0 {
			p.alternatives++
			m.alternative = p.alternatives
		}
		p.open = append(p.open, m)
		if len(p.open) == 1 { // if no part follows, its text is here
			p.startPart(part{preamble: true})
		}
		return
	}
	encoding := strings.ToLower(strings.TrimSpace(string(p.content.encoding)))
	// A named text is a patch or a log. The first of a message is what it says,
	// whatever it is called.
	attached, named := false, params["name"] != ""
	if len(p.content.disposition) > 0 {
		how, more := parameters(p.content.disposition)
		attached, named = how == "attachment", named || more["filename"] != ""
	}
	text := part{
		charset: params["charset"], alternative: around.alternative,
		base64: encoding == "base64", quoted: encoding == "quoted-printable",
		flowed: strings.EqualFold(params["format"], "flowed"), delsp: strings.EqualFold(params["delsp"], "yes"),
	}
	switch {
	case kind == "text/html", kind == "application/xhtml+xml":
		text.html = true
	case plain[kind], strings.HasPrefix(kind, "multipart/"): // one without a boundary
	default:
		if kind != "application/pgp-signature" && kind != "application/pkcs7-signature" && kind != "application/x-pkcs7-signature" {
			p.left++
		}
		return
	}
	if attached && len(p.open) > 0 || named && p.spoken {
		p.left++
		return
	}
	p.startPart(text)
}

// plain are the types of which the text is read as it stands.
var plain = map[string]bool{
	"": true, "text/plain": true, "text": true, "plain/text": true, "text/enriched": true, "text/richtext": true,
	"x-sun-attachment": true, "application/pgp": true,
}

// startPart makes the lines that follow belong to a new part, unless there are
// too many, or it repeats in HTML what a plain text has said.
func (p *parser) startPart(t part) {
	if len(p.parts) >= maxParts {
		p.cut = true
		return
	}
	if t.html && t.alternative > 0 {
		for _, have := range p.parts {
			if have.alternative == t.alternative && !have.html && have.said {
				return
			}
		}
	}
	t.lo, t.hi = len(p.body), len(p.body)
	p.parts, p.keep = append(p.parts, t), true
}

// boundary tells whether a line is one of the open multiparts', and goes on to
// the next part if so.
func (p *parser) boundary(b []byte) bool {
	b = bytes.TrimRight(b[2:], " \t\r\n")
	for i := len(p.open) - 1; i >= 0; i-- {
		rest, ok := bytes.CutPrefix(b, p.open[i].boundary)
		if !ok || len(rest) > 0 && string(rest) != "--" {
			continue
		}
		if p.inHeader {
			p.endField()
		}
		p.flush()
		p.open = p.open[:i+1]
		p.keep = false
		if len(rest) > 0 { // the end; what follows is read up to the next of those around it
			p.inHeader = false
			if i > 0 {
				p.open = p.open[:i]
			}
			return true
		}
		p.startHeader()
		return true
	}
	return false
}

// uuencoded tells whether a line of text belongs to a file that was encoded by
// uuencode, as news had it before MIME: "begin 644 name", lines that each begin
// with their length, "end".
func (p *parser) uuencoded(b []byte) bool {
	if t := p.parts[len(p.parts)-1]; t.base64 || t.html {
		return false
	}
	end := bytes.TrimRight(b, "\r\n")
	if !p.uu {
		if !bytes.HasPrefix(end, []byte("begin ")) || len(end) < 11 || !isDigits(string(end[6:9])) || end[9] != ' ' && end[10] != ' ' {
			return false
		}
		p.uu, p.begin = true, append(p.begin[:0], b...)
		return true
	}
	first := len(p.begin) > 0
	// n bytes take 4 letters for each 3; blanks at the end may be lost.
	data := false
	if len(end) > 0 && end[0] > ' ' && end[0] <= 'M' {
		want := 1 + (int(end[0]-' ')+2)/3*4
		data = len(end) <= want+2 && len(end) > want-8
	}
	switch {
	case data:
		if first {
			p.begin = p.begin[:0]
			p.left++
		}
		return true
	case first: // it was a sentence
		p.flush()
	case string(end) == "end":
		p.uu = false
		return true
	case len(end) == 0 || end[0] == '`' || end[0] == ' ':
		return true
	}
	p.uu = false
	return false
}

// flush makes a line that might have begun a file part of the text after all.
func (p *parser) flush() {
	if len(p.begin) > 0 {
		p.keepLine(p.begin)
		p.begin = p.begin[:0]
	}
}

// end is the message that was read.
func (p *parser) end() message {
	if p.inHeader { // it ends there
		p.endField()
		p.endHeader()
	}
	p.flush()
	set := p.charset
	m := message{
		references: ids(p.own[references]),
		inReplyTo:  ids(p.own[inReplyTo]),
		author:     mailbox(p.own[from], set),
		subject:    words(p.own[subject], set),
		date:       string(p.own[dateField]),
		system:     p.report || len(p.own[control]) > 0,
		junk:       p.junk,
		left:       p.left,
		cut:        p.cut,
	}
	for _, f := range []field{originalFrom, replyTo} {
		if len(p.own[f]) > 0 {
			m.others = append(m.others, mailbox(p.own[f], set))
		}
	}
	if id := ids(p.own[messageID]); len(id) > 0 {
		m.id = id[0]
	} else if m.id = strings.Trim(strings.TrimSpace(string(p.own[messageID])), "<>"); m.id == "" {
		m.id = strings.TrimSpace(string(p.own[articleID]))
	}
	m.text, m.guessed = p.texts()
	return m
}

// texts are the texts of the message, one below the other.
func (p *parser) texts() (text, guessed string) {
	said := make([]bool, p.alternatives+1) // in plain text, by alternative
	for _, t := range p.parts {
		said[t.alternative] = said[t.alternative] || t.said && !t.html
	}
	var all []string
	for _, t := range p.parts {
		if t.preamble && p.spoken || t.html && t.alternative > 0 && said[t.alternative] {
			continue
		}
		s, guess := p.text(t)
		if s != "" {
			all = append(all, s)
			if guessed == "" {
				guessed = guess
			}
		}
	}
	return strings.Join(all, "\n\n"), guessed
}
