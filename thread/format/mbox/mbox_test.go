package mbox

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/rosetta"
)

func read(t testing.TB, in string) []*thread.Thread {
	t.Helper()
	threads, err := rosetta.Read(Format, in, format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return threads
}

func file(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Mail has no scores, nothing of what was edited or deleted, and an opening
// message that is a message like the others: c1 and c4 answer it.
func TestRosetta(t *testing.T) {
	var want []rosetta.Comment
	for _, c := range rosetta.Want(t) {
		if c.Deleted {
			continue
		}
		c.Score, c.Edited = 0, ""
		if c.Parent == "" {
			c.Parent = "c0"
		}
		want = append(want, c)
	}
	threads := read(t, file(t, "rosetta.mbox"))
	if len(threads) != 1 {
		t.Fatalf("%d threads, want 1", len(threads))
	}
	got := rosetta.Got(threads[0], func(id string) string { return id })
	opening := rosetta.Comment{ID: "c0", Author: "Zoé", Time: "2021-12-25T06:12:00Z"}
	rosetta.Check(t, append([]rosetta.Comment{opening}, want...), got)
	if k := threads[0].Kind(0); k != thread.Post {
		t.Errorf("the opening message is a %s, want a post", k)
	}
	for i, want := range []string{
		"Sujet.\nFrom here on, an escaped line.",
		"Premier paragraphe.\n\nDeuxième <b>paragraphe</b> & fin.",
		"Je ne suis pas d’accord.",
		"On Sun, Bob wrote:\n> Je ne suis pas d’accord.\n\nRelisez donc : tout y est.",
		"Hors sujet ?",
	} {
		if got := threads[0].Text(thread.Index(i)); got != want {
			t.Errorf("text %d = %q, want %q", i, got, want)
		}
	}
	if d := threads[0].Diagnostics(); len(d) > 0 {
		t.Errorf("diagnostics %v, want none", d)
	}
	for i := range threads[0].All() {
		if strings.Contains(threads[0].Comment(i).ID+threads[0].AuthorKey(threads[0].Author(i)), "@") {
			t.Errorf("comment %d has an address", i)
		}
	}
}

// check compares threads, in the lines of rosetta.Summary.
func check(t *testing.T, threads []*thread.Thread, want ...string) {
	t.Helper()
	var got []string
	for _, th := range threads {
		got = append(got, rosetta.Summary(th)...)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The archive of a list: hidden addresses, words of other languages, an
// attachment, two missing messages one above the other, a message that came
// twice, an answer without references, an opening without a date.
func TestList(t *testing.T) {
	threads := read(t, file(t, "list.mbox"))
	check(t, threads,
		"4D21F9B1.8030109 [Beds] Slugs",
		"4D21F9B1.8030109 | Ann Lee | 2011-01-03T17:00:00+01:00 | post: Hello all,//From my bed of lettuce nothing is left./Who has an idea?",
		"AANLkTi=x1 < 4D21F9B1.8030109 | Bob Böhm | 2011-01-03T12:30:00-05:00: On Mon, Jan 3, 2011 at 5:00 PM, Ann Lee wrote:/> From my bed of lettuce nothing is left.//Ducks. Two of them.",
		"1 < 4D21F9B1.8030109 | Carla | 2011-01-04T09:00:00+01:00: Ducks eat the lettuce, too – and then the slugs come back.",
		"lost-1 < AANLkTi=x1 |  |  | missing: ",
		"lost-2 < lost-1 |  |  | missing: ",
		"2 < lost-2 | Dan | 2011-01-04T10:00:00+01:00: I agree with the one before me.",
		"! same-subject 1",
		"! missing-parent 2",
		"! missing-parent 2",
		"! duplicate-id 2",
		"! left-out",
		"1~2 Seeds",
		"1~2 | eve | 2011-01-05T08:00:00 | post: From where do you order?/> From here.",
		"! unknown-date 1~2",
	)
	th := threads[0]
	if q := th.Quarantined(); len(q) != 1 || q[0].ID != "2" {
		t.Errorf("quarantined %v, want the second copy", q)
	}
	var bases []string
	for i := range th.All() {
		bases = append(bases, th.Basis(i).String())
	}
	if got := strings.Join(bases, " "); got != " declared declared declared declared inferred" {
		t.Errorf("bases =%s", got)
	}
	for _, th := range threads {
		for i := range th.All() {
			c := th.Comment(i)
			if all := c.ID + c.Parent + c.Author + c.AuthorKey + c.Text + th.Meta().ID; strings.Contains(all, "@") || strings.Contains(all, ".example") || strings.Contains(all, "192.0.2") {
				t.Errorf("an address is left in %+v", c)
			}
		}
		for _, d := range th.Diagnostics() {
			if strings.Contains(d.Message, "@") {
				t.Errorf("an address is left in %q", d.Message)
			}
		}
	}
}

// Usenet as archives have it: "From " lines without a date, Article-I.D. for
// Message-ID, paths of UUCP, dates of RFC 850, a file in uuencode.
func TestNews(t *testing.T) {
	check(t, read(t, file(t, "news.mbox")),
		"harpo.1234 Moss",
		"harpo.1234 | The Snail | 1983-02-06T22:10:00-05:00 | post: How do I get rid of it?",
		"77 < harpo.1234 | m | 1983-02-07T08:00:00Z: In article, snail (The Snail) writes:/> How do I get rid of it?//Why would you?",
		"! left-out",
	)
}

// message is one of a mailbox.
func message(id, header, body string) string {
	return "From ann@example.org Sat Dec 25 06:12:00 2021\nFrom: Ann <ann@example.org>\nMessage-ID: <" + id + "@example.org>\nSubject: " + id + "\nDate: Sat, 25 Dec 2021 06:12:00 +0000\n" + header + "\n" + body + "\n\n"
}

// Where one message ends and the next begins.
func TestSplit(t *testing.T) {
	inner := message("inner", "", "inside")
	length := func(body string) string { return "Content-Length: " + strconv.Itoa(len(body)) + "\n" }
	shown := strings.NewReplacer(" <ann@example.org>", "", "\n", "/").Replace(strings.TrimSpace(inner))
	for _, tt := range []struct{ name, in, want string }{
		{"two", message("a", "", "x") + message("b", "", "y"), "a: x; b: y"},
		{"line ends of two bytes", strings.ReplaceAll(message("a", "", "x")+message("b", "", "y"), "\n", "\r\n"), "a: x; b: y"},
		{"no blank line between", strings.TrimRight(message("a", "", "x"), "\n") + "\n" + message("b", "", "y"), "a: x; b: y"},
		{"a sentence", message("a", "", "x\n\nFrom now on\nit: rains"), "a: x//From now on/it: rains"},
		{"a sentence with a date", message("a", "", "x\n\nFrom Monday to Sat Dec 25 06:12:00 2021\nit rains"), "a: x//From Monday to Sat Dec 25 06:12:00 2021/it rains"},
		{"a word and what looks like a header, not below a blank line", message("a", "", "x\nFrom Ann\nnote: y"), "a: x/From Ann/note: y"},
		{"escaped once and twice", message("a", "", ">From x\n>>From y\n> From z"), "a: From x/> From y/> From z"},
		{"counted", message("a", length(inner), inner) + message("b", "", "y"), "a: " + shown + "; b: y"},
		{"counted, at the end of the file", message("a", length(inner), inner), "a: " + shown},
		{"counted wrong", message("a", "Content-Length: 7\n", "x") + message("b", "Content-Length: 99999999999999\n", "y") + message("c", "Content-Length: -1\n", "z"), "a: x; b: y; c: z"},
		{"blank lines and a byte order mark before", "\uFEFF\n\n" + message("a", "", "x"), "a: x"},
		{"other lines before", "This archive\nis old.\n\n" + message("a", "", "x"), "a: x"},
		{"the last is cut in its header", message("a", "", "x") + "From ann@example.org Sat Dec 25 06:12:00 2021\nSubject: b\nMessage-ID: <b", "a: x; b: "},
		{"nothing", "", ""},
		{"no mailbox", "Just\nwords.\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, th := range read(t, tt.in) {
				for i := range th.All() {
					got = append(got, th.ID(i)+": "+strings.ReplaceAll(th.Text(i), "\n", "/"))
				}
			}
			if got := strings.Join(got, "; "); got != tt.want {
				t.Errorf("messages %q, want %q", got, tt.want)
			}
		})
	}
}

// What is odd is said, and nothing is lost.
func TestOddities(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     []string
	}{
		{"nothing", "", []string{" ", "! no-comments"}},
		{"no mailbox", "Just\nwords.\n", []string{" ", "! bad-record", "! no-comments"}},
		{"one ID, two texts", message("a", "", "x") + message("a", "", "y"), []string{
			"a a", "a | Ann | 2021-12-25T06:12:00Z | post: x",
			"a~2 a", "a~2 | Ann | 2021-12-25T06:12:00Z | post: y", "! duplicate-id a~2",
		}},
		{"a circle", message("a", "In-Reply-To: <b@example.org>\n", "x") + message("b", "In-Reply-To: <a@example.org>\n", "y"), []string{
			"b b", "a < b | Ann | 2021-12-25T06:12:00Z: x", "b | Ann | 2021-12-25T06:12:00Z | post: y", "! cycle b",
		}},
		{"no date, author, ID", "From - Sat Dec 25 06:12:00 2021\nSubject: x\nDate: soon\n\ny\n", []string{
			"#1 x", "#1 |  | 2021-12-25T06:12:00 | post: y", "! unknown-date", "! author-missing", "! missing-id #1",
		}},
		{"a date that never was", strings.ReplaceAll(message("a", "", "x"), "25 Dec 2021", "31 Feb 3021"), []string{
			"a a", "a | Ann | 2021-12-25T06:12:00 | post: x", "! unknown-date a",
		}},
		{"a control message", message("a", "Control: cancel <b@example.org>\n", "x"), []string{"a a", "a | Ann | 2021-12-25T06:12:00Z | system: x"}},
		{"another character set than is said", message("a", "Content-Type: text/plain; charset=iso-8859-1\n", "é"), []string{
			"a a", "a | Ann | 2021-12-25T06:12:00Z | post: é", "! encoding-guessed a",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) { check(t, read(t, tt.in), tt.want...) })
	}
}

// Order in the file does not matter, and equal dates are ordered by ID.
func TestOrder(t *testing.T) {
	parts := []string{message("a", "", "1"), message("d", "References: <a@example.org>\n", "2"), message("c", "References: <a@example.org>\n", "3"), message("b", "References: <a@example.org> <c@example.org>\n", "4")}
	want := rosetta.Summary(read(t, strings.Join(parts, ""))[0])
	slices.Reverse(parts)
	got := rosetta.Summary(read(t, strings.Join(parts, ""))[0])
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("reversed (-forwards +reversed):\n%s", diff)
	}
	if want[2][0] != 'b' || want[3][0] != 'c' {
		t.Errorf("%q: messages of one date are not in order of their IDs", want)
	}
}

