package unpack_test

import (
	"archive/tar"
	"bytes"
	"compress/flate"
	"compress/zlib"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

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
			[]string{page("Alice says:\nhello"), "# in: 1 page; passed over 1 file description"}},
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
		{"no media type, and data", answer(a, "Server: x", "\x00\x01\x02"), []string{"# in: no pages; passed over 1 unknown file"}},
		{"octets that the crawler knew", answer(a, "Content-Type: application/octet-stream", "\x89PNG", "WARC-Identified-Payload-Type: image/png"), []string{"# in: no pages; passed over 1 image"}},
		{"from before HTTP had heads", warc("response", "<p>hello", "WARC-Target-URI: "+a, "WARC-Date: "+noon, "Content-Type: application/http; msgtype=response"), one},
		{"media types to garble messages", answer(a, "Content-Type: x/\x1b[31m", "x") + answer(a, "Content-Type: x/"+strings.Repeat("y", 1000), "x"), []string{"# in: no pages; passed over 2 other files"}},
		{"what crawlers write of their own", warc("resource", "x", "WARC-Target-URI: metadata://gnu.org/software/wget/warc/MANIFEST.txt", "Content-Type: text/plain") + warc("resource", "{}", "WARC-Target-URI: urn:pageinfo:"+a, "Content-Type: application/json") + warc("resource", "x", "WARC-Target-URI: urn:uuid:1", "Content-Type: text/plain"),
			[]string{"in/urn:uuid:1 [ ] x", "# in: 1 page; passed over 2 crawler notes"}},
		{"a response without HTTP", warc("response", "<p>hello", "WARC-Target-URI: "+a, "WARC-Date: "+noon, "Content-Type: text/html") + warc("response", "x", "Content-Type: image/png"), []string{page("<p>hello"), "# in: 1 page; passed over 1 image"}},
		{"fields that are none", answer(a, "Content-Type: text/html\r\nnonsense\r\n: \r\nSet-Cookie: "+strings.Repeat("x", 70_000), "<p>hello"), one},
		{"what is no page", html(a, "<p>hello") +
			answer(a+"1", "Content-Type: image/png", "x") + answer(a+"2", "Content-Type: image/gif", "x") + answer(a+"3", "Content-Type: text/css", "x") +
			answer(a+"4", "Content-Type: application/javascript", "x") + answer(a+"5", "Content-Type: font/woff2", "x") + answer(a+"6", "Content-Type: video/mp4", "x") +
			answer(a+"7", "HTTP/1.1 301 Moved\r\nLocation: /", "x") + answer(a+"8", "HTTP/2 404\r\nContent-Type: text/html", "x") + answer(a+"9", "HTTP/1.1 503 No", "x") +
			answer(a+"robots.txt", "Content-Type: text/plain", "x") + answer(a+"a", "Content-Type: application/pdf", "x") + answer(a+"b", "Content-Type: text/html", "") +
			warc("resource", "x", "WARC-Target-URI: dns:a.example", "Content-Type: text/dns") + warc("request", "GET / HTTP/1.1\r\n\r\n") + warc("metadata", "x: y") +
			warc("revisit", "HTTP/1.1 200 OK\r\n\r\n", "WARC-Target-URI: "+a+"c", "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest") + warc("future", "x"),
			[]string{page("<p>hello"), "# in: 1 page; passed over 2 error answers, 2 images, 1 DNS record, 1 of type application/pdf, 1 empty answer, 1 font, 1 metadata record, 1 redirect, 1 request, 1 revisit (first https://a.example/c), 1 robots.txt file, 1 script, 1 style sheet, 1 unknown record, 1 video"}},
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

// noise is text that hardly compresses.
func noise(n int) string {
	r := rand.New(rand.NewPCG(3, 4))
	b := make([]byte, n)
	for i := range b {
		b[i] = 'a' + byte(r.Uint32()%26)
	}
	return string(b)
}

