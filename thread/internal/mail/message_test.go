package mail

import (
	"fmt"
	"strings"
	"testing"

	"threadheat/thread"
)

// parse reads one message.
func parse(t testing.TB, in string) message {
	t.Helper()
	var b Box
	b.parser.start()
	for l := b.lines(strings.NewReader(in)); ; {
		line, whole, _ := l.read()
		if len(line) == 0 {
			return b.parser.end()
		}
		b.parser.line(line, whole)
	}
}

// headed is a message of a body and what its header says of it.
func headed(header, body string) string {
	return "From: Ann <ann@example.org>\n" + header + "\n" + body
}

func TestTexts(t *testing.T) {
	const alternative = "Content-Type: multipart/alternative; boundary=b\n"
	for _, tt := range []struct {
		name, in, want string
		left           int
	}{
		{"plain", headed("", "Hello\nworld\n"), "Hello\nworld", 0},
		{"line ends of two bytes", headed("Content-Type: text/plain\r\n", "Hello\r\nworld\r\n"), "Hello\nworld", 0},
		{"no end of line", headed("", "Hello"), "Hello", 0},
		{"no body", "From: Ann\nSubject: x\n", "", 0},
		{"blank lines", headed("", "\n\n\na\n\n\n \nb\n\n"), "a\n\nb", 0},
		{"latin 1", headed("Content-Type: text/plain; charset=iso-8859-1\n", "caf\xe9"), "café", 0},
		{"windows-1250", headed("Content-Type: text/plain; charset=windows-1250\n", "\x9elu\x9d"), "žluť", 0},
		{"hz", headed("Content-Type: text/plain; charset=hz-gb-2312\n", "~{VPND~}"), "中文", 0},
		{"cp850", headed("Content-Type: text/plain; charset=cp850\n", "caf\x82"), "café", 0},
		{"iso-2022-jp that nothing declares", headed("", "\x1b$BF|K\\\x1b(B"), "日本", 0},
		{"quoted-printable", headed("Content-Transfer-Encoding: Quoted-Printable\nContent-Type: text/plain; charset=utf-8\n", "caf=C3=A9 =\nau lait"), "café au lait", 0},
		{"base64", headed("Content-Transfer-Encoding: BASE64\nContent-Type: text/plain; charset=utf-8\n", "Y2Fm\nw6k="), "café", 0},
		{"html", headed("Content-Type: text/html; charset=utf-8\n", "<p>One<br>two &amp; three<blockquote>quoted</blockquote><script>x()</script>"), "One\ntwo & three\n\n> quoted", 0},
		{"html that names its character set", headed("Content-Type: text/html\n", "<meta charset=koi8-r><p>\xf0\xd2\xc9\xd7\xc5\xd4"), "Привет", 0},
		{"html with a signature", headed("Content-Type: text/html\n", `<p>One</p><div class="gmail_signature">Ann, 555-1234</div>`), "One", 0},
		{"plain before html", headed(alternative, "pre\n--b\n\nplain\n--b\nContent-Type: text/html\n\n<b>html</b>\n--b--\npost\n"), "plain", 0},
		{"html before plain", headed(alternative, "--b\nContent-Type: text/html\n\n<b>html</b>\n--b\nContent-Type: text/plain\n\nplain\n--b--\n"), "plain", 0},
		{"html and an empty plain", headed(alternative, "--b\n\n \n--b\nContent-Type: text/html\n\n<b>html</b>\n--b--\n"), "html", 0},
		{"html with pictures, in an alternative", headed(alternative, "--b\n\nplain\n--b\nContent-Type: multipart/related; boundary=c\n\n--c\nContent-Type: text/html\n\n<b>html</b>\n--c\nContent-Type: image/png\n\nx\n--c--\n--b--\n"), "plain", 1},
		{"attachments", headed("Content-Type: multipart/mixed; boundary=\"b b\"\n", "--b b\nContent-Type: text/plain\n\nsee below\n--b b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA\n--b b\nContent-Type: text/plain; name=x.patch\n\n+x\n--b b\nContent-Disposition: attachment\n\ny\n--b b--\n"), "see below", 3},
		{"a named text alone", headed("Content-Type: multipart/mixed; boundary=b\n", "--b\nContent-Type: text/plain; name=message.txt\n\nhello\n--b--\n"), "hello", 0},
		{"two texts", headed("Content-Type: multipart/mixed; boundary=b\n", "--b\n\none\n--b\n\ntwo\n--b--\n"), "one\n\ntwo", 0},
		{"signed", headed("Content-Type: multipart/signed; boundary=b\n", "--b\n\none\n--b\nContent-Type: application/pgp-signature\n\nxyz\n--b--\n"), "one", 0},
		{"pgp in the text", headed("", "-----BEGIN PGP SIGNED MESSAGE-----\n\nHello\n-----BEGIN PGP SIGNATURE-----\nabc\n"), "-----BEGIN PGP SIGNED MESSAGE-----\n\nHello\n-----BEGIN PGP SIGNATURE-----\nabc", 0},
		{"a multipart that is none", headed("Content-Type: multipart/mixed; boundary=b\n", "just text\n"), "just text", 0},
		{"a multipart without boundary", headed("Content-Type: multipart/mixed\n", "just text\n"), "just text", 0},
		{"a boundary that continues another", headed("Content-Type: multipart/mixed; boundary=b\n", "--b\nContent-Type: multipart/mixed; boundary=b-1\n\n--b-1\n\none\n--b-1--\n--b\n\ntwo\n--b--\n"), "one\n\ntwo", 0},
		{"cut before the end", headed("Content-Type: multipart/mixed; boundary=b\n", "--b\n\none\n--b\nContent-Ty"), "one", 0},
		{"a part without header's end", headed("Content-Type: multipart/mixed; boundary=b\n", "--b\nContent-Type: text/plain\n--b\n\ntwo\n--b--\n"), "two", 0},
		{"dashes in a part", headed("Content-Type: multipart/mixed; boundary=b\n", "--b\n\n--bold\n-- b\none\n--b--\n"), "--bold\n-- b\none", 0},
		{"a passed on message", headed("Content-Type: multipart/mixed; boundary=b\n", "--b\n\nlook\n--b\nContent-Type: message/rfc822\n\nFrom: Bob\n\nhe says\n--b--\n"), "look", 1},
		{"folded", headed("Content-Type: text/plain;\n charset=\n\tiso-8859-1\n", "caf\xe9"), "café", 0},
		{"the header's end is missing", "From: Ann\nSubject: x\nThis is the text,\nof two lines.", "This is the text,\nof two lines.", 0},
		{"a line in the header that is none", "From: Ann\nby somewhere\nSubject: x\n\nText", "Text", 0},
		{"uuencode", headed("", "see\nbegin 644 x.png\nM"+strings.Repeat("A", 60)+"\n#AAAA\n`\nend\nthere\n"), "see\nthere", 1},
		{"uuencode that is cut", headed("", "begin 644 x.png\nM"+strings.Repeat("A", 60)+"\nAnd so it goes on.\n"), "And so it goes on.", 1},
		{"the word begin", headed("", "begin 100 times\nbegin with\nbegin 200 times"), "begin 100 times\nbegin with\nbegin 200 times", 0},
		{"flowed", headed("Content-Type: text/plain; format=flowed\n", "one \ntwo\n> a \n> b\n>> c \n> d \n space\n-- \nAnn\n"), "one two\n> a b\n> > c\n> d\nspace", 0},
		{"flowed without spaces", headed("Content-Type: text/plain; format=flowed; delsp=yes\n", "一 \n二\n"), "一二", 0},
		{"quotations", headed("", "> a\n>b\n>> c\n> > d\n >e\nx > y\n>\n"), "> a\n> b\n> > c\n> > d\n> e\nx > y\n>", 0},
		{"signature", headed("", "Hello\n-- \nAnn\nann@example.org\n"), "Hello", 0},
		{"signature above a quotation", headed("", "Hello\n-- \nAnn\n\nOn Monday Bob wrote:\n> x\n"), "Hello\n\nOn Monday Bob wrote:\n> x", 0},
		{"signature whose space was lost", headed("", "Hello\n--\nAnn\n"), "Hello", 0},
		{"a quoted signature", headed("", "> Hello\n> -- \n> Bob\nIndeed\n"), "> Hello\n> --\n> Bob\nIndeed", 0},
		{"a rule between two texts", headed("", "One\n--\n\n"+strings.Repeat("two\n\n", 20)), "One\n--\n\n" + strings.TrimSpace(strings.Repeat("two\n\n", 20)), 0},
		{"the footer of a list", headed("", "Hello\n"+strings.Repeat("_", 47)+"\nGarden mailing list\ngarden@example.org\nhttp://example.org/mailman/listinfo/garden\n"), "Hello", 0},
		{"a rule that is none", headed("", "Hello\n"+strings.Repeat("_", 47)+"\nBye\n"), "Hello\n" + strings.Repeat("_", 47) + "\nBye", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := parse(t, tt.in)
			if m.text != tt.want || m.left != tt.left {
				t.Errorf("text = %q with %d parts left out, want %q with %d", m.text, m.left, tt.want, tt.left)
			}
		})
	}
}

