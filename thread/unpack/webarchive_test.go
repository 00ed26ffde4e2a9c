package unpack_test

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
)

// plist writes a binary property list of strings, []byte, lists ([]any) and
// dictionaries (pairs of keys and values, dict).
type plist struct {
	objects []string
}

type dict []any

func (p *plist) add(v any) byte {
	mark := func(kind, n int) string {
		if n < 15 {
			return string([]byte{byte(kind<<4 | n)})
		}
		return string([]byte{byte(kind<<4 | 15), 0x12}) + string(binary.BigEndian.AppendUint32(nil, uint32(n)))
	}
	at := len(p.objects)
	p.objects = append(p.objects, "")
	var s string
	switch v := v.(type) {
	case string:
		s = mark(5, len(v)) + v
		if letters := utf16.Encode([]rune(v)); len(letters) < len(v) {
			s = mark(6, len(letters))
			for _, c := range letters {
				s += string(binary.BigEndian.AppendUint16(nil, c))
			}
		}
	case []byte:
		s = mark(4, len(v)) + string(v)
	case []any:
		s = mark(10, len(v))
		for _, e := range v {
			s += string([]byte{p.add(e)})
		}
	case dict:
		s = mark(13, len(v)/2)
		for i := range v {
			s += string([]byte{p.add(v[i%(len(v)/2)*2+i/(len(v)/2)])})
		}
	}
	p.objects[at] = s
	return byte(at)
}

func webarchive(v any) string {
	p := &plist{}
	p.add(v)
	b := []byte("bplist00")
	var table []byte
	for _, o := range p.objects {
		table = binary.BigEndian.AppendUint32(table, uint32(len(b)))
		b = append(b, o...)
	}
	at := len(b)
	b = append(append(b, table...), 0, 0, 0, 0, 0, 0, 4, 1)
	for _, n := range []int{len(p.objects), 0, at} {
		b = binary.BigEndian.AppendUint64(b, uint64(n))
	}
	return string(b)
}

func safari(url, kind, encoding, content string) dict {
	return dict{"WebResourceData", []byte(content), "WebResourceMIMEType", kind, "WebResourceTextEncodingName", encoding, "WebResourceURL", url}
}

func TestWebarchive(t *testing.T) {
	long := "<p>" + strings.Repeat("x", 1000)
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"a page", webarchive(dict{"WebMainResource", safari(a, "text/html", "UTF-8", long)}), []string{fmt.Sprintf("in/%s [%s ] %.60s", a, a, long), "# in: 1 page"}},
		{"an encoding, an address beyond ASCII", webarchive(dict{"WebMainResource", safari(a+"é", "text/html", "windows-1251", "<p>\xcf\xf0\xe8")}), []string{"in/" + a + "é [" + a + "é ] \uFEFF<p>При", "# in: 1 page"}},
		{"pictures and frames", webarchive(dict{
			"WebSubresources", []any{safari(a+"1", "image/png", "", "x"), safari(a+"2", "text/css", "", "x"), safari(a+"3", "", "", "x")},
			"WebSubframeArchives", []any{dict{"WebMainResource", safari("https://frame.example/", "text/html", "UTF-8", "<p>2"), "WebSubframeArchives", []any{dict{"WebMainResource", safari("", "application/json", "", "{}")}}}},
			"WebMainResource", safari(a, "text/html", "UTF-8", "<p>1"),
		}), []string{"in/" + a + " [" + a + " ] <p>1", "in/https://frame.example/ [https://frame.example/ ] <p>2", "in/page 3 [ ] {}", "# in: 3 pages; passed over 1 image, 1 style sheet, 1 unknown file"}},
		{"a picture", webarchive(dict{"WebMainResource", safari(a, "image/png", "", "x")}), []string{"# in: no pages; passed over 1 image"}},
		{"another property list", webarchive(dict{"Name", "x"}), []string{"# in: an archive without a page in it", "# in: no pages"}},
		{"cut off", webarchive(dict{"WebMainResource", safari(a, "text/html", "UTF-8", long)})[:900], []string{"# in: no pages", "error in: the property list is broken: unexpected EOF"}},
		{"the mark alone", "bplist00", []string{"# in: no pages", "error in: the property list is broken: unexpected EOF"}},
	} {
		if diff := cmp.Diff(c.want, look(strings.NewReader(c.in))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
	// A list of frames that holds itself: {WebMainResource: a page, WebSubframeArchives: [itself]}.
	in := webarchive(dict{"WebMainResource", safari(a, "text/html", "", "<p>1"), "WebSubframeArchives", []any{"x"}})
	list := strings.LastIndex(in, "\xa1")
	if got := look(strings.NewReader(in[:list+1] + "\x00" + in[list+2:])); len(got) != 1002 || got[1000] != "# in: it shows more than 1000 pages; the rest is not read" {
		t.Errorf("a list that holds itself: %d lines, the last %q, want 1000 pages, a remark and the account", len(got), got[len(got)-1])
	}
}

func FuzzWebarchive(f *testing.F) {
	fuzzArchive(f, webarchive(dict{"WebMainResource", safari(a, "text/html", "UTF-8", "<p>1"), "WebSubframeArchives", []any{dict{"WebMainResource", safari(a+"é", "", "", "2")}}, "WebSubresources", []any{safari(a, "image/png", "", "x")}}))
}