// Where a member is broken, the next is found.
func TestWARCBroken(t *testing.T) {
	long := noise(200_000)
	one, two, three := gz(html(a, "<p>1"+long)), gz(html("https://b.example/", "<p>2"+long)), gz(html("https://c.example/", "<p>3"+long))
	flip := func(s string, at int) string { return s[:at] + string([]byte{s[at] ^ 0x55}) + s[at+1:] }
	page := func(n int, url string) string {
		return fmt.Sprintf("in/%s [%s %s] <p>%d%.56s", url, url, noon, n, long)
	}
	first, second, third := page(1, a), page(2, "https://b.example/"), page(3, "https://c.example/")
	end := len(one) + len(two)
	const cut, broken = " error the page is not whole: the gzip data ends too early: unexpected EOF", " error the page is not whole: the gzip data is broken: "
	for _, c := range []struct {
		name, in string
		want     []string // beginnings
	}{
		{"cut off and written on", one + two[:len(two)/2] + three, []string{first, second + broken,
			"# in: the gzip data is broken: flate: corrupt input before offset ", third, "# in: 3 pages"}},
		// It makes other letters.
		{"a wrong byte", one + flip(two, len(two)/2) + three, []string{first, second,
			fmt.Sprintf("# in: the gzip data is broken: gzip: invalid checksum, in what begins at byte %d; reading goes on at byte %d", len(one), end), third, "# in: 3 pages"}},
		{"a wrong checksum", one + flip(two, len(two)-7) + three, []string{first, second,
			fmt.Sprintf("# in: the gzip data is broken: gzip: invalid checksum, in what begins at byte %d; reading goes on at byte %d", len(one), end), third, "# in: 3 pages"}},
		{"a wrong header", one + "\x1f\x8b\x07" + two[3:] + three, []string{first,
			fmt.Sprintf("# in: the gzip data is broken: gzip: invalid header, in what begins at byte %d; reading goes on at byte %d", len(one), end), third, "# in: 2 pages"}},
		{"zeros at the end", one + strings.Repeat("\x00", 5000), []string{first,
			fmt.Sprintf("# in: the gzip data is broken: gzip: invalid header, in what begins at byte %d; nothing can be read after it", len(one)), "# in: 1 page"}},
		{"cut off", one + two[:len(two)-50_000], []string{first, second + cut,
			fmt.Sprintf("# in: the gzip data ends too early: unexpected EOF, in what begins at byte %d; nothing can be read after it", len(one)), "# in: 2 pages"}},
		{"cut off in what would be passed over", gz(answer(a, "Content-Type: image/png", long))[:50_000] + three, []string{
			"# in: the gzip data is broken: flate: corrupt input before offset ", third, "# in: 1 page; passed over 1 image"}},
		{"another gzip file inside", one + flip(gz(gz("no")), 12) + three, []string{first, "# in: there is no record at byte ", "# in: the gzip data is broken: ", third, "# in: 2 pages"}},
	} {
		got := look(strings.NewReader(c.in))
		if len(got) != len(c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
			continue
		}
		for i, want := range c.want {
			if !strings.HasPrefix(got[i], want) {
				t.Errorf("%s: line %d is %q, want %q", c.name, i, got[i], want)
			}
		}
	}
}

// A file that is nothing but broken places says so a bounded number of times.
func TestWARCRemarks(t *testing.T) {
	notes := 0
	for range unpack.Open("in", strings.NewReader(strings.Repeat("WARC/1.0\n\nx\n\n", 500)), func(string) { notes++ }) {
		t.Error("a member in a file of nothing")
	}
	if notes > 25 {
		t.Errorf("%d notes, want at most 25", notes)
	}
}

