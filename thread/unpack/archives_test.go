package unpack_test

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/google/go-cmp/cmp"

	"threadheat/thread/unpack"
)

// look writes all that Open gives: names, addresses, times, contents, errors,
// and the notes behind a "#".
func look(r io.Reader) (got []string) {
	for m, err := range unpack.Open("in", r, func(s string) { got = append(got, "# "+s) }) {
		if err != nil {
			got = append(got, "error "+err.Error())
			continue
		}
		b, err := io.ReadAll(m.Reader)
		s := fmt.Sprintf("%s [%s %s] %.60s", m.Name, m.URL, m.Captured, b)
		if err != nil {
			s += " error " + err.Error()
		}
		got = append(got, s)
	}
	return got
}

// lines are the fields of a header.
func lines(fields ...string) string {
	return strings.Join(fields, "\r\n") + "\r\n\r\n"
}

// warc is a record of the given type and fields, with a length and an empty line
// after it.
func warc(kind, block string, fields ...string) string {
	fields = append([]string{"WARC/1.1", "WARC-Type: " + kind, "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>"}, fields...)
	return lines(append(fields, fmt.Sprintf("Content-Length: %d", len(block)))...) + block + "\r\n\r\n"
}

// answer is a response record, saved at noon on a leap day.
func answer(url, head, body string, fields ...string) string {
	block := "HTTP/1.1 200 OK\r\n" + head + "\r\n\r\n" + body
	if strings.HasPrefix(head, "HTTP/") {
		block = head + "\r\n\r\n" + body
	}
	return warc("response", block, append([]string{"WARC-Target-URI: " + url, "WARC-Date: 2024-02-29T12:00:00Z", "Content-Type: application/http;msgtype=response"}, fields...)...)
}

func html(url, body string, fields ...string) string {
	return answer(url, "Content-Type: text/html; charset=utf-8", body, fields...)
}

func deflated(s string, zlibbed bool) string {
	var b bytes.Buffer
	var w io.WriteCloser
	if zlibbed {
		w = zlib.NewWriter(&b)
	} else {
		w, _ = flate.NewWriter(&b, 6)
	}
	io.WriteString(w, s)
	w.Close()
	return b.String()
}

func brotlied(s string) string {
	var b bytes.Buffer
	w := brotli.NewWriter(&b)
	io.WriteString(w, s)
	w.Close()
	return b.String()
}

const (
	noon = "2024-02-29T12:00:00Z"
	a    = "https://a.example/"
)

