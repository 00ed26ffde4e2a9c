package convokit_test

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/format/convokit"
	"threadheat/thread/internal/threadtest"
)

// write is the corpus of threads.
func write(t *testing.T, threads ...*thread.Thread) fstest.MapFS {
	t.Helper()
	files := map[string]*bytes.Buffer{}
	e, err := convokit.NewEncoder(func(name string) (io.Writer, error) {
		files[name] = &bytes.Buffer{}
		return files[name], nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, th := range threads {
		if err := e.Encode(th); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	folder := fstest.MapFS{}
	for name, b := range files {
		folder[name] = &fstest.MapFile{Data: b.Bytes()}
	}
	return folder
}

// readBack reads what write wrote.
func readBack(t *testing.T, folder fs.FS) (threads []*thread.Thread) {
	t.Helper()
	f, err := folder.Open("utterances.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	src := format.Source{Name: "in", Reader: f, Beside: folder}
	for th, err := range format.Threads(convokit.Format, src, thread.Source{Name: "in", Format: "convokit"}) {
		if err != nil {
			t.Fatal(err)
		}
		threads = append(threads, th)
	}
	return threads
}

// The files, written by hand from ConvoKit's description of its format.
func TestEncode(t *testing.T) {
	b := thread.NewBuilder(thread.Meta{
		ID: "gate", Title: "A gate", URL: "https://example.org/", Article: "Who left it open?", Lang: "en", Declared: 2, HasDeclared: true,
		Source: thread.Source{Name: "page.html", Format: "wordpress", Confidence: "certain", Captured: thread.At(time.Date(2022, 1, 2, 3, 4, 5, 0, time.UTC), thread.Second)},
	})
	// 26 December 2021, 09:44 is 1640511840 seconds after 1970.
	at := time.Date(2021, 12, 26, 9, 44, 0, 0, time.FixedZone("", 3600))
	b.Add(thread.Comment{ID: "1", Author: "Ann", AuthorKey: "7", Time: thread.Local(at, thread.Minute), Text: "Not me 👩\nor “é”.", Score: -3, HasScore: true})
	b.Add(thread.Comment{ID: "undated", Author: "Bo", Text: "Undated."})
	b.Add(thread.Comment{ID: "2", Parent: "1", Time: thread.At(at, thread.Second), Edited: thread.Local(at, thread.Day), Basis: thread.Mentioned, Certainty: 0.75, State: thread.Deleted})
	post := thread.NewBuilder(thread.Meta{ID: "t2"})
	post.Add(thread.Comment{ID: "1", Author: "Ann", Kind: thread.Post})
	post.Add(thread.Comment{ID: "a", Author: "[article]", Parent: "1", Basis: thread.Nested})
	folder := write(t, b.Build(), post.Build(), thread.NewBuilder(thread.Meta{ID: "1"}).Build())
	for name, want := range map[string]string{
		"utterances.jsonl": `{"id":"gate","conversation_id":"gate","text":"Who left it open?","speaker":"[article]","meta":{"id":null,"author":null,"author_key":null,"time":null,"precision":null,"depth":null,"basis":null,"certainty":null,"score":null,"edited":null,"edited_precision":null,"kind":"article","state":null},"reply-to":null,"timestamp":1640508240,"vectors":[]}
{"id":"1","conversation_id":"gate","text":"Not me \ud83d\udc69\nor \u201c\u00e9\u201d.","speaker":"Ann (7)","meta":{"id":"1","author":"Ann","author_key":"7","time":"2021-12-26T09:44:00","precision":"minute","depth":0,"basis":null,"certainty":null,"score":-3,"edited":null,"edited_precision":null,"kind":"comment","state":"visible"},"reply-to":"gate","timestamp":1640511840,"vectors":[]}
{"id":"undated","conversation_id":"gate","text":"Undated.","speaker":"Bo","meta":{"id":"undated","author":"Bo","author_key":null,"time":null,"precision":null,"depth":0,"basis":null,"certainty":null,"score":null,"edited":null,"edited_precision":null,"kind":"comment","state":"visible"},"reply-to":"gate","timestamp":1640511840,"vectors":[]}
{"id":"2","conversation_id":"gate","text":"","speaker":"[unknown] 2","meta":{"id":"2","author":null,"author_key":null,"time":"2021-12-26T09:44:00+01:00","precision":"second","depth":1,"basis":"mentioned","certainty":0.75,"score":null,"edited":"2021-12-26","edited_precision":"day","kind":"comment","state":"deleted"},"reply-to":"1","timestamp":1640508240,"vectors":[]}
{"id":"t2/1","conversation_id":"t2/1","text":"","speaker":"Ann","meta":{"id":"1","author":"Ann","author_key":null,"time":null,"precision":null,"depth":0,"basis":null,"certainty":null,"score":null,"edited":null,"edited_precision":null,"kind":"post","state":"visible"},"reply-to":null,"timestamp":0,"vectors":[]}
{"id":"t2/a","conversation_id":"t2/1","text":"","speaker":"[article]~2","meta":{"id":"a","author":"[article]","author_key":null,"time":null,"precision":null,"depth":1,"basis":"nested","certainty":null,"score":null,"edited":null,"edited_precision":null,"kind":"comment","state":"visible"},"reply-to":"t2/1","timestamp":0,"vectors":[]}
{"id":"1~2","conversation_id":"1~2","text":"","speaker":"[article]","meta":{"id":null,"author":null,"author_key":null,"time":null,"precision":null,"depth":null,"basis":null,"certainty":null,"score":null,"edited":null,"edited_precision":null,"kind":"article","state":null},"reply-to":null,"timestamp":0,"vectors":[]}
`,
		"conversations.json": `{"gate": {"meta":{"id":"gate","title":"A gate","url":"https://example.org/","lang":"en","declared_count":2,"source_name":"page.html","source_format":"wordpress","source_confidence":"certain","source_sha256":null,"source_captured":"2022-01-02T03:04:05Z"},"vectors":[]},
"t2/1": {"meta":{"id":"t2","title":null,"url":null,"lang":null,"declared_count":null,"source_name":null,"source_format":null,"source_confidence":null,"source_sha256":null,"source_captured":null},"vectors":[]},
"1~2": {"meta":{"id":"1","title":null,"url":null,"lang":null,"declared_count":null,"source_name":null,"source_format":null,"source_confidence":null,"source_sha256":null,"source_captured":null},"vectors":[]}}
`,
		"speakers.json": `{"[article]": {"meta":{"name":null,"author_key":null},"vectors":[]},
"Ann (7)": {"meta":{"name":"Ann","author_key":"7"},"vectors":[]},
"Bo": {"meta":{"name":"Bo","author_key":null},"vectors":[]},
"[unknown] 2": {"meta":{"name":null,"author_key":null},"vectors":[]},
"Ann": {"meta":{"name":"Ann","author_key":null},"vectors":[]},
"[article]~2": {"meta":{"name":"[article]","author_key":null},"vectors":[]}}
`,
		"corpus.json": `{"schema":"threadheat/convokit/v1"}
`,
	} {
		if diff := cmp.Diff(want, string(folder[name].Data)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// ConvoKit's dump leaves out, without a word, what its index does not name.
func TestIndex(t *testing.T) {
	b := thread.NewBuilder(thread.Meta{ID: "t"})
	b.Add(thread.Comment{ID: "1"})
	folder := write(t, b.Build())
	var index map[string]any
	decodeJSON(t, folder, "index.json", &index)
	type object struct{ Meta map[string]any }
	var utterance object
	var conversations, speakers map[string]object
	decodeJSON(t, folder, "utterances.jsonl", &utterance)
	decodeJSON(t, folder, "conversations.json", &conversations)
	decodeJSON(t, folder, "speakers.json", &speakers)
	for name, meta := range map[string]map[string]any{
		"utterances-index": utterance.Meta, "conversations-index": conversations["t"].Meta, "speakers-index": speakers["[article]"].Meta, "overall-index": {"schema": 1},
	} {
		want := slices.Sorted(maps.Keys(meta))
		got := slices.Sorted(maps.Keys(index[name].(map[string]any)))
		if len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("%s names %q, the meta has %q", name, got, want)
		}
	}
}

// decodeJSON reads the first value of a file.
func decodeJSON(t *testing.T, folder fstest.MapFS, name string, to any) {
	t.Helper()
	if err := json.NewDecoder(bytes.NewReader(folder[name].Data)).Decode(to); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

func TestEncodeNothing(t *testing.T) {
	folder := write(t)
	for name, want := range map[string]string{"utterances.jsonl": "", "conversations.json": "{}\n"} {
		if got := string(folder[name].Data); got != want {
			t.Errorf("%s holds %q, want %q", name, got, want)
		}
	}
}

func same(t *testing.T, want []*thread.Thread) {
	t.Helper()
	got := readBack(t, write(t, want...))
	if len(got) != len(want) {
		t.Fatalf("%d threads read, want %d", len(got), len(want))
	}
	for i, w := range want {
		if diff := cmp.Diff(threadtest.DumpOf(w).Carried(), threadtest.DumpOf(got[i]).Carried(), cmp.AllowUnexported(thread.Stamp{})); diff != "" {
			t.Fatalf("%s of %s (-written +read):\n%s", w.Meta().ID, w.Meta().Source.Name, diff)
		}
	}
}

func TestRoundTripOfFixtures(t *testing.T) {
	same(t, threadtest.Corpus(t, "../../.."))
}

func TestRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for range 60 {
		var threads []*thread.Thread
		for range 5 {
			threads = append(threads, threadtest.Named(threadtest.Random(r)))
		}
		same(t, threads)
	}
}
