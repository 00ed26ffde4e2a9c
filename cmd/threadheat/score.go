package main

import (
	"fmt"
	"hash/maphash"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"threadheat/metrics/heat"
	"threadheat/render"
	"threadheat/render/scored"
	"threadheat/thread/list"
	"threadheat/thread/unpack"
)

func newScore(a *app) *cobra.Command {
	var out, lang, offsets string
	var o scored.Options
	var in list.Options
	var workers int
	c := &cobra.Command{
		Use:   "score [INPUT.jsonl|-]",
		Short: "Tell the heat of each comment of a plain list",
		Long: `Tell the heat of each comment of a plain list, with the words that made it.

The list has one JSON object a line,

  {"id":"a1","text":"…","parent_text":"…","lang":"fr"}

of which parent_text, the comment that it answers, and lang are optional; or it is
a table (CSV, TSV) with columns for the same. A file may be compressed. Out comes one
line for each comment, in the same order, as soon as it is known:

  {"id":"a1","heat":{"value":0.41,"n":23,"language":"fr","target":"addressee",
    "confidence":"high","evidence":[{"start":4,"end":9,"cue":"…","share":0.62},…]}}

value is from 0, cool, to 1; n is the number of words; language and target, at whom most
of the heat is aimed, are there where the words tell. confidence is low where the trained
model and the listed cues disagree, medium where they agree but the comment is short or
the model undecided, and high where neither is so; with every class it can be wrong. A text that cannot be read has the
value null and a reason. The shares of the evidence add up to 1. start and end are places
in the text, in bytes of UTF-8 unless --offsets says otherwise; a byte of the input that
is not UTF-8 counts as U+FFFD.

A line that is no such object is named on standard error with its number and gives no
line of output; with --strict the exit code is then 3. IDs that come twice are named
as well, and scored each time.

threadheat measure tells the heat of comments in their thread.`,
		Example: `  threadheat score comments.jsonl > heats.jsonl
  tail -f new.jsonl | threadheat score --no-evidence
  threadheat score table.csv --columns text=Body,id=Nr`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			var err error
			if o.Lang, err = parseLang(lang); err != nil {
				return err
			}
			if o.Offsets, err = findOffsets(offsets); err != nil {
				return err
			}
			if workers < 0 {
				return misusef("--workers %d: at least 1 is needed", workers)
			}
			if workers == 0 {
				workers = runtime.GOMAXPROCS(0)
			}
			s := &scoring{app: a, name: "-", options: o, seen: map[uint64]int32{}, seed: maphash.MakeSeed()}
			if len(args) == 0 || args[0] == "-" {
				return a.writeTo(out, func(w io.Writer) error {
					if err := s.run(w, a.stdin, in, workers); err != nil {
						return err
					}
					s.sum()
					return nil
				})
			}
			f, err := os.Open(args[0])
			if err != nil {
				return err
			}
			defer f.Close()
			if info, err := f.Stat(); err == nil && info.IsDir() {
				return misusef("%s is a folder: score reads one list", args[0])
			}
			s.name = args[0]
			return a.writeTo(out, func(w io.Writer) error {
				for m, err := range unpack.Open(args[0], f, func(note string) { a.say("%s", note) }) {
					if err != nil {
						return fmt.Errorf("%s: %w", m.Name, err)
					}
					s.name = m.Name
					if err := s.run(w, m.Reader, in, workers); err != nil {
						return err
					}
				}
				s.name = args[0]
				s.sum()
				return nil
			})
		},
	}
	f := c.Flags()
	f.StringVarP(&out, "output", "o", "-", "`FILE` to write, - for standard output")
	f.StringVar(&lang, "lang", "en", "`LANG` of reasons: en or fr")
	f.BoolVar(&o.NoEvidence, "no-evidence", false, "leave out the words that made the heat")
	f.StringVar(&offsets, "offsets", string(scored.Bytes), "`UNIT` of start and end: bytes of UTF-8, runes (code points, as in Python and R) or utf16 (as in JavaScript)")
	f.IntVar(&workers, "workers", 0, "`N` lines at a time; the output does not depend on it (default: as many as there are processors)")
	f.StringToStringVar(&in.Columns, "columns", nil, "which column of a table holds what, as `FIELD=NAME`: id or text (default: by their names)")
	f.BoolVar(&a.in.strict, "strict", false, "exit with 3 when a line could not be read")
	return c
}

func findOffsets(name string) (scored.Offsets, error) {
	var names []string
	for _, o := range scored.AllOffsets {
		if string(o) == name {
			return o, nil
		}
		names = append(names, string(o))
	}
	return "", misusef("--offsets %q is none of %s", name, strings.Join(names, ", "))
}

