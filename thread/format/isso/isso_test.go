package isso

import (
	"testing"

	"threadheat/thread/internal/jsondoc/jsontest"
)

// An answer of the interface: one comment is gone, one waits, two people have
// no name, and three replies were not asked for.
func TestAnswer(t *testing.T) {
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "quirks", In: jsontest.File(t, "quirks.json"),
		Meta: []string{" |  |  | "},
		Comments: []string{
			`1 | Jo | 2013-12-17T23:01:01.572Z | 2 | | "Hello & welcome"`,
			`3 <1 declared |  | 2013-12-17T23:02:41Z edited 2013-12-17T23:03:20.500Z | -2 | | "Thanks\nall"`,
			`4 <1 declared |  | 2013-12-17T23:04:21Z | 0 | deleted | ""`,
			`2 | Jo | 2013-12-17T23:06:01Z | 0 | pending | "Waiting"`,
		},
		Diagnostics: []string{"more-comments"},
	}})
}

const generic = `[
 {"id": "/blog/one", "title": "One", "comments": [
  {"id": "1", "author": "Ida", "email": "ida@mail.example", "website": "", "remote_addr": "192.0.2.1", "created": "2018-11-28 17:24:23", "text": "A *word*.\n\nTwo & more."},
  {"id": "2", "author": "Ola", "email": "", "website": "", "remote_addr": "", "created": "2018-11-28 17:58:03", "text": "<p>Markup &amp; such</p>"}
 ]},
 {"id": "/blog/two", "title": "Two", "comments": [
  {"id": "1", "author": "", "email": "", "website": "", "remote_addr": "", "created": 1543427043, "text": "x"}
 ]},
 {"id": "/blog/three", "title": "Three", "comments": []}
]`

// The import format: numbers begin anew on each page, times have no zone.
func TestImport(t *testing.T) {
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "generic", In: generic,
		Meta: []string{"/blog/one | One | /blog/one | ", "/blog/two | Two | /blog/two | ", "/blog/three | Three | /blog/three | "},
		Comments: []string{
			`1 | Ida | 2018-11-28T17:24:23 |  | | "A *word*.\n\nTwo & more."`,
			`2 | Ola | 2018-11-28T17:58:03 |  | | "Markup & such"`,
			`1 |  | 2018-11-28T17:44:03Z |  | | "x"`,
		},
		Diagnostics: []string{"no-comments"},
	}})
	jsontest.BadInputs(t, Format, generic)
}

func TestBadInputs(t *testing.T) {
	jsontest.BadInputs(t, Format, jsontest.File(t, "quirks.json"))
}

func FuzzDecode(f *testing.F) {
	jsontest.Fuzz(f, Format, jsontest.File(f, "quirks.json"), generic)
}
