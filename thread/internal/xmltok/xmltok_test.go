package xmltok

import (
	"fmt"
	"strings"
	"testing"
)

// tokens writes what is read: <name> with attributes sorted by fmt, </name>,
// and the content of each <v>.
func tokens(in string) string {
	var b strings.Builder
	r := NewReader(strings.NewReader(in))
	for r.Next() {
		switch {
		case r.Kind == Start && r.Name == "v":
			fmt.Fprintf(&b, "%d:{%s}", r.Line, r.Content([]string{"row"}))
		case r.Kind == Start:
			fmt.Fprintf(&b, "<%s", r.Name)
			if attrs := r.Attributes(); len(attrs) > 0 {
				fmt.Fprint(&b, attrs)
			}
			b.WriteString(">")
		case r.Kind == End:
			fmt.Fprintf(&b, "</%s>", r.Name)
		}
	}
	if r.Err() != nil || r.Cut() != "" {
		fmt.Fprintf(&b, " %v %s", r.Err(), r.Cut())
	}
	return b.String()
}

func TestReader(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "<a>\n<v>x</v></a>", "<a>2:{x}</a>"},
		{"declaration", "<?xml version=\"1.0\"?><!-- <v> --><a><v>x</v></a>", "<a>1:{x}</a>"},
		{"character data", "<a><v>1 <![CDATA[&amp;<b>]]]]><![CDATA[>]]> &amp;&#233;&#x0;</v></a>", "<a>1:{1 &amp;<b>]]> &é\uFFFD}</a>"},
		{"markup inside", "<a><v>x <b class='y'>&lt;</b></v></a>", "<a>1:{x <b class='y'><</b>}</a>"},
		{"empty", "<a><v/><v></v></a>", "<a>1:{}1:{}</a>"},
		{"elements that HTML treats apart", "<a><title/><script><v>x</v></script><textarea/><v>y</v></a>", "<a><title><script>1:{x}</script><textarea>1:{y}</a>"},
		{"attributes", "<a><row Id=\"1\" dsq:ID='&lt;&#xA;' Id=\"2\"/></a>", "<a><rowmap[dsq:id:<\n id:1]></a>"},
		{"end tag missing", "<a><row><v>x<row><v>y</row></a>", "<a><row>1:{x}<row>1:{y}</row></a>"},
		{"defined entities", "<!DOCTYPE a [<!ENTITY x \"y\">]><a><v>&x;</v></a>", "<a>1:{&x;}</a>"},
		{"cut", "<a><v>x", "<a>1:{x} <nil> the file ends before </a>"},
		{"no XML", "x", ""},
		{"windows-1252", "<?xml version='1.0' encoding='windows-1252'?><a><v>\x80</v></a>", "<a>1:{€}</a>"},
	}
	for _, test := range tests {
		if got := tokens(test.in); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// Neither a long text nor many short ones are kept beyond the bound.
func TestTooLong(t *testing.T) {
	for name, in := range map[string]string{"text": strings.Repeat("x", maxToken+1), "markup": strings.Repeat("<b>"+strings.Repeat("x", 1021), maxToken/1024+2)} {
		r := NewReader(strings.NewReader("<a><v>" + in + "</v></a>"))
		for r.Next() {
			if r.Kind == Start && r.Name == "v" {
				r.Content(nil)
			}
		}
		if r.Err() != ErrTooLong {
			t.Errorf("%s: error %v, want %v", name, r.Err(), ErrTooLong)
		}
	}
}
