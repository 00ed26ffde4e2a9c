package mail

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
)

func TestDate(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"Sat, 25 Dec 2021 07:12:00 +0100", "2021-12-25T07:12:00+01:00"},
		{"25 Dec 2021 07:12 +0100 (CET)", "2021-12-25T07:12:00+01:00"},
		{"Sat, 25 Dec 2021 07:12:00 GMT", "2021-12-25T07:12:00Z"},
		{"Sat, 25 Dec 2021 07:12:00 -0000", "2021-12-25T07:12:00Z"},
		{"Sat, 25 Dec 2021 07:12:00 EST", "2021-12-25T07:12:00-05:00"},
		{"Sat, 25 Dec 2021 07:12:00 XYZ", "2021-12-25T07:12:00"}, // RFC 5322, 4.3: as if none
		{"Sat, 25 Dec 2021 07:12:00 +9900", "2021-12-25T07:12:00"},
		{"Sat, 25 Dec 2021 07:12:00", "2021-12-25T07:12:00"},
		{"Sat, 25 Dec 2021 07:12:60 +0000", "2021-12-25T07:12:59Z"},
		{"Sat, 25 Dec 21 07:12:00 +0000", "2021-12-25T07:12:00Z"},
		{"Mon, 25 Dec 95 07:12:00 +0000", "1995-12-25T07:12:00Z"},
		{"Mon, 25 Dec 103 07:12:00 +0000", "2003-12-25T07:12:00Z"},
		{"Monday, 25-Dec-95 07:12:00 GMT", "1995-12-25T07:12:00Z"},
		{"Sat Dec 25 07:12:00 2021", "2021-12-25T07:12:00"},
		{"Sat Dec 25 07:12:00 EST 2021", "2021-12-25T07:12:00-05:00"},
		{"Sat Dec 25 07:12:00 +0000 2021", "2021-12-25T07:12:00Z"},
		{"Sat, 25 Dec 2021 07:12:00 GMT+0200", "2021-12-25T07:12:00+02:00"},
		{"(a (nested) comment) 25 (of) December 2021 7:12:00.25 +01:00", "2021-12-25T07:12:00+01:00"},
		{"Sat, 25 Dec 2021", ""},
		{"Sat, 31 Feb 2021 07:12:00 +0000", ""},
		{"Sat, 25 Dec 2021 25:12:00 +0000", ""},
		{"Thu, 1 Jan 1970 00:00:00 +0000", ""},
		{"Sat, 25 Dec 99999999999999999999 07:12:00 +0000", ""},
		{"((((((", ""},
		{"", ""},
	} {
		if got, ok := date(tt.in, nil); got.String() != tt.want || ok != (tt.want != "") {
			t.Errorf("date(%q) = %v, %v, want %q", tt.in, got, ok, tt.want)
		}
	}
	paris := time.FixedZone("", 3600)
	if got, _ := date("25 Dec 2021 07:12:00", paris); got.String() != "2021-12-25T07:12:00+01:00" {
		t.Errorf("without a zone, in Paris = %v", got)
	}
	if got, _ := date("25 Dec 2021 07:12", nil); got.Precision() != thread.Minute {
		t.Errorf("precision without seconds = %v, want minute", got.Precision())
	}
}

