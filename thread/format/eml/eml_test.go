package eml

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread/format"
	"threadheat/thread/internal/rosetta"
)

func summary(t *testing.T, in string) []string {
	t.Helper()
	threads, err := rosetta.Read(Format, in, format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, th := range threads {
		lines = append(lines, rosetta.Summary(th)...)
	}
	return lines
}

func article(t testing.TB) string {
	t.Helper()
	b, err := os.ReadFile("testdata/article.eml")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A news article in an encoding of its own, flowed, with two messages above it.
func TestArticle(t *testing.T) {
	want := []string{
		"c2f001$1aa$1 Maulwürfe",
		"c2f001$1aa$1 |  |  | missing: ",
		"c2f0b7$1bb$1 < c2f001$1aa$1 |  |  | missing: ",
		"c2fpa3$1qk$1 < c2f0b7$1bb$1 | Frieda K. | 2004-03-07T21:02:11+01:00: Gustav Grube schrieb:/" +
			"> Ein Maulwurf richtet keinen Schaden an, er belüftet den Boden und frisst die Larven./" +
			"> > Mein Rasen sieht aus wie ein Acker!/> Dann mähst du zu kurz.//" +
			"Das sagt sich leicht, wenn man selbst nur Kies vor der Tür hat. Zehn € für jeden Haufen, den er mir abnimmt.",
		"! missing-parent c2fpa3$1qk$1",
		"! missing-parent c2f0b7$1bb$1",
	}
	if diff := cmp.Diff(want, summary(t, article(t))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestForms(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"a line of a mailbox above", "From ann Sat Dec 25 06:12:00 2021\nFrom: Ann\nSubject: x\n\ny", "#1 x; #1 | Ann | 2021-12-25T06:12:00 | post: y; ! unknown-date; ! missing-id #1"},
		{"text that begins as mailboxes do", "From: Ann\nMessage-ID: <a>\nDate: 25 Dec 2021 06:12 GMT\n\nFrom Ann Sat Dec 25 06:12:00 2021\nFrom: x\n\ny", "a ; a | Ann | 2021-12-25T06:12:00Z | post: From Ann Sat Dec 25 06:12:00 2021/From: x//y"},
		{"quotation marks are kept", "From: Ann\nMessage-ID: <a>\nDate: 25 Dec 2021 06:12 GMT\n\n>From x", "a ; a | Ann | 2021-12-25T06:12:00Z | post: > From x"},
		{"nothing", "", " ; ! no-comments"},
		{"blank lines", "\n\n", " ; ! no-comments"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(summary(t, tt.in), "; "); got != tt.want {
				t.Errorf("read %q, want %q", got, tt.want)
			}
		})
	}
}

func TestSniff(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     format.Confidence
	}{
		{"mail", "Received: x\n\tby y\nFrom: a\nDate: b\nMessage-ID: <c>\n\n", format.Certain},
		{"news", article(t), format.Certain},
		{"with line ends of two bytes", "From: a\r\nSubject: b\r\n\r\nx", format.Likely},
		{"a draft", "Subject: a\nDate: b\n\n", format.Likely},
		{"one field", "Subject: a\n\nx", format.No},
		{"fields below the header", "Subject: a\n\nFrom: x\nDate: y\n", format.No},
		{"a mailbox", "From ann Sat Dec 25 06:12:00 2021\nFrom: Ann\nDate: x\n\n", format.No},
		{"a page that Chrome saved", "From: <Saved by Blink>\nSnapshot-Content-Location: https://x.example/\nSubject: A page\nDate: Sat, 25 Dec 2021 06:12:00 -0000\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype=\"text/html\";\n\tboundary=\"b\"\n\n--b\n", format.No},
		{"a page that Internet Explorer saved", "From: \"Saved by Windows Internet Explorer 8\"\nSubject: A page\nDate: x\nContent-Type: multipart/related; type=\"text/html\"\n\n", format.No},
		{"a page without an author", "Subject: A page\nDate: x\nMIME-Version: 1.0\nContent-Type: multipart/related; type=\"text/html\"; boundary=b\n\n", format.No},
		{"a response", "HTTP/1.1 200 OK\nDate: x\n\n", format.No},
		{"a record of a web archive", "WARC/1.0\r\nWARC-Date: x\r\nWARC-Type: y\r\n\r\n", format.No},
		{"nothing", "", format.No},
	} {
		if got, why := Format.Sniff(format.Head{Bytes: []byte(tt.in)}); got != tt.want || why == "" {
			t.Errorf("%s: Sniff = %v (%s), want %v", tt.name, got, why, tt.want)
		}
	}
}

// Every prefix of a message is read without trouble, and no address of its header
// comes out.
func TestTruncated(t *testing.T) {
	in := article(t)
	header := strings.Index(in, "\n\n")
	for n := range len(in) {
		for _, line := range summary(t, in[:n]) {
			if n <= header && strings.Contains(line, "@") || strings.Contains(line, "192.0.2") {
				t.Fatalf("of the first %d bytes %q is read", n, line)
			}
		}
	}
}

func FuzzDecode(f *testing.F) {
	rosetta.Fuzz(f, Format, article(f),
		"From: \"a\" <b@c> (d\nReply-To: x via y <z@z>\nContent-Type: multipart/mixed; boundary*0=\"b\"; charset*=utf-8''%\n\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPGI+\n--b--\n",
		"Subject: =?iso-2022-jp?b?GyRC?= =?x?q?=?\n\nbegin 644 x\n#AAAA\nend\n-- \n> x\n")
}