func TestWARC(t *testing.T) {
	page := func(body string) string { return "in/" + a + " [" + a + " " + noon + "] " + body }
	dated := func(date string) string {
		return warc("resource", "x", "WARC-Date: "+date, "Content-Type: text/plain")
	}
	size := len(html(a, "<p>hello"))
	one := []string{page("<p>hello"), "# in: 1 page"}
	with := func(encoding, body string) string {
		return answer(a, "Content-Type: text/html\r\nContent-Encoding: "+encoding, body)
	}
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"a page", html(a, "<p>hello"), one},
		{"lines end as in Unix", strings.ReplaceAll(warc("resource", "<p>hello", "WARC-Target-URI: "+a, "WARC-Date: "+noon, "Content-Type: text/html"), "\r\n", "\n"), one},
		{"the address in brackets, as the grammar of 1.0 has it", html("<"+a+">", "<p>hello"), one},
		{"small letters in names, a folded field", strings.Replace(strings.Replace(html(a, "<p>hello"), "WARC-Date: ", "warc-date:\r\n ", 1), "Content-Length", "content-length", 1), one},
		{"version 0.18", strings.Replace(html(a, "<p>hello"), "WARC/1.1", "WARC/0.18", 1), one},
		{"no empty lines between records", strings.TrimRight(html(a, "<p>hello"), "\r\n") + html("https://b.example/", "<p>2"), []string{page("<p>hello"), "in/https://b.example/ [https://b.example/ " + noon + "] <p>2", "# in: 2 pages"}},
		{"many empty lines between records", html(a, "<p>hello") + "\r\n\r\n\n\n" + html(a, "<p>again"), []string{page("<p>hello"), "in/" + a + " (2) [" + a + " " + noon + "] <p>again", "# in: 2 pages"}},
		{"resource", warc("resource", "<p>hello", "WARC-Target-URI: "+a, "WARC-Date: "+noon, "Content-Type: text/html"), one},
		{"extracted text", warc("warcinfo", "Software-Info: x\r\n", "Content-Type: application/warc-fields") + warc("conversion", "Alice says:\nhello", "WARC-Target-URI: "+a, "WARC-Date: "+noon, "Content-Type: text/plain", "WARC-Identified-Content-Language: eng"),
			[]string{page("Alice says:\nhello"), "# in: 1 page; passed over 1 description of the file"}},
		{"time to the minute, the day, the year, of none", dated("2016-09-19T17:20Z") + dated("2016-09-19") + dated("2016") + dated("noon"), []string{
			"in/record at 0 [ 2016-09-19T17:20:00Z] x",
			fmt.Sprintf("in/record at %d [ 2016-09-19] x", len(dated("2016-09-19T17:20Z"))),
			fmt.Sprintf("in/record at %d [ 2016] x", len(dated("2016-09-19T17:20Z")+dated("2016-09-19"))),
			fmt.Sprintf("in/record at %d [ ] x", len(dated("2016-09-19T17:20Z")+dated("2016-09-19")+dated("2016"))),
			"# in: 4 pages"}},
		{"not of the web", warc("resource", "x", "WARC-Target-URI: file:///home/me/x.txt", "Content-Type: text/plain"), []string{"in/file:///home/me/x.txt [ ] x", "# in: 1 page"}},
		{"chunked", answer(a, "Content-Type: text/html\r\nTransfer-Encoding: chunked", "3\r\n<p>\r\n5;x=y\r\nhello\r\n0\r\n\r\n"), one},
		{"said to be chunked, is not", answer(a, "Content-Type: text/html\r\nTransfer-Encoding: chunked", "<p>hello"), one},
		{"chunks that break off", answer(a, "Content-Type: text/html\r\nTransfer-Encoding: chunked", "3\r\n<p>\r\n8\r\nhello"), []string{page("<p>hello error the page is not whole: it ends too early"), "# in: 1 page"}},
		{"chunks that are none", answer(a, "Content-Type: text/html\r\nTransfer-Encoding: chunked", "3\r\n<p>\r\nhello\r\n"), []string{page("<p> error the page is not whole: the chunked transfer is broken"), "# in: 1 page"}},
		{"gzip", with("gzip", gz("<p>hello")), one},
		{"said to be gzip, is not", with("gzip", "<p>hello"), one},
		{"x-gzip, chunked", answer(a, "Content-Type: text/html\r\nContent-Encoding: x-gzip\r\nTransfer-Encoding: chunked", fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(gz("<p>hello")), gz("<p>hello"))), one},
		{"deflate", with("deflate", deflated("<p>hello", true)), one},
		{"deflate without zlib", with("deflate", deflated("<p>hello", false)), one},
		{"brotli", with("br", brotlied("<p>hello")), one},
		{"said to be brotli, is not", with("br", "<p>hello"), one},
		{"zstd", with("zstd", zst("<p>hello")), one},
		{"two encodings", with("deflate, gzip", gz(deflated("<p>hello", true))), one},
		{"two encodings in two fields", with("deflate\r\nContent-Encoding: gzip", gz(deflated("<p>hello", true))), one},
		{"an encoding of no one", with("identity", "<p>hello"), one},
		{"gzip that breaks off", with("gzip", gz("<p>hello")[:14]), []string{page("<p> error the page is not whole: the gzip data ends too early: unexpected EOF"), "# in: 1 page"}},
		{"gzip that does not begin", with("gzip", gz("<p>hello")[:5]), []string{"# in: no pages; passed over 1 broken answer (first " + a + ")"}},
		{"windows-1251 by the header", answer(a, "Content-Type: text/html; charset=windows-1251", "<p>\xcf\xf0\xe8"), []string{page("\uFEFF<p>При"), "# in: 1 page"}},
		{"windows-1251 by the header, UTF-8 in truth", answer(a, "Content-Type: text/html; charset=windows-1251", "<p>При"), []string{page("\uFEFF<p>При"), "# in: 1 page"}},
		{"latin1 by the header of JSON", answer(a, "Content-Type: application/json; charset=latin1", `{"é":1}`), []string{page(`{"é":1}`), "# in: 1 page"}},
		{"no media type", answer(a, "Server: x", "<p>hello"), one},
		{"no media type, and data", answer(a, "Server: x", "\x00\x01\x02"), []string{"# in: no pages; passed over 1 file of unknown type"}},
		{"octets that the crawler knew", answer(a, "Content-Type: application/octet-stream", "\x89PNG", "WARC-Identified-Payload-Type: image/png"), []string{"# in: no pages; passed over 1 image"}},
		{"from before HTTP had heads", warc("response", "<p>hello", "WARC-Target-URI: "+a, "WARC-Date: "+noon, "Content-Type: application/http; msgtype=response"), one},
		{"fields that are none", answer(a, "Content-Type: text/html\r\nnonsense\r\n: \r\nSet-Cookie: "+strings.Repeat("x", 70_000), "<p>hello"), one},
		{"what is no page", html(a, "<p>hello") +
			answer(a+"1", "Content-Type: image/png", "x") + answer(a+"2", "Content-Type: image/gif", "x") + answer(a+"3", "Content-Type: text/css", "x") +
			answer(a+"4", "Content-Type: application/javascript", "x") + answer(a+"5", "Content-Type: font/woff2", "x") + answer(a+"6", "Content-Type: video/mp4", "x") +
			answer(a+"7", "HTTP/1.1 301 Moved\r\nLocation: /", "x") + answer(a+"8", "HTTP/2 404\r\nContent-Type: text/html", "x") + answer(a+"9", "HTTP/1.1 503 No", "x") +
			answer(a+"robots.txt", "Content-Type: text/plain", "x") + answer(a+"a", "Content-Type: application/pdf", "x") + answer(a+"b", "Content-Type: text/html", "") +
			warc("resource", "x", "WARC-Target-URI: dns:a.example", "Content-Type: text/dns") + warc("request", "GET / HTTP/1.1\r\n\r\n") + warc("metadata", "x: y") +
			warc("revisit", "HTTP/1.1 200 OK\r\n\r\n", "WARC-Target-URI: "+a+"c", "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest") + warc("future", "x"),
			[]string{page("<p>hello"), "# in: 1 page; passed over 2 error answers, 2 images, 1 DNS record, 1 of type application/pdf, 1 empty answer, 1 font, 1 metadata record, 1 record of unknown type, 1 redirect, 1 request, 1 revisit (first https://a.example/c), 1 robots.txt file, 1 script, 1 style sheet, 1 video"}},
		{"other pages", answer(a+"x", "Content-Type: application/xhtml+xml", "x") + answer(a+"j", "Content-Type: application/activity+json", "j") + answer(a+"n", "Content-Type: application/x-ndjson", "n"),
			[]string{"in/" + a + "x [" + a + "x " + noon + "] x", "in/" + a + "j [" + a + "j " + noon + "] j", "in/" + a + "n [" + a + "n " + noon + "] n", "# in: 3 pages"}},
		{"cut short by the crawler", html(a, "<p>hello", "WARC-Truncated: length") + html(a+"2", "<p>2", "WARC-Truncated: time"), []string{
			page("<p>hello error the page is not whole: the program that saved it cut it short (length)"),
			"in/" + a + "2 [" + a + "2 " + noon + "] <p>2 error the page is not whole: the program that saved it cut it short (time)",
			"# in: 2 pages, of which 2 cut short when saved (first " + a + ")"}},
		{"in segments", html(a, "<p>hel", "WARC-Segment-Number: 1") + warc("continuation", "lo", "WARC-Target-URI: "+a, "WARC-Segment-Number: 2"), []string{
			page("<p>hel error the page is not whole: its other parts are records of their own"),
			"# in: 1 page, of which 1 cut short when saved (first " + a + "); passed over 1 continuation record (first " + a + ")"}},
		{"the file breaks off in a page", html(a, "<p>hello")[:len(html(a, "<p>hello"))-7], []string{page("<p>he error the page is not whole: it ends too early"), fmt.Sprintf("# in: it ends within a record, at byte %d", size-7), "# in: 1 page"}},
		{"the file breaks off in a header", html(a, "<p>hello") + "WARC/1.1\r\nWARC-Ty", []string{page("<p>hello"), fmt.Sprintf("# in: it ends within a record, at byte %d", size+17), "# in: 1 page"}},
		{"rubbish between records", html(a, "<p>hello") + "rubbish\nWARC/ rubbish\r\n" + html(a, "<p>again"), []string{page("<p>hello"),
			fmt.Sprintf("# in: there is no record at byte %d; reading goes on at byte %d", size, size+23), "in/" + a + " (2) [" + a + " " + noon + "] <p>again", "# in: 2 pages"}},
		{"no length", "WARC/1.1\r\nWARC-Type: response\r\n\r\nx\r\n\r\n" + html(a, "<p>hello"), []string{
			"# in: a record does not say how long it is at byte 0; reading goes on at byte 38", page("<p>hello"), "# in: 1 page"}},
		{"a negative length, and nothing else", "WARC/1.1\r\nContent-Length: -1\r\n\r\nx", []string{"# in: a record does not say how long it is at byte 0; nothing can be read after it", "# in: no pages"}},
		{"two bytes more than the length says", strings.Replace(html(a, "<p>hello"), "hello\r\n", "hello\r\n\r\n", 1) + html(a, "<p>again"), []string{page("<p>hello"), "in/" + a + " (2) [" + a + " " + noon + "] <p>again", "# in: 2 pages"}},
		{"an address to garble messages", html("https://a.example/\x1b[31m\u202e"+strings.Repeat("é", 200), "<p>hello"), nil},
		{"not a WARC file", "WARC/1.0 is a format\n", []string{"in [ ] WARC/1.0 is a format\n"}},
	} {
		if c.want == nil {
			for _, line := range look(strings.NewReader(c.in)) {
				name, _, _ := strings.Cut(line, " [")
				if strings.ContainsAny(name, "\x1b\u202e") || len(name) > 320 {
					t.Errorf("%s: the name is %q", c.name, name)
				}
			}
			continue
		}
		if diff := cmp.Diff(c.want, look(strings.NewReader(c.in))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// A record compressed by itself is what the standard recommends; programs have
// written the others as well.
func TestWARCCompressed(t *testing.T) {
	one, two, three := html(a, "<p>1"), html("https://b.example/", "<p>2"), html("https://c.example/", "<p>3")
	want := []string{
		"in/" + a + " [" + a + " " + noon + "] <p>1",
		"in/https://b.example/ [https://b.example/ " + noon + "] <p>2",
		"in/https://c.example/ [https://c.example/ " + noon + "] <p>3",
		"# in: 3 pages",
	}
	for name, in := range map[string]string{
		"a member a record":                 gz(one) + gz(two) + gz(three),
		"one member":                        gz(one + two + three),
		"members that end anywhere":         gz((one + two + three)[:100]) + gz((one + two + three)[100:400]) + gz((one + two + three)[400:]),
		"zstd":                              zst(one) + zst(two) + zst(three),
		"bzip2 of nothing else, gzip in xz": xzip(gz(one) + gz(two) + gz(three)),
	} {
		if diff := cmp.Diff(want, look(strings.NewReader(in))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
