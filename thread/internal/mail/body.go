package mail

import (
	"bytes"
	"strings"

	"threadheat/thread/internal/dom"
)

// line is a line of a text.
type line struct {
	text   string // without the marks of quotation
	depth  int    // how many times it is quoted
	ofHead bool   // of lines that a program wrote, with addresses
}

// signatures are what programs mark as a signature in HTML.
var signatures = dom.Select(".gmail_signature, .moz-signature, .protonmail_signature_block")

// text is a part as plain text. Quoted lines begin with "> " for each level;
// the signature below "-- ", the footer of the list and the addresses in lines
// that programs wrote are left out.
func (p *parser) text(t part) (text, guessed string) {
	b := p.body[t.lo:t.hi]
	switch {
	case t.base64:
		p.decoded = decodeBase64(p.decoded[:0], b)
		b = p.decoded
	case t.quoted:
		p.decoded = decodeQuoted(p.decoded[:0], b)
		b = p.decoded
	}
	if t.html && t.charset == "" {
		t.charset = dom.Charset(b)
	}
	text, guessed = toUTF8(b, t.charset)
	if t.html {
		tree := dom.Parse(text)
		text = tree.Text(dom.Root, func(n dom.Node) bool { return tree.Match(n, signatures) })
	}
	p.split(text, t.flowed, t.delsp)
	p.cutFooter()
	p.cutSignature()
	p.markHeads()
	return p.join(), guessed
}

// split puts the lines of a text into p.scratch. Of a flowed one (RFC 3676) it
// joins those that a program has broken.
func (p *parser) split(text string, flowed, delsp bool) {
	p.scratch = p.scratch[:0]
	soft, joined := false, false // the line before goes on; it is joined of several
	end := func() {
		if joined {
			p.scratch[len(p.scratch)-1].text = string(p.paragraph)
		}
		joined = false
	}
	for len(text) > 0 {
		s, rest, _ := strings.Cut(text, "\n")
		text = rest
		s = strings.TrimRight(s, "\r")
		var l line
		if flowed {
			l.text = strings.TrimLeft(s, ">")
			l.depth = len(s) - len(l.text)
			l.text = strings.TrimPrefix(l.text, " ") // "space-stuffed"
		} else {
			l.text, l.depth = quotation(s)
		}
		goesOn := flowed && strings.HasSuffix(l.text, " ") && l.text != "-- "
		if goesOn && delsp {
			l.text = l.text[:len(l.text)-1]
		}
		last := len(p.scratch) - 1
		switch {
		case soft && l.text != "-- " && p.scratch[last].depth == l.depth:
			if !joined {
				p.paragraph = append(p.paragraph[:0], p.scratch[last].text...)
			}
			p.paragraph, joined = append(p.paragraph, l.text...), true
		case l == (line{}) && last >= 0 && p.scratch[last] == (line{}): // one blank line is enough
		default:
			end()
			p.scratch = append(p.scratch, l)
		}
		soft = goesOn
	}
	end()
}

// quotation takes the marks of quotation off a line: "> > x", ">> x", ">x".
// White space before the first mark counts as part of it only where text
// browsers put it, a single space.
func quotation(s string) (text string, depth int) {
	at := 0
	for i := 0; i < len(s); i++ {
		if s[i] == '>' {
			depth++
			at = i + 1
		} else if s[i] != ' ' || i > at {
			break
		}
	}
	if depth == 0 {
		return s, 0
	}
	return strings.TrimPrefix(s[at:], " "), depth
}

// maxSignature is the number of lines of the longest signature; four is polite.
const maxSignature = 40

// cutSignature cuts what stands below the last line "-- ", up to a quotation:
// people who answer above it sign there.
func (p *parser) cutSignature() {
	for i := len(p.scratch) - 1; i >= 0; i-- {
		l := p.scratch[i]
		if l.depth > 0 || l.text != "-- " && (l.text != "--" || len(p.scratch)-i > 12) {
			continue
		}
		end := i + 1
		for end < len(p.scratch) && p.scratch[end].depth == 0 {
			end++
		}
		if end < len(p.scratch) { // what introduces the quotation stays
			back := end - 1
			for back > i && strings.TrimSpace(p.scratch[back].text) == "" {
				back--
			}
			for back > i && strings.TrimSpace(p.scratch[back].text) != "" {
				end = back
				back--
			}
		}
		if end-i > maxSignature || end-i == 1 && i+1 < len(p.scratch) && l.text == "--" {
			return // a line between two parts of a text
		}
		p.scratch[i] = line{}
		p.scratch = append(p.scratch[:i+1], p.scratch[end:]...)
		return
	}
}

