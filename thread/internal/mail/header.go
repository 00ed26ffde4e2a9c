package mail

import (
	"bytes"
	"encoding/base64"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"

	"threadheat/thread/internal/charset"
)

// field is a header field that is read; the zero field is one that is not.
type field uint8

const (
	other field = iota
	from
	replyTo
	originalFrom
	subject
	dateField
	messageID
	articleID
	inReplyTo
	references
	control
	contentType
	transferEncoding
	disposition
	contentLength
)

var fields = map[string]field{
	"from": from, "reply-to": replyTo, "x-original-from": originalFrom, "subject": subject, "date": dateField,
	"message-id": messageID, "article-i.d.": articleID, "in-reply-to": inReplyTo, "references": references,
	"control": control, "content-type": contentType, "content-transfer-encoding": transferEncoding,
	"content-disposition": disposition, "content-length": contentLength,
}

// maxName bounds the names of fields.
const maxName = 76

// fieldName is how long the name is with which a line of a header starts, 0
// where it starts with none: printing ASCII up to a colon (RFC 5322, 2.2).
func fieldName(line []byte) int {
	for i, c := range line[:min(len(line), maxName+1)] {
		if c == ':' {
			return i
		}
		if c <= ' ' || c >= 0x7F {
			if (c == ' ' || c == '\t') && bytes.HasPrefix(bytes.TrimLeft(line[i:], " \t"), []byte(":")) {
				return i // "Subject : x", as RFC 5322 allows to read
			}
			return 0
		}
	}
	return 0
}

// fieldOf tells which field a line begins, and where its value starts.
func fieldOf(line []byte) (f field, value int) {
	n := fieldName(line)
	if n == 0 {
		return other, 0
	}
	var low [maxName]byte
	for i, c := range line[:n] {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		low[i] = c
	}
	return fields[string(low[:n])], n + bytes.IndexByte(line[n:], ':') + 1
}

// words is the text of a field: encoded words (RFC 2047) decoded, also those
// that break its rules by holding spaces, lacking padding or cutting a
// character in two. Other bytes are read as declared says, where they are not
// UTF-8.
func words(value []byte, declared string) string {
	s := strings.TrimSpace(decodeCharset(value, declared))
	if !strings.Contains(s, "=?") {
		return s
	}
	var out, raw []byte // raw are the bytes of adjacent words of one character set
	name := ""
	flush := func() {
		out = append(out, decodeCharset(raw, name)...)
		raw, name = raw[:0], ""
	}
	at := 0
	for {
		start := strings.Index(s[at:], "=?")
		if start < 0 {
			break
		}
		start += at
		between := s[at:start]
		w, end, ok := encodedWord(s[start:])
		if !ok {
			flush()
			out = append(out, s[at:start+2]...)
			at = start + 2
			continue
		}
		if len(raw) == 0 || strings.TrimLeft(between, " \t") != "" {
			flush()
			out = append(out, between...)
		} // else white space between encoded words is none
		if name != "" && !strings.EqualFold(name, w.charset) {
			flush()
		}
		raw, name = append(raw, w.bytes...), w.charset
		at = start + end
	}
	flush()
	out = append(out, s[at:]...)
	return strings.TrimSpace(string(out))
}

// encoded is an encoded word.
type encoded struct {
	charset string
	bytes   []byte
}

// maxWord is the longest encoded word; 75 are allowed.
const maxWord = 4000

// encodedWord reads the word with which s starts: =?charset?Q?text?=. end is
// how long it is.
func encodedWord(s string) (w encoded, end int, ok bool) {
	name, rest, found := strings.Cut(s[2:], "?")
	if !found || name == "" || len(name) > 60 || len(rest) < 3 || rest[1] != '?' {
		return w, 0, false
	}
	w.charset, _, _ = strings.Cut(name, "*") // a language may follow (RFC 2231)
	text := rest[2:min(len(rest), maxWord)]
	stop := strings.Index(text, "?=")
	if stop < 0 {
		return w, 0, false
	}
	end = len(s) - len(rest) + 2 + stop + 2
	text = text[:stop]
	switch rest[0] {
	case 'B', 'b':
		w.bytes = decodeBase64(nil, []byte(text))
	case 'Q', 'q':
		w.bytes = decodeQuoted(nil, []byte(strings.ReplaceAll(text, "_", " ")))
	default:
		return w, 0, false
	}
	return w, end, true
}