func TestWords(t *testing.T) {
	for _, tt := range []struct{ name, in, charset, want string }{
		{"plain", "Ann Lee", "", "Ann Lee"},
		{"q", "=?utf-8?q?Zo=C3=A9?=", "", "Zoé"},
		{"b", "=?ISO-8859-1?B?QW5k6Q==?=", "", "Andé"},
		{"two are joined without the space", "=?utf-8?q?Zo?= =?utf-8?q?=C3=A9?= x", "", "Zoé x"},
		{"a letter cut in two", "=?utf-8?q?Zo=C3?=\t=?utf-8?q?=A9?=", "", "Zoé"},
		{"two character sets", "=?utf-8?q?=C3=A9?= =?iso-8859-1?q?=E9?=", "", "éé"},
		{"spaces in it", "=?iso-8859-1?q?caf=E9 au lait?= x", "", "café au lait x"},
		{"inside a word", "a=?utf-8?q?=C3=A9?=b", "", "aéb"},
		{"padding lost", "=?utf-8?b?Wm/DqQ?=", "", "Zoé"},
		{"language", "=?utf-8*fr?q?=C3=A9t=C3=A9?=", "", "été"},
		{"iso-2022-jp", "=?iso-2022-jp?b?GyRCRnxLXBsoQg==?=", "", "日本"},
		{"koi8-r", "=?koi8-r?b?8NLJ18XU?=", "", "Привет"},
		{"gb2312", "=?gb2312?b?xOO6ww==?=", "", "你好"},
		{"windows-1251", "=?windows-1251?q?=CF=F0=E8=E2=E5=F2?=", "", "Привет"},
		{"not closed", "=?utf-8?q?abc", "", "=?utf-8?q?abc"},
		{"unknown encoding", "=?utf-8?x?abc?= d", "", "=?utf-8?x?abc?= d"},
		{"raw latin 1", "caf\xe9", "iso-8859-1", "café"},
		{"raw koi8-r", "\xf0\xd2\xc9\xd7\xc5\xd4", "koi8-r", "Привет"},
		{"underscores", "=?utf-8?q?a_b=5F?=", "", "a b_"},
	} {
		if got := words([]byte(tt.in), tt.charset); got != tt.want {
			t.Errorf("%s: words(%q) = %q, want %q", tt.name, tt.in, got, tt.want)
		}
	}
}

func TestMailbox(t *testing.T) {
	for _, tt := range []struct{ in, name, address string }{
		{"Ann Lee <Ann@Example.org>", "Ann Lee", "ann@example.org"},
		{`"Lee, Ann" <ann@example.org>`, "Lee, Ann", "ann@example.org"},
		{`"Ann \"Red\" Lee" <ann@example.org>`, `Ann "Red" Lee`, "ann@example.org"},
		{"ann@example.org (Ann Lee)", "Ann Lee", "ann@example.org"},
		{"ann@example.org (Ann (of (many)) Lee)", "Ann (of (many)) Lee", "ann@example.org"},
		{"ann at example.org (Ann Lee)", "Ann Lee", "ann@example.org"},
		{"ann at example dot org", "ann", "ann@example.org"},
		{"ann.lee@example.org", "ann.lee", "ann.lee@example.org"},
		{"<ann@example.org>", "ann", "ann@example.org"},
		{`"ann@example.org" <ann@example.org>`, "ann", "ann@example.org"},
		{"Ann Lee (ann@example.org) <ann@example.org>", "Ann Lee", "ann@example.org"},
		{"=?utf-8?q?Zo=C3=A9=2C_Dr=2E?= <zoe@example.org>", "Zoé, Dr.", "zoe@example.org"},
		{"Ann <ann@example.org>, Bob <bob@example.org>", "Ann", "ann@example.org"},
		{"ann@example.org, bob@example.org", "ann", "ann@example.org"},
		{"utzoo!decvax!ann (Ann Lee)", "Ann Lee", "utzoo!decvax!ann"},
		{"utzoo!decvax!ann", "ann", "utzoo!decvax!ann"},
		{"Ann Lee", "Ann Lee", ""},
		{"'Ann Lee' <ann@example.org>", "Ann Lee", "ann@example.org"},
		{`"Ann <ann@example.org>`, "Ann", "ann@example.org"}, // the quotation is not closed
		{"ann@example.org (", "ann", "ann@example.org"},
		{"", "", ""},
		{"<>", "", ""},
	} {
		got := mailbox([]byte(tt.in), "")
		if got != (person{tt.name, tt.address}) {
			t.Errorf("mailbox(%q) = %+v, want %q and %q", tt.in, got, tt.name, tt.address)
		}
		if strings.Contains(got.name, "@") {
			t.Errorf("mailbox(%q) leaves an address in the name", tt.in)
		}
	}
}

