package all_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"threadheat/thread/format/all"
)

// claims are the formats that take a folder as a whole.
func claims(folder fs.FS) (names []string) {
	for _, f := range all.Formats {
		if f.SniffFolder == nil {
			continue
		}
		if c, _ := f.SniffFolder(folder); c > 0 {
			names = append(names, f.Name)
		}
	}
	return names
}

// No folder is claimed by two formats, and an ordinary one by none.
func TestFolders(t *testing.T) {
	for name, folder := range map[string]fs.FS{
		"":         fstest.MapFS{"a.html": {Data: []byte("<p>x")}, "sub/b.json": {Data: []byte("[]")}},
		"convokit": os.DirFS("../convokit/testdata/rosetta"),
		"slack": fstest.MapFS{
			"channels.json":       {Data: []byte("[]")},
			"a/2020-01-01.json":   {Data: []byte(`[{"type":"message","ts":"1.1","text":"x"}]`)},
			"a/RC_2020-01.ndjson": {},
		},
		"stackexchange": fstest.MapFS{
			"Posts.xml":    {Data: []byte(`<posts><row Id="1"/></posts>`)},
			"Comments.xml": {Data: []byte(`<comments><row Id="1"/></comments>`)},
		},
		"redditdump": fstest.MapFS{
			"RC_2008-01": {Data: []byte(`{"id":"a","link_id":"t3_x","parent_id":"t3_x","body":"b"}`)},
			"RS_2008-01": {},
		},
	} {
		got := claims(folder)
		if name == "" && len(got) > 0 || name != "" && (len(got) != 1 || got[0] != name) {
			t.Errorf("the folder of %q is claimed by %q", name, got)
		}
	}
}

func TestRosettaFolders(t *testing.T) {
	samples := shared(t, "samples/rosetta")
	for _, name := range []string{"slack", "convokit"} {
		if got := claims(os.DirFS(filepath.Join(samples, name))); len(got) != 1 || got[0] != name {
			t.Errorf("the sample %s is claimed by %q", name, got)
		}
	}
	if got := claims(os.DirFS(samples)); len(got) > 0 {
		t.Errorf("the folder of all samples is claimed by %q", got)
	}
}