// decodeBase64 appends what b means to to. What is not of the alphabet is
// passed over, and an end without padding or in mid-group gives what it can.
func decodeBase64(to, b []byte) []byte {
	whole := slices.Grow(to, base64.StdEncoding.DecodedLen(len(b)))
	if n, err := base64.StdEncoding.Decode(whole[len(to):cap(whole)], b); err == nil {
		return whole[:len(to)+n]
	}
	var group [4]byte
	n := 0
	flush := func() {
		var out [3]byte
		if k, err := base64.RawStdEncoding.Decode(out[:], group[:n]); err == nil {
			to = append(to, out[:k]...)
		}
		n = 0
	}
	ended := false
	for _, c := range b {
		switch {
		case isAlnum(c), c == '+', c == '/':
			group[n] = c
			if n++; n == 4 {
				flush()
			}
			ended = false
		case c == '=': // pieces that were encoded one by one end in the middle
			if n > 0 {
				flush()
			}
			ended = true
		case ended && c > ' ': // the footer of a list, in plain letters
			return to
		}
	}
	if n > 1 {
		flush()
	}
	return to
}

// decodeQuoted appends what quoted-printable b means to to: soft ends of lines
// and white space before hard ones go; a = that begins no code stays.
func decodeQuoted(to, b []byte) []byte {
	for len(b) > 0 {
		line, rest, hard := bytes.Cut(b, []byte("\n"))
		b = rest
		body := bytes.TrimRight(line, " \t\r")
		if hard || len(rest) > 0 {
			line = body
		}
		soft := bytes.HasSuffix(body, []byte("="))
		if soft {
			line = body[:len(body)-1]
		}
		for i := 0; i < len(line); i++ {
			if line[i] == '=' && i+2 < len(line) && unhex(line[i+1]) < 16 && unhex(line[i+2]) < 16 {
				to = append(to, unhex(line[i+1])<<4|unhex(line[i+2]))
				i += 2
				continue
			}
			to = append(to, line[i])
		}
		if hard && !soft {
			to = append(to, '\n')
		}
	}
	return to
}

func unhex(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10
	}
	return 16
}

// decodeCharset is b as text.
func decodeCharset(b []byte, declared string) string {
	s, _ := toUTF8(b, declared)
	return s
}

// toUTF8 is charset.UTF8 with the encodings that mail has and the web has not.
func toUTF8(b []byte, declared string) (text, guessed string) {
	declared = strings.ToLower(strings.TrimSpace(declared))
	switch declared {
	case "hz-gb-2312", "hz":
		if out, err := simplifiedchinese.HZGB2312.NewDecoder().Bytes(b); err == nil {
			return string(out), ""
		}
	case "cp437", "ibm437":
		return charmapText(b, charmap.CodePage437), ""
	case "cp850", "ibm850":
		return charmapText(b, charmap.CodePage850), ""
	case "cp932":
		declared = "shift_jis"
	case "cp936", "euc-cn":
		declared = "gbk"
	case "iso-2022-kr", "iso-2022-cn", "utf-7", "unicode-1-1-utf-7":
		declared = "" // the web refuses them: better what of them is plain
	case "", "us-ascii", "ascii":
		// Japanese mail of the nineties declares nothing.
		if bytes.Contains(b, []byte("\x1B$B")) || bytes.Contains(b, []byte("\x1B$@")) {
			declared = "iso-2022-jp"
		}
	}
	return charset.UTF8(b, declared)
}

func charmapText(b []byte, c *charmap.Charmap) string {
	if utf8.Valid(b) { // as charset.UTF8 has it
		return string(b)
	}
	out := make([]byte, 0, len(b)+len(b)/4)
	for _, x := range b {
		out = utf8.AppendRune(out, c.DecodeByte(x))
	}
	return string(out)
}

