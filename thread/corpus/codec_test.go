package corpus

import (
	"math"
	"testing"
	"time"

	"threadheat/thread"
)

// FuzzComment: what was written is read back, and a record cut short or changed
// is either read or refused.
func FuzzComment(f *testing.F) {
	f.Add("id", "parent", "ann", "u1", "text", 4, true, int64(1700000000123), 120, uint8(6), uint8(2), float32(0.5), "file", 3, int64(44), uint8(0))
	f.Add("", "", "", "", "", 0, false, int64(0), 0, uint8(0), uint8(0), float32(0), "", 0, int64(0), uint8(1))
	f.Add("\xff", "é", "\x00", " ", "a\r\nb", -1<<40, true, int64(-1), -720, uint8(3), uint8(255), float32(math.Inf(1)), "a/b", -1, int64(-1), uint8(255))
	f.Fuzz(func(t *testing.T, id, parent, author, key, text string, score int, scored bool, ms int64, zone int, precision, small uint8, certainty float32, file string, line int, offset int64, harm uint8) {
		if certainty != certainty {
			certainty = 0 // not equal to itself
		}
		at := time.UnixMilli(ms).In(time.FixedZone("", zone%1440*60))
		c := thread.Comment{
			ID: id, Parent: parent, Author: author, AuthorKey: key, Text: text, Score: score, HasScore: scored,
			Time: thread.At(at, thread.Precision(precision%7)), Edited: thread.Local(at, thread.Precision(small%7)),
			Kind: thread.Kind(small), State: thread.State(precision), Basis: thread.Basis(harm), Certainty: certainty,
			Pos: thread.Pos{File: file, Line: line, Offset: offset},
		}
		var code codec
		record := code.appendComment(nil, &c)
		in := cursor{b: record[1:]}
		if got := code.comment(&in); got != c || in.bad || record[0] != isComment {
			t.Fatalf("%+v was read back as %+v", c, got)
		}
		short := cursor{b: record[1 : 1+int(harm)%len(record)]}
		code.comment(&short)
		record[int(harm)%len(record)] ^= 1 + harm
		changed := cursor{b: record[1:]}
		code.comment(&changed)
	})
}

func TestMetaAndReport(t *testing.T) {
	captured := thread.At(time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC), thread.Minute)
	m := thread.Meta{
		ID: "id", Title: "t", URL: "u", Article: "a\n\nb", Lang: "fr", Declared: -3, HasDeclared: true,
		Source: thread.Source{Name: "n", Format: "f", Confidence: "c", SHA256: "s", Captured: captured},
	}
	in := cursor{b: appendMeta(nil, &m)[1:]}
	if got := meta(&in); got != m || in.bad {
		t.Errorf("%+v was read back as %+v", m, got)
	}
	d := thread.Diagnostic{Code: thread.Cycle, Severity: thread.Repaired, Comment: "7", Pos: thread.Pos{File: "x", Line: 2, Offset: 9}, Message: "m"}
	var code codec
	in = cursor{b: code.appendReport(nil, &d)[1:]}
	if got := code.report(&in); got != d || in.bad {
		t.Errorf("%+v was read back as %+v", d, got)
	}
}

// FuzzRecord reads what is none.
func FuzzRecord(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{isMeta, 1, 2, 11})
	f.Add([]byte{isReport, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		code := codec{files: []string{"f"}}
		for _, read := range []func(*cursor){
			func(in *cursor) { code.comment(in) },
			func(in *cursor) { meta(in) },
			func(in *cursor) { code.report(in) },
		} {
			in := cursor{b: b}
			if read(&in); len(b) == 0 && !in.bad {
				t.Error("nothing was taken for a record")
			}
		}
	})
}
