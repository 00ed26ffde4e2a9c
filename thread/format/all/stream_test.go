package all_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"threadheat/fixtures"
	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/format/all"
	"threadheat/thread/format/ndjson"
	"threadheat/thread/unpack"
)

// dumped is one record of a dump after the other, of 97 threads. Each has 50
// fields, as in the 2020s.
func dumped(i int) string {
	return fmt.Sprintf(`{"all_awardings":[],"approved_at_utc":null,"approved_by":null,"archived":false,"associated_award":null,"author":"user_%[1]d","author_cakeday":true,"author_flair_background_color":"","author_flair_css_class":null,`+
		`"author_flair_richtext":[{"e":"text","t":"flair"}],"author_flair_template_id":null,"author_flair_text":"flair","author_flair_text_color":"dark","author_flair_type":"richtext","author_fullname":"t2_k%[1]d","author_patreon_flair":false,"author_premium":false,`+
		`"banned_at_utc":null,"banned_by":null,"body":"%[5]s","can_gild":true,"can_mod_post":false,"collapsed":false,"collapsed_because_crowd_control":null,"collapsed_reason":null,"comment_type":null,"controversiality":0,"created_utc":%[2]d,"distinguished":null,"edited":false,`+
		`"gilded":0,"gildings":{},"id":"k%07[3]d","is_submitter":false,"link_id":"t3_l%02[4]d","locked":false,"mod_note":null,"mod_reason_by":null,"mod_reason_title":null,"no_follow":true,"parent_id":"t3_l%02[4]d","permalink":"/r/test/comments/l%02[4]d/x/k%07[3]d/",`+
		`"retrieved_on":%[2]d,"score":%[1]d,"score_hidden":false,"send_replies":true,"stickied":false,"subreddit":"test","subreddit_id":"t5_2qh0u","subreddit_type":"public"}`+"\n",
		i%997, 1700000000+i, i, i%97, strings.Repeat(`Some words &amp; more, \"quoted\" at times.\n\n`, 1+i%12))
}

// told is one thread after the other, of 200 comments each.
func told() func(int) string {
	var line bytes.Buffer
	if err := ndjson.Encode(&line, fixtures.Build(fixtures.Bushy(200, 1)).WithMeta(thread.Meta{ID: "a name"})); err != nil {
		panic(err)
	}
	return func(i int) string { return strings.Replace(line.String(), `"a name"`, fmt.Sprintf(`"t%d"`, i), 1) }
}

// stream gives size bytes or more of what next tells, made while it is read.
type stream struct {
	next func(int) string
	size int
	i    int
	rest string
}

func (s *stream) Read(b []byte) (int, error) {
	if s.rest == "" {
		if s.size <= 0 {
			return 0, io.EOF
		}
		s.rest = s.next(s.i)
		s.i++
	}
	n := copy(b, s.rest)
	s.rest, s.size = s.rest[n:], s.size-n
	return n, nil
}

// packed is r through a compressor.
func packed(r io.Reader, wrap func(io.Writer) io.WriteCloser) io.Reader {
	out, in := io.Pipe()
	go func() {
		w := wrap(in)
		_, err := io.Copy(w, r)
		if err == nil {
			err = w.Close()
		}
		in.CloseWithError(err)
	}()
	return out
}

// peak reads an input as the program does and is the most memory that was in use
// between two comments or threads, in bytes, and how many of them there were.
// Comments of formats that keep all threads until the end are dropped as they
// come.
func peak(t *testing.T, r io.Reader) (most uint64, n int) {
	t.Helper()
	look := func() {
		if n++; n%1000 != 1 {
			return
		}
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		most = max(most, m.HeapAlloc)
	}
	for m, err := range unpack.Open("input", r, nil) {
		if err != nil {
			t.Fatal(err)
		}
		head, r, err := format.Peek("input", m.Reader)
		if err != nil {
			t.Fatal(err)
		}
		v, err := format.Detect(all.Formats, head)
		if err != nil {
			t.Fatal(err)
		}
		src := format.Source{Name: "input", Reader: r}
		if v.Format.Interleaved {
			for _, err := range v.Format.Decode(src, nowhere{}) {
				if err != nil {
					t.Fatal(err)
				}
				look()
			}
			continue
		}
		for th, err := range format.Threads(v.Format, src, thread.Source{}) {
			if err != nil {
				t.Fatal(err)
			}
			for range th.All() {
				look()
			}
		}
	}
	return most, n
}

type nowhere struct{}

func (nowhere) Describe(string, thread.Meta)     {}
func (nowhere) Report(string, thread.Diagnostic) {}

// Memory does not grow with the input: dumps stream, packed or not, and of
// threads that come one after the other one is in memory at a time.
func TestMemoryIsFlat(t *testing.T) {
	for _, c := range []struct {
		name string
		more uint64 // that may be in use for the larger input, in bytes
		open func(size int) io.Reader
	}{
		{"a dump", 1 << 20, func(size int) io.Reader { return &stream{next: dumped, size: size} }},
		{"a dump in gzip", 1 << 20, func(size int) io.Reader {
			return packed(&stream{next: dumped, size: size}, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
		}},
		// Compressor and decompressor keep some blocks at hand.
		{"a dump in zstd", 6 << 20, func(size int) io.Reader {
			return packed(&stream{next: dumped, size: size}, func(w io.Writer) io.WriteCloser {
				z, err := zstd.NewWriter(w, zstd.WithWindowSize(1<<18), zstd.WithEncoderConcurrency(1))
				if err != nil {
					panic(err)
				}
				return z
			})
		}},
		{"threads", 1 << 20, func(size int) io.Reader { return &stream{next: told(), size: size} }},
	} {
		t.Run(c.name, func(t *testing.T) {
			const small, large = 4 << 20, 16 << 20
			before, few := peak(t, c.open(small))
			after, many := peak(t, c.open(large))
			if after > before+c.more {
				t.Errorf("of %d MiB at most %d KiB are in use at a time, of %d MiB %d KiB", small>>20, before>>10, large>>20, after>>10)
			}
			if few < 2000 || many < 3*few {
				t.Errorf("%d and %d comments were read, which is too few to tell", few, many)
			}
		})
	}
}