// person is who a From field names.
type person struct {
	name    string // as shown; never an address
	address string // in lower case, "" where the field gives none
}

// mailbox reads the first person of a From field in any of its forms: "Ann Lee
// <ann@host>", "ann@host (Ann Lee)", "ann at host (Ann Lee)" as archives hide
// it, "host!ann (Ann Lee)", "ann@host", "Ann Lee".
func mailbox(value []byte, declared string) person {
	s := strings.TrimSpace(string(value)) // RFC 2047 comes last: decoded words may hold any sign
	var phrase, comment, angle, plain []byte
	inAngle, lastAngle, lastQuote := false, strings.LastIndexByte(s, '>'), strings.LastIndexByte(s, '"')
scan:
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case inAngle && c == '>':
			break scan
		case inAngle:
			angle = append(angle, c)
		case c == '<' && i < lastAngle:
			inAngle = true
		case c == '"' && i < lastQuote:
			start := len(phrase)
			for i++; i < len(s) && s[i] != '"'; i++ {
				if s[i] == '\\' && i+1 < len(s) {
					i++
				}
				phrase = append(phrase, s[i])
			}
			plain = append(plain, phrase[start:]...)
		case c == '(':
			depth, start := 0, i+1
			for ; i < len(s); i++ {
				if s[i] == '\\' {
					i++
				} else if s[i] == '(' {
					depth++
				} else if s[i] == ')' {
					if depth--; depth == 0 {
						break
					}
				}
			}
			if start < len(s) && len(comment) == 0 {
				comment = append(comment, s[start:min(i, len(s))]...)
			}
		case c == ',' && bytes.ContainsAny(plain, "@!"):
			break scan // the next person
		default:
			phrase, plain = append(phrase, c), append(plain, c)
		}
	}
	address := string(angle)
	name := words(phrase, declared)
	if !inAngle {
		address, name = strings.TrimSpace(string(plain)), ""
		if !strings.ContainsAny(address, "@!") && !hidden.MatchString(address) {
			address, name = "", words(phrase, declared)
		}
	}
	if strings.Trim(name, " '\"") == "" {
		name = words(comment, declared)
	}
	p := person{address: canonical(address)}
	name = dropAddresses(strings.Join(strings.Fields(name), " "))
	name = strings.TrimSuffix(strings.Trim(name, " '\"<>,;"), "...") // of an address hidden as "ann...@host"
	if name == "" {
		name = local(p.address)
	}
	p.name = name
	return p
}

// canonical is an address as it is compared.
func canonical(address string) string {
	address = strings.ToLower(strings.TrimSpace(address))
	address = strings.TrimPrefix(address, "mailto:")
	if m := hidden.FindStringSubmatch(address); m != nil && !strings.Contains(address, "@") {
		return m[1] + "@" + strings.ReplaceAll(m[2], " dot ", ".")
	}
	return strings.Join(strings.Fields(address), "")
}

// local is what stands before the @ of an address, or after the last ! of one
// of UUCP.
func local(address string) string {
	if name, _, ok := strings.Cut(address, "@"); ok {
		address = name
	} else if at := strings.LastIndexByte(address, '!'); at >= 0 {
		address = address[at+1:]
	}
	return strings.Trim(address, ". \"'<>")
}

var (
	// hidden is an address as archives hide it: "ann at example.org".
	hidden = regexp.MustCompile(`(?i)([\w.+-]+) at ((?:[\w-]+(?:\.| dot ))+[a-z]{2,})\b`)

	bracketed = regexp.MustCompile(`(?i)\s*(?:<(?:mailto:)?[^\s<>@]+(?:@| at )[^\s<>@]+>|[\[(](?:mailto:)?[^\s()\[\]@]+@[^\s()\[\]@]+[\])])`)
	bare      = regexp.MustCompile(`(?i)(?:mailto:)?([\pL\pN._%+=~-]+)@[\pL\pN-]+(?:\.[\pL\pN-]+)+`)
)