// cutFooter cuts what a list adds below each message: a rule of underscores,
// its name and its address; or the advertisement of Yahoo! Groups.
func (p *parser) cutFooter() {
	for i := len(p.scratch) - 1; i >= 0 && len(p.scratch)-i <= maxFooter; i-- {
		l := p.scratch[i]
		if l.depth > 0 {
			continue
		}
		if strings.HasPrefix(l.text, "-----") && strings.Contains(l.text, "Yahoo! Groups") {
			p.scratch = p.scratch[:i]
			return
		}
		if rule := strings.TrimRight(l.text, " "); len(rule) < 40 || strings.Trim(rule, "_") != "" {
			continue
		}
		for _, below := range p.scratch[i+1:] {
			if strings.Contains(below.text, "mailing list") || strings.Contains(below.text, "/listinfo") {
				p.scratch = p.scratch[:i]
				return
			}
		}
	}
}

// maxFooter is the number of lines of the longest footer.
const maxFooter = 16

// heads are the names of fields as programs copy them above what they quote or
// pass on, in the languages of those programs.
var heads = wordSet("from to cc bcc reply-to sender sent-by return-path de à a von an kopie para da van aan från till fra til od do от кому копия 发件人 收件人 抄送 差出人 宛先")

// isHead tells that a line is such a field.
func isHead(text string) bool {
	text = strings.TrimLeft(text, " \t*_|")
	text = text[:min(len(text), 40)]
	end := strings.IndexByte(text, ':')
	if wide := strings.Index(text, "："); wide >= 0 && (end < 0 || wide < end) {
		end = wide
	}
	return end > 0 && heads[strings.ToLower(strings.TrimRight(text[:end], " \t\u00a0*_"))]
}

// markHeads finds the lines that programs wrote: what introduces a quotation
// ("On Monday Ann <…> wrote:"), also where it is broken in up to three lines,
// and copied header fields.
func (p *parser) markHeads() {
	s := p.scratch
	next := -1 // the line below i that is not blank
	for i := len(s) - 1; i >= 0; i-- {
		text := strings.TrimSpace(s[i].text)
		if text == "" {
			continue
		}
		address := strings.IndexByte(text, '@') >= 0
		colon := strings.HasSuffix(text, ":") || strings.HasSuffix(text, "：")
		quotes := next >= 0 && s[next].depth > s[i].depth && (colon || strings.HasSuffix(text, "...") || strings.HasSuffix(text, "…"))
		if quotes || colon && address {
			for k := i; k >= max(0, i-2) && s[k].depth == s[i].depth && strings.TrimSpace(s[k].text) != ""; k-- {
				s[k].ofHead = true
			}
		} else if (address || strings.Contains(text, " at ")) && isHead(text) {
			s[i].ofHead = true
		}
		next = i
	}
}

// join is p.scratch as a text: no blank lines at its ends, no more than one
// between others, no white space at the ends of lines.
func (p *parser) join() string {
	out := p.out[:0]
	blank := 0
	for _, l := range p.scratch {
		text := l.text
		if l.ofHead {
			text = strings.TrimSpace(dropAddresses(text))
		}
		text = strings.TrimRight(text, " \t\r")
		if text == "" && l.depth == 0 {
			blank++
			continue
		}
		if len(out) > 0 {
			out = append(out, '\n')
			if blank > 0 {
				out = append(out, '\n')
			}
		}
		blank = 0
		for range min(l.depth, maxQuoted) {
			out = append(out, "> "...)
		}
		if text == "" {
			out = out[:len(out)-1]
		}
		out = append(out, text...)
	}
	p.out = out
	return string(bytes.TrimRight(out, "\n"))
}

// maxQuoted is the deepest quotation that is drawn as such.
const maxQuoted = 50