// A read error ends the last message; all that came before is there.
func TestBroken(t *testing.T) {
	in := message("a", "", "x") + message("b", "References: <a@example.org>\n", "y y y")
	broken := io.MultiReader(strings.NewReader(in[:len(in)-6]), iotest.ErrReader(errors.New("the disk is gone")))
	src := format.Source{Name: "in", Reader: broken}
	var got []string
	var failed error
	for th, err := range format.Threads(Format, src, thread.Source{}) {
		if failed = err; err == nil {
			got = append(got, rosetta.Summary(th)...)
		}
	}
	if failed == nil || !strings.Contains(failed.Error(), "the disk is gone") {
		t.Errorf("error = %v", failed)
	}
	if got := strings.Join(got, "; "); got != "a a; a | Ann | 2021-12-25T06:12:00Z | post: x; b < a | Ann | 2021-12-25T06:12:00Z: y; ! truncated b" {
		t.Errorf("read %q", got)
	}
}

// An attachment passes through without being kept.
func TestAttachmentIsNotKept(t *testing.T) {
	const size = 64 << 20
	head := "From ann@example.org Sat Dec 25 06:12:00 2021\nFrom: Ann\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nsee\n--b\nContent-Type: video/mp4\nContent-Transfer-Encoding: base64\n\n"
	line := strings.Repeat("A", 76) + "\n"
	src := io.MultiReader(strings.NewReader(head), io.LimitReader(repeat(line), size), strings.NewReader("\n--b--\n"))
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for th, err := range format.Threads(Format, format.Source{Name: "in", Reader: src}, thread.Source{}) {
		if err != nil || th.Text(0) != "see" {
			t.Fatalf("read %q, %v", th.Text(0), err)
		}
	}
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > 8<<20 {
		t.Errorf("%d bytes were allocated for an attachment of %d", got, size)
	}
}

// repeat reads s without end.
type repeat string

func (r repeat) Read(b []byte) (int, error) {
	n := 0
	for n+len(r) <= len(b) {
		n += copy(b[n:], r)
	}
	if n == 0 {
		n = copy(b, r)
	}
	return n, nil
}

func TestSniff(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want format.Confidence
	}{
		{message("a", "", "x"), format.Certain},
		{"From -1234\nX-Google-Thread: a\n\n", format.Likely},
		{"From: Ann\nDate: x\nSubject: y\n\n", format.No},
		{"From here to there\n", format.No},
		{"", format.No},
	} {
		if got, why := Format.Sniff(format.Head{Bytes: []byte(tt.in)}); got != tt.want || why == "" {
			t.Errorf("Sniff(%q) = %v (%s), want %v", tt.in, got, why, tt.want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	rosetta.Fuzz(f, Format, file(f, "rosetta.mbox"), file(f, "list.mbox"), file(f, "news.mbox"),
		message("a", "Content-Length: 9999\nReferences: <a@x> <b@x> <a@x>\nContent-Type: multipart/alternative; boundary=b\n", "--b\n\nx\n--b\nContent-Type: text/html\n\n<p>y\n--b--"))
}