// worker scores block after block.
type worker struct {
	list.Decoder
	heat.Scorer
	last int // how long the output of the block before was
}

// heatOf is the heat of a comment of a list.
func (w *worker) heatOf(i *list.Item) heat.Score {
	if !i.HasText {
		return heat.Score{Reason: heat.NoText}
	}
	return w.Alone(i.Text, i.Parent, i.Reply, i.Lang)
}

// scoring is one run of the command.
type scoring struct {
	*app
	name    string
	options scored.Options

	seen     map[uint64]int32 // line of each ID, by its hash
	seed     maphash.Seed
	lines    int // that were scored
	bad, odd int // lines that were not, and that were all the same
	unseen   int // lines whose ID was not looked for among the others
}

// job is a block of lines on its way through a worker.
type job struct {
	block list.Block
	err   error // of the input; then there is no block
	done  chan done
}

// done is what became of a block.
type done struct {
	out      []byte
	items    int
	ids      []identity
	problems []list.Problem
}

type identity struct {
	hash uint64
	line int32
}

// run scores r. Blocks are read one after the other, scored by any worker, and
// written in their order; what is written is flushed whenever nothing waits.
func (s *scoring) run(w io.Writer, r io.Reader, o list.Options, workers int) error {
	queue, work := make(chan job, 2*workers), make(chan job)
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		defer close(queue)
		defer close(work)
		for block, err := range list.Blocks(r, o) {
			j := job{block, err, make(chan done, 1)}
			select {
			case queue <- j:
			case <-stop:
				return
			}
			if err != nil {
				return
			}
			select {
			case work <- j:
			case <-stop:
				return
			}
		}
	}()
	for range workers {
		go func() {
			mine := worker{Scorer: heat.Scorer{Bare: s.options.NoEvidence}}
			for j := range work {
				j.done <- s.score(&mine, j.block)
			}
		}()
	}
	for j := range queue {
		if j.err != nil {
			return fmt.Errorf("%s: %w", s.name, j.err)
		}
		d := <-j.done
		if _, err := w.Write(d.out); err != nil {
			return err
		}
		s.tell(d)
		if f, ok := w.(interface{ Flush() error }); ok && len(queue) == 0 {
			if err := f.Flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// score scores one block.
func (s *scoring) score(by *worker, b list.Block) (out done) {
	items, problems := by.Items(b)
	out.items, out.problems = len(items), problems
	out.ids = make([]identity, 0, len(items))
	out.out = make([]byte, 0, by.last+by.last/8)
	for k := range items {
		i := &items[k]
		out.out = scored.Append(out.out, i.ID, i.Text, by.heatOf(i), s.options)
		if i.ID != "null" {
			out.ids = append(out.ids, identity{maphash.String(s.seed, i.ID), int32(i.Line)})
		}
	}
	by.last = len(out.out)
	return out
}

// linesNamed is how many lines of a kind are named before they are only counted,
// and idsKept how many IDs are kept to find those that come again.
const (
	linesNamed = 20
	idsKept    = 1 << 22
	maxSaid    = 300 // letters of what is wrong with a line, which may quote it
)

// tell says what was odd about a block.
func (s *scoring) tell(d done) {
	problems := d.problems
	for _, id := range d.ids {
		if before, again := s.seen[id.hash]; again {
			problems = append(problems, list.Problem{Line: int(id.line), What: fmt.Sprintf("its ID stands in line %d already", before), Kept: true})
		} else if len(s.seen) < idsKept {
			s.seen[id.hash] = id.line
		} else {
			s.unseen++
		}
	}
	slices.SortStableFunc(problems, func(a, b list.Problem) int { return a.Line - b.Line })
	for _, p := range problems {
		n, what := &s.odd, "it was scored all the same"
		if !p.Kept {
			n, what = &s.bad, "it was not scored"
			s.quarantined = true
		}
		if *n++; *n <= linesNamed {
			s.say("%s, line %d: %s; %s", s.name, p.Line, render.Clip(p.What, maxSaid), what)
		}
	}
	s.lines += d.items
}

// sum says what tell was silent about.
func (s *scoring) sum() {
	if s.lines+s.bad == 0 {
		s.say("%s: no comments found", s.name)
	}
	if s.bad > linesNamed {
		s.say("%s: %d lines in all could not be read, and were not scored", s.name, s.bad)
	}
	if s.odd > linesNamed {
		s.say("%s: %d lines in all were odd, and were scored all the same", s.name, s.odd)
	}
	if s.unseen > 0 {
		s.say("%s: IDs that come twice were looked for among the first %d; %s stand beyond", s.name, idsKept, plural(s.unseen, "line"))
	}
}