// dropAddresses leaves nothing of the addresses in a line that a program wrote
// but the name before the @ of those that stand bare.
func dropAddresses(s string) string {
	if strings.IndexByte(s, '@') >= 0 || strings.Contains(s, " at ") {
		s = bracketed.ReplaceAllString(s, "")
		s = bare.ReplaceAllString(s, "$1")
		s = hidden.ReplaceAllString(s, "$1")
	}
	return s
}

// ids are the Message-IDs in a References or In-Reply-To field, without their
// angle brackets. White space inside, where a line was folded, is none. Where
// there are no brackets, words with an @ are taken.
func ids(value []byte) []string {
	var out []string
	rest := string(value)
	for {
		_, after, ok := strings.Cut(rest, "<")
		if !ok {
			break
		}
		id, next, closed := strings.Cut(after, ">")
		if at := strings.LastIndexByte(id, '<'); at >= 0 { // "<<id>" and "<a <b>"
			id = id[at+1:]
		}
		if id = strings.Join(strings.Fields(id), ""); id != "" && closed {
			out = append(out, id)
		}
		rest = next
	}
	if len(out) == 0 && !strings.Contains(string(value), "<") {
		for _, word := range strings.Fields(string(value)) {
			if word = strings.Trim(word, `,;"`); strings.Contains(word, "@") {
				out = append(out, word)
			}
		}
	}
	return out
}

// parameters splits the value of a Content- field: "text/plain; charset=x"
// gives "text/plain" and its parameters by name in lower case. Continuations
// and character sets (RFC 2231) are joined and decoded.
func parameters(value []byte) (kind string, params map[string]string) {
	s := string(value)
	head, rest, _ := strings.Cut(s, ";")
	kind = strings.ToLower(strings.Join(strings.Fields(head), ""))
	params = map[string]string{}
	type piece struct {
		name, text string
		number     int
		encoded    bool
	}
	var pieces []piece
	for rest != "" && len(pieces) < 100 {
		name, after, ok := strings.Cut(rest, "=")
		if !ok {
			break
		}
		if at := strings.LastIndexByte(name, ';'); at >= 0 { // "; ; charset=x", "; flag; charset=x"
			name = name[at+1:]
		}
		name = strings.ToLower(strings.TrimSpace(name))
		var text string
		text, rest = parameterValue(strings.TrimLeft(after, " \t"))
		p := piece{name: name, text: text, number: -1}
		if base, more, ok := strings.Cut(name, "*"); ok {
			p.name, p.number = base, 0
			if strings.HasSuffix(more, "*") || more == "" {
				p.encoded = true
				more = strings.TrimSuffix(more, "*")
			}
			if isDigits(more) {
				p.number = number(more)
			}
		}
		pieces = append(pieces, p)
	}
	slices.SortStableFunc(pieces, func(a, b piece) int { return a.number - b.number })
	charsets := map[string]string{}
	for _, p := range pieces {
		if p.encoded {
			if set, tail, ok := strings.Cut(p.text, "'"); ok && p.number == 0 {
				charsets[p.name] = set
				_, p.text, _ = strings.Cut(tail, "'")
			}
			p.text = decodeCharset(decodePercent(p.text), charsets[p.name])
		}
		if _, have := params[p.name]; !have || p.number > 0 {
			params[p.name] += p.text
		}
	}
	return kind, params
}

// parameterValue cuts a value off s, quoted or not.
func parameterValue(s string) (value, rest string) {
	if !strings.HasPrefix(s, `"`) {
		value, rest, _ = strings.Cut(s, ";")
		return strings.Trim(value, " \t\r\n'"), rest
	}
	var b []byte
	i := 1
	for ; i < len(s) && s[i] != '"'; i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		b = append(b, s[i])
	}
	_, rest, _ = strings.Cut(s[min(i+1, len(s)):], ";")
	return string(b), rest
}

func decodePercent(s string) []byte {
	return decodeQuoted(nil, []byte(strings.ReplaceAll(strings.ReplaceAll(s, "=", "=3D"), "%", "=")))
}
