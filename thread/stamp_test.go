package thread_test

import (
	"testing"
	"time"

	"threadheat/thread"
)

// Bytes give back the very stamp, of all precisions, with and without zones.
func TestStampBinary(t *testing.T) {
	at := time.Date(1999, 12, 31, 23, 59, 58, 123e6, time.FixedZone("", -(5*60+30)*60))
	stamps := []thread.Stamp{{}}
	for p := thread.None; p <= thread.Second; p++ {
		stamps = append(stamps, thread.At(at, p), thread.Local(at, p), thread.At(at.AddDate(-1800, 0, 0), p))
	}
	for _, want := range stamps {
		b, err := want.AppendBinary([]byte("x"))
		if err != nil || b[0] != 'x' {
			t.Fatalf("AppendBinary of %s gives %q, %v", want, b, err)
		}
		var got thread.Stamp
		if err := got.UnmarshalBinary(b[1:]); err != nil || got != want {
			t.Errorf("%s comes back as %s, %v", want, got, err)
		}
		for _, bad := range [][]byte{b[2:], b, nil, append(append([]byte(nil), b[1:len(b)-1]...), 0x7F)} {
			if got.UnmarshalBinary(bad) == nil {
				t.Errorf("%x was taken for a stamp", bad)
			}
		}
	}
}

func TestMetaOr(t *testing.T) {
	full := thread.Meta{ID: "i", Title: "t", URL: "u", Article: "a", Lang: "fr", Declared: 3, HasDeclared: true, Source: thread.Source{Name: "n"}}
	other := thread.Meta{ID: "I", Title: "T", URL: "U", Article: "A", Lang: "de", Declared: 4, HasDeclared: true, Source: thread.Source{Name: "N"}}
	if got := full.Or(other); got != full {
		t.Errorf("what is known became %+v", got)
	}
	if got := (thread.Meta{}).Or(full); got != full {
		t.Errorf("what is not known became %+v, want %+v", got, full)
	}
	none := thread.Meta{HasDeclared: true} // the source says: no comments
	if got := none.Or(other); got.Declared != 0 || !got.HasDeclared {
		t.Errorf("no comments became %d", got.Declared)
	}
}