func TestIDs(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want []string
	}{
		{"<a@b>", []string{"a@b"}},
		{"<a@b> <c@d>\t<e@f>", []string{"a@b", "c@d", "e@f"}},
		{"<a@b><c@d>,<e@f>", []string{"a@b", "c@d", "e@f"}},
		{"<a@ b>", []string{"a@b"}}, // it was folded there
		{`Message from Ann of "Mon" <x@y>`, []string{"x@y"}},
		{"Your message of Monday", nil},
		{"a@b c@d", []string{"a@b", "c@d"}},
		{"<a <b@c>", []string{"b@c"}},
		{"<a@b> <c@", []string{"a@b"}},
		{"<>", nil},
		{"", nil},
	} {
		if got := ids([]byte(tt.in)); !slices.Equal(got, tt.want) {
			t.Errorf("ids(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestParameters(t *testing.T) {
	for _, tt := range []struct {
		in, kind string
		params   map[string]string
	}{
		{"text/plain", "text/plain", nil},
		{"Text / Plain; Charset=UTF-8", "text/plain", map[string]string{"charset": "UTF-8"}},
		{`multipart/mixed; boundary="a;b\"c"; x=y`, "multipart/mixed", map[string]string{"boundary": `a;b"c`, "x": "y"}},
		{"multipart/mixed; boundary=a=b?c", "multipart/mixed", map[string]string{"boundary": "a=b?c"}},
		{`text/plain; charset="utf-8`, "text/plain", map[string]string{"charset": "utf-8"}},
		{"text/plain; charset=a; charset=b", "text/plain", map[string]string{"charset": "a"}},
		{"text/plain; flag; charset=a", "text/plain", map[string]string{"charset": "a"}},
		{"x/y; name*=utf-8''Zo%C3%A9", "x/y", map[string]string{"name": "Zoé"}},
		{"x/y; name*1*=%A9.txt; name*0*=iso-8859-1'fr'Zo", "x/y", map[string]string{"name": "Zo©.txt"}},
		{`multipart/mixed; boundary*0="ab"; boundary*1="cd"`, "multipart/mixed", map[string]string{"boundary": "abcd"}},
		{"", "", nil},
	} {
		kind, params := parameters([]byte(tt.in))
		if tt.params == nil {
			tt.params = map[string]string{}
		}
		if diff := cmp.Diff(tt.params, params); kind != tt.kind || diff != "" {
			t.Errorf("parameters(%q) = %q, want %q (-want +got):\n%s", tt.in, kind, tt.kind, diff)
		}
	}
}

func TestStripSubject(t *testing.T) {
	for _, tt := range []struct {
		in, want string
		reply    bool
	}{
		{"Hello", "Hello", false},
		{"Re: Hello", "Hello", true},
		{"RE:Hello", "Hello", true},
		{"Re: Re[4]: re^2: Hello", "Hello", true},
		{"RE : Bonjour", "Bonjour", true},
		{"RE\u00a0: Bonjour", "Bonjour", true},
		{"AW: WG: Hallo", "Hallo", true},
		{"WG: Hallo", "Hallo", false},
		{"SV: VS: Hej", "Hej", true},
		{"回复：你好", "你好", true},
		{"Fwd: Hello (fwd)", "Hello", false},
		{"[list] Re: Hello", "[list] Hello", true},
		{"Re: [list] Re: Hello", "[list] Hello", true},
		{"[PATCH 1/3] x: y", "[PATCH 1/3] x: y", false},
		{"R: ggplot", "R: ggplot", false},
		{"Report: x", "Report: x", false},
		{"Re", "Re", false},
		{"Re:", "", true},
		{"", "", false},
	} {
		if got, reply := stripSubject(tt.in); got != tt.want || reply != tt.reply {
			t.Errorf("stripSubject(%q) = %q, %v, want %q, %v", tt.in, got, reply, tt.want, tt.reply)
		}
	}
}

func TestTransferEncodings(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"Wm/DqQ==", "Zoé"},
		{"Wm\r\n/D\r\nqQ==\r\n", "Zoé"},
		{"Wm/DqQ", "Zoé"},
		{"W*m/ D!qQ=", "Zoé"},
		{"Wm/DqQ==Wm/DqQ==", "ZoéZoé"},
		{"Wm/DqQ==\n\n-- \nlist footer", "Zoé"}, // which a list has added
		{"W", ""},
		{"", ""},
	} {
		if got := string(decodeBase64(nil, []byte(tt.in))); got != tt.want {
			t.Errorf("decodeBase64(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
	for _, tt := range []struct{ in, want string }{
		{"Zo=C3=A9", "Zoé"},
		{"Zo=c3=a9", "Zoé"},
		{"a=\nb=\r\nc", "abc"},
		{"a = \nb", "a b"}, // white space after the soft end
		{"a  \nb\t\r\nc", "a\nb\nc"},
		{"1=2 =ZZ =", "1=2 =ZZ "},
		{"=", ""},
		{"a=20\nb", "a \nb"},
	} {
		if got := string(decodeQuoted(nil, []byte(tt.in))); got != tt.want {
			t.Errorf("decodeQuoted(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
