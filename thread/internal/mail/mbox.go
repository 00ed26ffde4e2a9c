package mail

import (
	"bufio"
	"bytes"
	"io"
	"strings"
)

// window is how far ahead a mailbox is looked at, and the longest line that is
// held in one piece.
const window = 1 << 20

// lines reads a file line by line.
type lines struct {
	r      *bufio.Reader
	number int   // of the line read last, from 1
	offset int64 // where it starts
	next   int64 // where the next starts
	begun  bool  // the last piece did not end a line
}

// lines reads r, in the memory that an earlier reader leaves.
func (b *Box) lines(r io.Reader) *lines {
	if b.buffer == nil {
		b.buffer = bufio.NewReaderSize(nil, window)
	}
	b.buffer.Reset(r)
	return &lines{r: b.buffer}
}

// read is the next line with its end, or a piece of one that is longer than the
// window; whole tells that the piece starts where the line starts. The bytes
// are valid until the next call.
func (l *lines) read() (b []byte, whole bool, err error) {
	b, err = l.r.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		err = nil
	}
	if len(b) == 0 {
		return nil, false, err
	}
	whole = !l.begun
	if whole {
		l.number++
	}
	l.begun = b[len(b)-1] != '\n'
	l.offset, l.next = l.next, l.next+int64(len(b))
	if l.offset == 0 {
		b = bytes.TrimPrefix(b, []byte("\uFEFF"))
	}
	return b, whole, nil // an error comes again, after the last line
}

// peek is the start of the line after the one read last, whose bytes it moves.
func (l *lines) peek() []byte {
	b, _ := l.r.Peek(maxName + 2)
	return b
}

// reaches tells, at the same price, that a message which goes on for n bytes, those of the line
// read last not counted, ends where the file or a message does.
func (l *lines) reaches(n int64) bool {
	if n < 0 || n+64 > window {
		return false
	}
	b, err := l.r.Peek(int(n) + 64)
	if int64(len(b)) < n {
		return false
	}
	b = bytes.TrimLeft(b[n:], "\r\n")
	return bytes.HasPrefix(b, []byte("From ")) || len(b) == 0 && err != nil
}

// maxEnvelope is the longest "From " line.
const maxEnvelope = 1000

// envelope tells whether line is the "From " line that starts a message in a
// mailbox, next being the start of the line below it. Text may begin so, too:
// where it was not marked by a ">" the line is known by its date, or by being
// "From -1234567890" as Google's archive of Usenet has it, and by the header
// below it.
func envelope(line, next []byte, afterBlank bool) bool {
	rest, ok := bytes.CutPrefix(line, []byte("From "))
	if !ok || fieldName(next) == 0 && !bytes.HasPrefix(next, []byte(">From ")) {
		return false
	}
	rest = bytes.TrimSpace(rest)
	if _, ok := date(envelopeDate(rest), nil); ok {
		return true
	}
	return afterBlank && len(rest) > 0 && bytes.IndexByte(rest, ' ') < 0
}

// envelopeDate is the date at the end of a "From " line: from the name of the
// day on, where there is one.
func envelopeDate(rest []byte) string {
	s := string(rest)
	for at := 0; ; {
		space := strings.IndexByte(s[at:], ' ')
		if space < 0 {
			_, s, _ = strings.Cut(s, " ")
			return s
		}
		at += space + 1
		if len(s)-at > 3 && strings.Contains("Mon Tue Wed Thu Fri Sat Sun ", s[at:at+3]+" ") && (s[at+3] == ' ' || s[at+3] == ',') {
			return s[at:]
		}
	}
}

// escaped tells that a line is one of text which begins with "From ", marked by
// one ">" more than it had (the mboxrd and mboxo ways).
func escaped(b []byte) bool {
	return len(b) > 5 && b[0] == '>' && bytes.HasPrefix(bytes.TrimLeft(b, ">"), []byte("From "))
}

// ReadMailbox collects the messages of a mailbox in any of the forms that are
// called mbox. The error is that of r; the messages before it are kept.
func (b *Box) ReadMailbox(name string, r io.Reader) error {
	l := b.lines(r)
	p := &b.parser
	open, blank := false, true
	var ends int64 // where Content-Length says that the message ends, 0 where it does not
	skipped := 0   // lines before the first message
	var held []byte
	for {
		line, whole, err := l.read()
		if len(line) == 0 {
			if open {
				b.add(p.end())
			}
			if skipped > 0 {
				b.foreign(name, skipped)
			}
			if err == io.EOF {
				err = nil
			}
			return err
		}
		starts := false
		if whole && len(line) <= maxEnvelope && bytes.HasPrefix(line, []byte("From ")) {
			held = append(held[:0], line...) // looking ahead moves the bytes of line
			line = held
			starts = envelope(line, l.peek(), blank) && !(open && !p.inHeader && l.offset < ends && l.reaches(ends-l.next))
		}
		if starts {
			if open {
				b.add(p.end())
			}
			open, blank, ends = true, false, 0
			b.begin(name, l.number, l.offset, envelopeDate(bytes.TrimSpace(line[5:])))
			p.start()
			continue
		}
		if !open {
			if len(bytes.TrimSpace(line)) > 0 {
				skipped++
			}
			continue
		}
		blank = whole && (line[0] == '\n' || line[0] == '\r')
		if !p.inHeader && whole && escaped(line) {
			line = line[1:]
		}
		header := p.inHeader && p.top
		p.line(line, whole)
		if header && !p.inHeader {
			if n := p.length(); n >= 0 {
				ends = l.next + n
			}
		}
	}
}

// ReadMessage collects the one message, or news article, that r is. The error
// is that of r; what came before it is kept.
func (b *Box) ReadMessage(name string, r io.Reader) error {
	l := b.lines(r)
	p := &b.parser
	p.start()
	any := false
	for {
		line, whole, err := l.read()
		if len(line) == 0 {
			if any {
				b.add(p.end())
			}
			if err == io.EOF {
				err = nil
			}
			return err
		}
		if !any {
			if len(bytes.TrimSpace(line)) == 0 {
				continue
			}
			any = true
			b.begin(name, l.number, l.offset, "")
			if bytes.HasPrefix(line, []byte("From ")) && fieldName(line) == 0 {
				b.envelope = envelopeDate(bytes.TrimSpace(line[5:]))
				continue
			}
		}
		p.line(line, whole)
	}
}