// Addresses go where programs write them, and stay where people do.
func TestAddressesInTexts(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"On Monday Ann <ann@example.org> wrote:\n> x", "On Monday Ann wrote:\n> x"},
		{"On Monday, Ann Lee\n<ann@example.org> wrote:\n\nx", "On Monday, Ann Lee\nwrote:\n\nx"},
		{"On Monday, Ann Lee <ann@example.org>\nwrote:\n> x", "On Monday, Ann Lee\nwrote:\n> x"},
		{"ann@example.org writes:\n> x", "ann writes:\n> x"},
		{"ann at example.org wrote:\n> x", "ann wrote:\n> x"},
		{"At 10.30 on Monday Ann wrote:\n> x", "At 10.30 on Monday Ann wrote:\n> x"},
		{"Ann <ann@example.org> wrote in message\nnews:1@example.org...\n> x", "Ann wrote in message\nnews:1...\n> x"},
		{"From: Ann [mailto:ann@example.org]\nSent: Monday\nTo: Bob <bob@example.org>; carl@example.org", "From: Ann\nSent: Monday\nTo: Bob; carl"},
		{"> De : Ann <ann@example.org>", "> De : Ann"},
		{"Write to garden@example.org for seeds.", "Write to garden@example.org for seeds."},
	} {
		if got := parse(t, headed("", tt.in)).text; got != tt.want {
			t.Errorf("text of %q = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// What a message without end or of a million parts costs is bounded.
func TestLargeMessages(t *testing.T) {
	long := strings.Repeat("x", 3*window) + "\n"
	deep := "--b\nContent-Type: multipart/mixed; boundary=b\n\n"
	for _, tt := range []struct {
		name, in string
		cut      bool
	}{
		{"a text of 8 MiB", headed("", strings.Repeat("0123456789abcde\n", 1<<19)), true},
		{"one line", headed("", long), false},
		{"one header line", "Subject: " + long + "\n\ntext", false},
		{"blank lines", headed("", strings.Repeat("\n", 4<<20)), false},
		{"flowed lines", headed("Content-Type: text/plain; format=flowed\n", strings.Repeat("a \n", 1<<20)), false},
		{"parts in parts", headed("Content-Type: multipart/mixed; boundary=b\n", strings.Repeat(deep, 20_000)), false},
		{"parts in parts, each of another name", headed("Content-Type: multipart/mixed; boundary=b0\n", nested(20_000)), false},
		{"parts", headed("Content-Type: multipart/mixed; boundary=b\n", strings.Repeat("--b\n\nx\n", 100_000)), true},
		{"blank texts and html", headed("Content-Type: multipart/alternative; boundary=b\n", "--b\n\n"+strings.Repeat(" \n", 1<<20)+strings.Repeat("--b\nContent-Type: text/html\n\n<p>\n", 100_000)), true},
		{"references", "References: " + strings.Repeat("<a@b> ", 1<<20) + "\n\ntext", false},
		{"encoded words", "Subject: " + strings.Repeat("=?utf-8?q?=C3?= ", 20_000) + "\n\ntext", false},
		{"encoded words that do not end", "Subject: " + strings.Repeat("=?utf-8?q?", 20_000) + "\n\ntext", false},
		{"encoded words of which none ends", "Subject: " + strings.Repeat("=?a?q?x ", 30_000) + "\n\ntext", false},
		{"parentheses", "From: " + strings.Repeat("(", 200_000) + "\nDate: " + strings.Repeat("(", 200_000) + "\n\ntext", false},
		{"angles", "From: " + strings.Repeat("<", 200_000) + "\nReferences: " + strings.Repeat("<", 200_000) + "\n\ntext", false},
		{"quotes", "From: " + strings.Repeat(`"`, 200_001) + "\n\ntext", false},
		{"prefixes", "Subject: " + strings.Repeat("Re: ", 50_000) + "\n\ntext", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := parse(t, tt.in)
			if m.cut != tt.cut || len(m.text) > maxText+maxText/2 {
				t.Errorf("cut = %v with %d bytes of text, want %v", m.cut, len(m.text), tt.cut)
			}
			stripSubject(m.subject)
		})
	}
}

func nested(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n", i, i+1)
	}
	return b.String()
}

func TestLook(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     Signs
	}{
		{"mail", "From: a\nDate: b\n c\nMessage-ID: <x>\nSubject: s\n\nNewsgroups: x", Signs{Author: true, Date: true, ID: true, Subject: true, Fields: 4}},
		{"news", "Path: a!b\r\nFrom: x\r\nNewsgroups: alt.x\r\nDate: y\r\n\r\n", Signs{Author: true, Date: true, News: true, Fields: 4}},
		{"mailbox", "From ann Sat Dec 25 07:12:00 2021\nFrom: a\n\n", Signs{Envelope: true, Author: true, Fields: 1}},
		{"mailbox of Google", "From -123456\nX-Google-Thread: x\nFrom: a\n\n", Signs{Envelope: true, Author: true, Fields: 2}},
		{"pipermail", "\n\nFrom ann at example.org  Sat Dec 25 07:12:00 2021\nFrom: ann at example.org (Ann)\n\n", Signs{Envelope: true, Author: true, Fields: 1}},
		{"a text", "From here to there\nand: back\n\n", Signs{}},
		{"a text with a colon", "Note: this\nis a text\n", Signs{Fields: 1}},
		{"a web page", "From: <Saved by Blink>\nSnapshot-Content-Location: http://x\nSubject: s\nDate: d\n\n", Signs{Author: true, Date: true, Subject: true, Page: true, Fields: 4}},
		{"HTTP", "HTTP/1.1 200 OK\nDate: x\n\n", Signs{}},
		{"nothing", "", Signs{}},
	} {
		if got := Look([]byte(tt.in)); got != tt.want {
			t.Errorf("%s: Look() = %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

// Authors are told apart by their addresses, of which nothing is kept.
func TestSenders(t *testing.T) {
	b := newBox(nil, silent{})
	var got []string
	for _, m := range []message{
		{author: person{"Ann", "ann@example.org"}},
		{author: person{"Ann Lee", "ann@example.org"}},
		{author: person{"Ann", "ann@elsewhere.example"}},
		{author: person{"Ann", ""}},
		{author: person{"Ann via Garden", "garden@list.example"}, others: []person{{"Ann", "ann@example.org"}}},
		{author: person{"Bob via Garden", "garden@list.example"}, others: []person{{"Garden", "garden@list.example"}}},
		{author: person{"Carl", "a...@hidden.example"}},
		{author: person{"Dora", "a...@hidden.example"}},
	} {
		name, key := b.sender(m)
		got = append(got, name+" "+key)
	}
	want := "Ann sender-1, Ann Lee sender-1, Ann sender-2, Ann , Ann sender-1, Bob , Carl sender-3, Dora sender-4"
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("senders = %s, want %s", s, want)
	}
}

func BenchmarkMailbox(b *testing.B) {
	var s strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&s, "From ann@example.org Sat Dec 25 07:12:%02d 2021\nReceived: from somewhere (somewhere [192.0.2.1])\n\tby elsewhere with SMTP id x%d\n\tfor <garden@example.org>; Sat, 25 Dec 2021 07:12:00 +0000\n"+
			"From: Ann Lee %d <ann%d@example.org>\nTo: garden@example.org\nSubject: Re: [garden] Slugs and snails %d\nDate: Sat, 25 Dec 2021 07:%02d:00 +0000\nMessage-ID: <%d@example.org>\nReferences: <%d@example.org> <%d@example.org>\nContent-Type: text/plain; charset=utf-8\n\n",
			i%60, i, i%50, i%50, i/10, i%60, i, max(0, i-2), max(0, i-1))
		for j := range 40 {
			if j%4 == 0 {
				s.WriteString("> ")
			}
			s.WriteString("Slugs come out at night when it has rained, and eat the lettuce.\n")
		}
		s.WriteString("\n")
	}
	in := s.String()
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		box := newBox(nil, silent{})
		if err := box.ReadMailbox("x", strings.NewReader(in)); err != nil {
			b.Fatal(err)
		}
		n := 0
		box.Threads(func(thread.Comment, error) bool { n++; return true })
		if n != 2000 {
			b.Fatalf("%d comments, want 2000", n)
		}
	}
}