// The dictionary of a WARC file stands in a frame that zstd skips, plain or
// compressed. It is made of the pages' own words here.
func TestWARCDictionary(t *testing.T) {
	record := html(a, "<p>hello "+noise(300))
	var samples [][]byte
	for i := range 40 {
		samples = append(samples, []byte(html(fmt.Sprintf("https://%d.example/", i), "<p>hello "+noise(300 + i)[i:])))
	}
	dictionary, err := zstd.BuildDict(zstd.BuildDictOptions{ID: 77777, Contents: samples, History: []byte(record), Offsets: [3]int{1, 4, 8}})
	if err != nil {
		t.Fatal(err)
	}
	w, err := zstd.NewWriter(nil, zstd.WithEncoderDict(dictionary))
	if err != nil {
		t.Fatal(err)
	}
	frame := string(w.EncodeAll([]byte(record), nil))
	want := []string{"in/" + a + " [" + a + " " + noon + "] <p>hello " + noise(300)[:51], "# in: 1 page"}
	for name, d := range map[string]string{"plain": string(dictionary), "compressed": zst(string(dictionary))} {
		size := binary.LittleEndian.AppendUint32(nil, uint32(len(d)))
		if diff := cmp.Diff(want, look(strings.NewReader("\x5d\x2a\x4d\x18"+string(size)+d+frame))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for name, in := range map[string]string{"without it": frame, "too large": "\x5d\x2a\x4d\x18\xff\xff\xff\xff" + frame, "cut": "\x5d\x2a\x4d\x18\x00\x01\x00\x00x", "no dictionary": "\x5d\x2a\x4d\x18\x01\x00\x00\x00x" + frame, "no length": "\x5d\x2a\x4d\x18"} {
		if got := strings.Join(look(strings.NewReader(in)), "|"); !strings.Contains(got, "the zstd data ") {
			t.Errorf("%s: %s, want an error of zstd", name, got)
		}
	}
}

func TestARC(t *testing.T) {
	v1 := func(url, kind, block string) string {
		return fmt.Sprintf("\n%s 192.0.2.1 20040229120000 %s %d\n%s", url, kind, len(block), block)
	}
	block := "1 0 Example\nURL IP-address Archive-date Content-type Archive-length\n"
	head := fmt.Sprintf("filedesc://x.arc 0.0.0.0 20040229120000 text/plain %d\n%s", len(block), block)
	const then = "2004-02-29T12:00:00Z"
	got := look(strings.NewReader(gz(head) +
		gz(v1(a, "text/html", "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>hello")) +
		gz(v1("https://a.example/with a space", "text/html", "<p>as it was")) +
		gz(v1("https://a.example/bare", "no-type", "<p>of no type")) +
		gz(v1("https://a.example/x.png", "image/png", "HTTP/1.0 200 OK\r\nContent-Type: image/png\r\n\r\nx")) +
		gz(v1("dns:a.example", "text/dns", "x"))))
	want := []string{
		"in/" + a + " [" + a + " " + then + "] <p>hello",
		"in/" + a + "with a space [" + a + "with a space " + then + "] <p>as it was",
		"in/" + a + "bare [" + a + "bare " + then + "] <p>of no type",
		"# in: 3 pages; passed over 1 DNS record, 1 file description, 1 image",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("version 1 (-want +got):\n%s", diff)
	}
	v2 := "filedesc://x.arc 0.0.0.0 20040229120000 text/plain 200 - - 0 x.arc 4\n2 0\n\n" +
		"https://a.example/ 192.0.2.1 20040229120000 text/html 200 abc - 80 x.arc 8\n<p>hello\nrubbish\n" +
		"https://b.example/ 192.0.2.1 20040229120000 text/html 200 abc - 80 x.arc 4\n<p>2"
	want = []string{
		"in/" + a + " [" + a + " " + then + "] <p>hello",
		"# in: there is no record at byte 158; reading goes on at byte 166",
		"in/https://b.example/ [https://b.example/ " + then + "] <p>2",
		"# in: 2 pages; passed over 1 file description",
	}
	if diff := cmp.Diff(want, look(strings.NewReader(v2))); diff != "" {
		t.Errorf("version 2 (-want +got):\n%s", diff)
	}
}

func TestWACZ(t *testing.T) {
	got := look(strings.NewReader(zipped(
		"datapackage.json", "{}", "pages/pages.jsonl", `{"format":"json-pages-1.0"}`, "indexes/index.cdx.gz", gz("x"),
		"archive/1.warc.gz", gz(html(a, "<p>1")), "archive/2.warc", html(a, "<p>2"))))
	want := []string{
		"in/archive/1.warc.gz/" + a + " [" + a + " " + noon + "] <p>1", "# in/archive/1.warc.gz: 1 page",
		"in/archive/2.warc/" + a + " [" + a + " " + noon + "] <p>2", "# in/archive/2.warc: 1 page",
		"# in: passed over 3 files about the archive",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// tarred holds pairs of names and contents.
func tarred(pairs ...string) string {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		h := &tar.Header{Name: pairs[i], Mode: 0o644, Size: int64(len(pairs[i+1]))}
		if strings.HasSuffix(pairs[i], "/") {
			h.Typeflag = tar.TypeDir
		}
		if err := w.WriteHeader(h); err != nil {
			panic(err)
		}
		io.WriteString(w, pairs[i+1])
	}
	w.WriteHeader(&tar.Header{Name: "link", Linkname: "a", Typeflag: tar.TypeSymlink})
	w.Close()
	return b.String()
}

func TestTar(t *testing.T) {
	in := tarred("d/", "", "d/._b", "x", "d/b", "B", strings.Repeat("long/", 60)+"a", "A", "c.gz", gz("C"), "w.warc", html(a, "<p>1"))
	want := []string{"in/d/b [ ] B", "in/" + strings.Repeat("long/", 60) + "a [ ] A", "in/c.gz [ ] C",
		"in/w.warc/" + a + " [" + a + " " + noon + "] <p>1", "# in/w.warc: 1 page"}
	for name, in := range map[string]string{"plain": in, "gzip": gz(in), "xz": xzip(in), "zstd": zst(in)} {
		if diff := cmp.Diff(want, look(strings.NewReader(in))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if diff := cmp.Diff([]string{"in/d/b [ ] B", "error in: the tar data ends too early: unexpected EOF"}, look(strings.NewReader(in[:2600]))); diff != "" {
		t.Errorf("cut in a header (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"in/a [ ] " + strings.Repeat("x", 60) + " error the tar data ends too early: unexpected EOF", "error in: the tar data ends too early: unexpected EOF"}, look(strings.NewReader(tarred("a", strings.Repeat("x", 2000))[:1000]))); diff != "" {
		t.Errorf("cut in a file (-want +got):\n%s", diff)
	}
	if got := look(strings.NewReader(in[:512*2] + strings.Repeat("x", 1024))); !strings.HasPrefix(got[len(got)-1], "error in: the tar data is broken") {
		t.Errorf("broken: %q", got)
	}
	deep := "x"
	for range 5 {
		deep = tarred("t", deep)
	}
	if diff := cmp.Diff([]string{"error in/t/t/t/t: more than 4 wrappings inside each other"}, look(strings.NewReader(deep))); diff != "" {
		t.Errorf("tar in tar (-want +got):\n%s", diff)
	}
}

// chrome is a page with a frame and a picture, as Chrome saves it.
func chrome(page string) string {
	return lines("From: <Saved by Blink>", "Snapshot-Content-Location: https://a.example/", "Subject: =?utf-8?Q?H=C3=A9?=", "Date: Thu, 29 Feb 2024 12:00:00 -0000",
		"MIME-Version: 1.0", "Content-Type: multipart/related;", "\ttype=\"text/html\";", "\tboundary=\"----MultipartBoundary--x----\"") + "\r\n" +
		"------MultipartBoundary--x----\r\n" + lines("Content-Type: text/html", "Content-ID: <frame-1@mhtml.blink>", "Content-Transfer-Encoding: quoted-printable", "Content-Location: https://a.example/") + page + "\r\n" +
		"------MultipartBoundary--x----\r\n" + lines("Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: base64", "Content-Location: https://frame.example/embed") + base64.StdEncoding.EncodeToString([]byte("<p>in the frame")) + "\r\n" +
		"------MultipartBoundary--x----\r\n" + lines("Content-Type: image/png", "Content-Transfer-Encoding: base64", "Content-Location: https://a.example/x.png") + "iVBORw0KGgo=\r\n" +
		"------MultipartBoundary--x------\r\n"
}

func TestMHTML(t *testing.T) {
	const frame = "in/https://frame.example/embed [https://frame.example/embed " + noon + "] <p>in the frame"
	page := func(body string) string { return "in/" + a + " [" + a + " " + noon + "] " + body }
	ie := func(kind string) []string {
		return []string{"From: =?utf-8?B?PA==?= <Enregistré par Windows Internet Explorer 8>", "Subject: x", "Date: Thu, 29 Feb 2024 13:00:00 +0100", "MIME-Version: 1.0", "Content-Type: " + kind}
	}
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"Chrome", chrome("<p class=3D=\r\n\"x\">h=C3=A9llo"), []string{page(`<p class="x">héllo` + "\r\n"), frame, "# in: 2 pages; passed over 1 image"}},
		{"line ends of Unix", strings.ReplaceAll(chrome("<p>hello"), "\r\n", "\n"), []string{page("<p>hello\n"), frame, "# in: 2 pages; passed over 1 image"}},
		{"a line like a boundary", chrome("<p>hello\r\n--\r\n------MultipartBoundary--x----y"), []string{page("<p>hello\r\n--\r\n------MultipartBoundary--x----y\r\n"), frame, "# in: 2 pages; passed over 1 image"}},
		{"a long line", chrome("<p>hello" + strings.Repeat(" ", 65_520) + "------MultipartBoundary--x----"), []string{page("<p>hello" + strings.Repeat(" ", 52)), frame, "# in: 2 pages; passed over 1 image"}},
		{"gzip", gz(chrome("<p>hello")), []string{page("<p>hello\r\n"), frame, "# in: 2 pages; passed over 1 image"}},
		{"Chrome of 2020", strings.Replace(chrome("<p>hello"), "Snapshot-", "X-Snapshot-Version: 1.0\r\nX-Snapshot-", 1), []string{page("<p>hello\r\n"), frame, "# in: 2 pages; passed over 1 image"}},
		{"Internet Explorer", lines(append(ie("multipart/related; type=\"text/html\"; boundary=\"----=_NextPart\""), "X-MimeOLE: Produced By Microsoft MimeOLE V6")...) +
			"This is a multi-part message in MIME format.\r\n\r\n------=_NextPart\r\n" + lines("Content-Type: multipart/alternative;", "\tboundary=\"----=_Inner\"") + "\r\n" +
			"------=_Inner\r\n" + lines("Content-Type: text/html;", "\tcharset=\"Windows-1252\"", "Content-Transfer-Encoding: quoted-printable", "Content-Location: "+a) + "<p>h=E9llo\r\n------=_Inner--\r\n\r\n" +
			"------=_NextPart\r\n" + lines("Content-Type: text/css", "Content-Location: x.css") + "p {}\r\n------=_NextPart--\r\n",
			[]string{"in/" + a + " [" + a + " 2024-02-29T13:00:00+01:00] \uFEFF<p>héllo\r\n", "# in: 1 page; passed over 1 style sheet"}},
		{"Internet Explorer, one part", lines(append(ie("text/html;\r\n\tcharset=\"utf-8\""), "Content-Transfer-Encoding: quoted-printable", "Content-Location: "+a)...) + "<p>hello", []string{"in/" + a + " [" + a + " 2024-02-29T13:00:00+01:00] <p>hello", "# in: 1 page"}},
		{"Word", lines("MIME-Version: 1.0", "Content-Type: multipart/related; boundary=\"--b\"") + "This document is a web archive.\r\n\r\n----b\r\n" + lines("Content-Location: file:///C:/x.htm", "Content-Type: text/html; charset=\"us-ascii\"") + "<p>hello\r\n----b--", []string{"in/file:///C:/x.htm [ ] \uFEFF<p>hello\r\n", "# in: 1 page"}},
		{"a header that is not quite right", strings.Replace(chrome("<p>hello"), "Content-ID:", "no field\r\n(x) y: z\r\nContent-ID:", 1), []string{page("<p>hello\r\n"), frame, "# in: 2 pages; passed over 1 image"}},
		{"cut off", chrome("<p>hello")[:strings.Index(chrome("<p>hello"), "<p>hello")+4], []string{page("<p>h error the page is not whole: it ends too early"), "# in: it ends too early", "# in: 1 page"}},
		{"cut off in a header", chrome("<p>hello")[:strings.Index(chrome("<p>hello"), "Content-Type: image")+9], []string{page("<p>hello\r\n"), frame, "# in: it ends too early", "# in: 2 pages"}},
		{"bad quoted-printable", chrome("<p>=!!"), []string{page("<p>=!!\r\n"), frame, "# in: 2 pages; passed over 1 image"}},
		{"nothing in it", lines("From: <Saved by Blink>", "MIME-Version: 1.0", "Content-Type: multipart/related; boundary=x"), []string{"# in: it ends too early", "# in: no pages"}},
		{"no address", strings.ReplaceAll(strings.ReplaceAll(chrome("<p>hello"), "Snapshot-Content-Location: https://a.example/\r\n", ""), "Content-Location: https://a.example/\r\n", "Content-Location: cid:frame@mhtml.blink\r\n"),
			[]string{"in/cid:frame@mhtml.blink [ " + noon + "] <p>hello\r\n", frame, "# in: 2 pages; passed over 1 image"}},
	} {
		got := look(strings.NewReader(c.in))
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// Letters are not saved pages, even where they are built like one.
func TestMHTMLOrMail(t *testing.T) {
	const page = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n"
	for in, want := range map[string]bool{
		page + "\n": true,
		"From: <Saved by Blink>\nContent-Type: multipart/related; boundary=x\n\n": true,
		"Subject: x\n" + page + "\n":                                                              true,
		"\uFEFF" + page + "\n":                                                                    true,
		page + "Message-ID: <1@a.example>\n\n":                                                    false,
		"Received: from a.example\n" + page + "\n":                                                false,
		"From: a@a.example\nTo: b@a.example\n" + page + "\n":                                      false,
		"From a@a.example Thu Feb 29 12:00:00 2024\n" + page + "\n":                               false,
		"MIME-Version: 1.0\nContent-Type: text/html\n\n<p>":                                       false,
		"MIME-Version: 1.0\nContent-Type: text/html\nContent-Location: https://a.example/\n\n<p>": true,
		"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n":                        false,
		"From: a@a.example\nSubject: hi\n\nContent-Type: multipart/related\n":                     false,
		"Alice: From what I saw\n" + page + "\n":                                                  false,
		page:                                                                                      false, // no empty line
	} {
		got := look(strings.NewReader(in))
		if is := !strings.HasPrefix(got[0], "in [ ]"); is != want {
			t.Errorf("%q: %q, want a saved page: %v", in, got, want)
		}
	}
}

// entry is an answer in a HAR file.
func entry(url string, status int, kind, text, encoding string) string {
	content := map[string]any{"size": len(text), "mimeType": kind}
	if text != "" {
		content["text"] = text
	}
	if encoding != "" {
		content["encoding"] = encoding
	}
	b, err := json.Marshal(map[string]any{
		"startedDateTime": "2024-02-29T13:00:00.000+01:00", "time": 1.5, "request": map[string]any{"method": "GET", "url": url, "headers": []any{}},
		"response": map[string]any{"status": status, "headers": []any{map[string]any{"name": "content-encoding", "value": "gzip"}}, "content": content}, "cache": map[string]any{},
	})
	if err != nil {
		panic(err)
	}
	return string(b)
}

func har(entries ...string) string {
	return `{"log":{"version":"1.2","creator":{"name":"WebInspector","version":"537.36"},"pages":[{"id":"page_1","entries":[1,{}]}],"entries":[` + strings.Join(entries, ",\n") + `],"comment":""}}`
}

func TestHAR(t *testing.T) {
	const late = "2024-02-29T13:00:00+01:00"
	page := func(url, body string) string { return "in/" + url + " [" + url + " " + late + "] " + body }
	hello := entry(a, 200, "text/html; charset=iso-8859-1", "<p>héllo", "")
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"a page", har(hello), []string{page(a, "\uFEFF<p>héllo"), "# in: 1 page"}},
		{"with a mark before it", "\uFEFF \n" + har(hello), []string{page(a, "\uFEFF<p>héllo"), "# in: 1 page"}},
		{"base64", har(entry(a, 200, "text/html; charset=windows-1252", base64.StdEncoding.EncodeToString([]byte("<p>h\xe9llo")), "base64")), []string{page(a, "\uFEFF<p>héllo"), "# in: 1 page"}},
		{"base64 that is none", har(entry(a, 200, "text/html", "!!!!", "base64")), []string{page(a, " error the page is not whole: illegal base64 data at input byte 0"), "# in: 1 page"}},
		{"an answer of an API, twice", har(entry(a, 200, "application/json", `{"a":"\u00e9"}`, ""), entry(a, 200, "application/json", `[2]`, "")), []string{page(a, `{"a":"\u00e9"}`), "in/" + a + " (2) [" + a + " " + late + "] [2]", "# in: 2 pages"}},
		{"what is no page", har(entry(a, 200, "image/png", "iVBO", "base64"), entry(a, 302, "text/html", "x", ""), entry(a, 404, "text/html", "x", ""), entry(a, 0, "x-unknown", "", ""), entry(a+"1", 200, "text/html", "", ""), entry(a, 200, "text/javascript", "x", ""), entry(a, 304, "text/html", "<p>2", "")),
			[]string{page(a, "\uFEFF<p>2"), "# in: 1 page; passed over 1 error answer, 1 image, 1 redirect, 1 script, 1 unanswered request, 1 unsaved page (first " + a + "1)"}},
		{"wrong types", har(`{"startedDateTime":5,"request":[],"response":{"status":"200","content":{"mimeType":"text/plain","text":"x"}}}`, hello), []string{"# in: entry 1 startedDateTime is of the wrong type (number)", "in/entry 1 [ ] x", page(a, "\uFEFF<p>héllo"), "# in: 2 pages"}},
		{"entries of nothing", har(`null`, `[]`, `{}`), []string{"# in: entry 2 is of the wrong type (array)", "# in: no pages; passed over 3 unanswered requests"}},
		{"cut off", har(hello, hello)[:len(har(hello))+40], []string{page(a, "\uFEFF<p>héllo"), "# in: 1 page", "error in: the HAR data ends too early: unexpected EOF"}},
		{"broken", strings.Replace(har(hello, "{]"), "x", "x", 1), []string{page(a, "\uFEFF<p>héllo"), "# in: 1 page", "error in: the HAR data is broken: invalid character ']' looking for beginning of object key string"}},
		{"white space", har("\n\t\r\n  {}  \n"), []string{"# in: no pages; passed over 1 unanswered request"}},
		{"no entries", `{"log":{"creator":{}}}`, []string{"# in: no pages", `error in: the HAR data is broken: there is no "entries"`}},
		{"entries that are none", `{"log":{"creator":{},"entries":{}}}`, []string{"# in: no pages", `error in: the HAR data is broken: the entries are no array`}},
		{"deep", har(strings.Repeat("[", 20_000)), []string{"# in: no pages", "error in: the HAR data is broken: invalid character '[' exceeded max depth"}},
		{"not HAR", `{"log":["entries"]}`, []string{`in [ ] {"log":["entries"]}`}},
		{"a log of something else", `{"log":{"lines":[]}}`, []string{`in [ ] {"log":{"lines":[]}}`}},
	} {
		if diff := cmp.Diff(c.want, look(strings.NewReader(c.in))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestSaved(t *testing.T) {
	for in, want := range map[string]string{
		"<!DOCTYPE html> <html lang=en style><!--\n Page saved with SingleFile \n url: https://a.example/x?a=1&copy=2 \n saved date: Thu Feb 29 2024 04:00:00 GMT-0800 (heure normale du Pacifique)\n--><meta charset=utf-8>": "https://a.example/x?a=1&copy=2 2024-02-29T04:00:00-08:00",
		"<html><!--\r\n Archive processed by SingleFile \r\n url: https://a.example/ \r\n saved date: Thu Feb 29 2024 12:00:00 GMT+0000\r\n-->":                                                                               "https://a.example/ 2024-02-29T12:00:00Z",
		"<html><!--\n Page saved with SingleFile \n url: https://a.example/ \n saved date: yesterday\n-->":                                                                                                                    "https://a.example/ ",
		"<!DOCTYPE html>\n<!-- saved from url=(0018)https://a.example/ -->\n<html>":                                                                                                                                           "https://a.example/ ",
		"<!-- saved from url=(0022)file:///home/me/x.html -->\n<html>":                                                                                                                                                        " ",
		"<!-- saved from url=(0014)about:internet -->\n<html>":                                                                                                                                                                " ",
		"<!-- Saved from https://a.example/ at 2024-02-29T12:00:00Z using monolith v2.8.1 -->\n<html>":                                                                                                                        "https://a.example/ 2024-02-29T12:00:00Z",
		"<html><p>url: https://a.example/": " ",
		"<html>" + strings.Repeat(" ", 20_000) + "<!-- saved from url=(0018)https://a.example/ -->": " ",
		"": " ",
	} {
		for m, err := range unpack.Open("in", strings.NewReader(in), nil) {
			if got := m.URL + " " + m.Captured.String(); err != nil || got != want {
				t.Errorf("%.60q: %q, %v, want %q", in, got, err, want)
			}
			if b, _ := io.ReadAll(m.Reader); string(b) != in {
				t.Errorf("%.60q: the page has changed", in)
			}
		}
	}
}

// A page swells no more than MaxRecord, an input no more than its ratio.
func TestArchiveBombs(t *testing.T) {
	if raceEnabled {
		t.Skip("minutes under the race detector, and one goroutine reads them: bombs are not checked")
	}
	zeros := strings.Repeat("\x00", 24<<20)
	for name, in := range map[string]string{
		"gzip":        answer(a, "Content-Type: text/html\r\nContent-Encoding: gzip", gz(zeros)),
		"brotli":      answer(a, "Content-Type: text/html\r\nContent-Encoding: br", brotlied(zeros)),
		"deflate":     answer(a, "Content-Type: text/html\r\nContent-Encoding: deflate", deflated(zeros, true)),
		"zstd":        answer(a, "Content-Type: text/html\r\nContent-Encoding: zstd", zst(zeros)),
		"twice":       answer(a, "Content-Type: text/html\r\nContent-Encoding: gzip, gzip", gz(gz(zeros))),
		"the record":  gz(html(a, zeros)),
		"records":     strings.Repeat(gz(html(a, zeros[:4<<20])), 8),
		"passed over": gz(answer(a, "Content-Type: image/png", zeros)),
		"a header":    gz("WARC/1.0\n" + strings.Repeat("x: y\n", 5<<20)),
		"a line":      gz("WARC/1.0\nx: " + strings.Repeat("y", 24<<20)),
		"empty lines": gz(html(a, "x") + strings.Repeat("\n", 24<<20)),
		"MHTML":       gz(chrome(zeros)),
		"HAR":         gz(har(entry(a, 200, "text/html", strings.Repeat("x", 24<<20), ""))),
		"HAR, spaces": gz(har(strings.Repeat(" ", 24<<20) + "null")),
		"tar":         gz(tarred("a", zeros)),
	} {
		var failure error
		read := int64(0)
		for m, err := range unpack.Open("in", strings.NewReader(in), nil) {
			if err == nil {
				var n int64
				n, err = io.Copy(io.Discard, m.Reader)
				read += n
			}
			if err != nil {
				failure = err
			}
		}
		header := strings.HasPrefix(name, "a ") // is too long before it is a bomb
		if limit := int64(unpack.Allowance + unpack.MaxRatio*len(in) + 1<<17); !header && !errors.Is(failure, unpack.ErrBomb) || read > limit {
			t.Errorf("%s: %d bytes came out of %d, %v, want no more than %d", name, read, len(in), failure, limit)
		}
	}
	for m, err := range unpack.Open("in", strings.NewReader(html(a, strings.Repeat("x", unpack.MaxRecord+1))), nil) {
		if err != nil {
			t.Fatal(err)
		}
		n, err := io.Copy(io.Discard, m.Reader)
		if n != unpack.MaxRecord || !errors.Is(err, unpack.ErrCut) || !strings.Contains(err.Error(), "more than 64 MB") {
			t.Errorf("a page of 64 MB and a byte: %d bytes, %v", n, err)
		}
	}
}

// An archive that swells says so once, not for each of its files.
func TestBombEndsArchive(t *testing.T) {
	pairs := []string{"bomb", strings.Repeat("\x00", 24<<20)}
	for i := range 50 {
		pairs = append(pairs, fmt.Sprint(i), "x")
	}
	for name, in := range map[string]string{"zip": zipped(pairs...), "tar": gz(tarred(pairs...))} {
		got := look(strings.NewReader(in))
		if last := got[len(got)-1]; len(got) != 2 || !strings.Contains(last, "what follows in it is not read: it swells too much") {
			t.Errorf("%s: %d lines, the last %.100q, want the bomb and the end", name, len(got), last)
		}
	}
}

// endless gives a record again and again.
type endless struct {
	record string
	left   int // records
	at     int
}

func (e *endless) Read(b []byte) (int, error) {
	if e.left == 0 {
		return 0, io.EOF
	}
	n := copy(b, e.record[e.at:])
	if e.at += n; e.at == len(e.record) {
		e.at, e.left = 0, e.left-1
	}
	return n, nil
}

// 100,000 records go through in the memory that one takes: beside buffers, 16
// bytes a page to tell the pages of one address apart.
func TestStream(t *testing.T) {
	records := 100_000
	if testing.Short() {
		records = 10_000
	}
	record := gz(html(a, "<p>"+noise(300))) + gz(answer(a, "Content-Type: image/png", noise(300)))
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	pages, most := 0, uint64(0)
	for m, err := range unpack.Open("in", &endless{record: record, left: records / 2}, nil) {
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(io.Discard, m.Reader)
		if pages++; pages%10_000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&now)
			most = max(most, now.HeapAlloc)
		}
	}
	if pages != records/2 {
		t.Errorf("%d pages, want %d", pages, records/2)
	}
	if grown := int64(most) - int64(before.HeapAlloc); grown > 4<<20 {
		t.Errorf("the heap grew by %d bytes, want less than 4 MB", grown)
	}
}

func fuzzArchive(f *testing.F, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		n := 0
		for m, err := range unpack.Open("in", bytes.NewReader(b), func(s string) {
			if len(s) > 30_000 {
				t.Errorf("a note of %d bytes", len(s))
			}
		}) {
			if err == nil {
				io.Copy(io.Discard, io.LimitReader(m.Reader, 1<<20))
			}
			if n++; n > 1000 {
				break
			}
		}
	})
}

func FuzzWARC(f *testing.F) {
	fuzzArchive(f, html(a, "<p>1")+answer(a, "Content-Type: text/html\r\nTransfer-Encoding: chunked", "3\r\n<p>\r\n0\r\n\r\n"), gz(html(a, "x"))+gz(html(a, "y"))[:40]+gz(html(a, "z")),
		answer(a, "Content-Type: text/html\r\nContent-Encoding: br, deflate", brotlied(deflated("x", false))), answer(a, "Content-Type: text/html\r\nContent-Encoding: zstd", zst("x")),
		"filedesc://x.arc 0.0.0.0 20040229120000 text/plain 4\n2 0\n\nhttps://a.example/ 192.0.2.1 20040229120000 text/html 8\n<p>hello", "WARC/1.0\nContent-Length: 99999999999999\n\nx")
}

func FuzzMHTML(f *testing.F) {
	fuzzArchive(f, chrome("<p>1"), "MIME-Version: 1.0\nContent-Type: text/html\nContent-Location: https://a.example/\n\n<p>", "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: multipart/alternative; boundary=y\n\n--y\n\na\n--y--\n--x--")
}

func FuzzHAR(f *testing.F) {
	fuzzArchive(f, har(entry(a, 200, "text/html", "é\\\"", "")), har(`{"response":{"content":{"text":"\ud800"}}}`, "{"))
}

func FuzzTar(f *testing.F) { fuzzArchive(f, tarred("a", "A", "b.gz", gz("B"))) }

// words is a page that compresses as pages do, to a fifth or so.
func words(n int) string {
	var b strings.Builder
	r := rand.New(rand.NewPCG(5, 6))
	for text := noise(4000); b.Len() < n; {
		at := r.IntN(3900)
		fmt.Fprintf(&b, "<p class=comment>%s</p>\n", text[at:at+20+r.IntN(80)])
	}
	return b.String()
}

// BenchmarkWARC reads what a crawl looks like: pages of some 100 kB, a gzip
// member each. Its speed is that of what comes out.
func BenchmarkWARC(b *testing.B) {
	page := html(a, words(100_000))
	in := strings.Repeat(gz(page), 100)
	b.SetBytes(int64(100 * len(page)))
	b.ReportAllocs()
	for b.Loop() {
		for m, err := range unpack.Open("in", strings.NewReader(in), nil) {
			if err != nil {
				b.Fatal(err)
			}
			io.Copy(io.Discard, m.Reader)
		}
	}
}
