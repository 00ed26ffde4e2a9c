// Package scores reads tables of scores that stand beside threads: what another
// program, or people, said of each comment.
package scores

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"threadheat/thread"
	"threadheat/thread/internal/charset"
	"threadheat/thread/internal/columns"
	"threadheat/thread/unpack"
)

// Options say how to read a file. The zero Options will do.
type Options struct {
	Column string // that holds the scores; "" is the one that is called so
}

// Problem is a row that gives no score, or one that is odd.
type Problem struct {
	Line int // of the file; of Parquet, the row
	What string
}

// Set are the scores of a file, by comment and thread.
type Set struct {
	Name   string // of the file
	Column string // that the scores stand in

	Problems []Problem // in the order of the file, the first maxProblems
	Odd      int       // all of them
	Rows     int       // with an ID and a score from 0 to 1, that came first
	Empty    int       // rows without a score

	entries []entry
	at      map[key]int // place among the entries
	several int         // see Several
}

type key struct{ thread, id string }

type entry struct {
	key
	score    float64
	line     int
	used     bool
	shadowed bool // by a row that names the thread
}

// The names of columns that are looked for, as plain leaves them, the surest
// first. Those of scores are what programs that give some call them: our own, then
// Detoxify and Perspective.
var (
	idNames     = []string{"id", "commentid", "cid", "messageid", "msgid", "utteranceid", "tweetid", "postid", "identifiant", "comment"}
	threadNames = []string{"thread", "threadid", "conversation", "conversationid", "fil"}
	scoreNames  = []string{
		"score", "heat", "heat.value", "toxicity", "toxicity.value", "attributescores.toxicity.summaryscore.value", "summaryscore.value",
		"toxic", "probability", "prob", "value", "label",
	}
)

var plainName = strings.NewReplacer("_", "", " ", "", "-", "")

func plain(name string) string { return plainName.Replace(strings.ToLower(strings.TrimSpace(name))) }

// find is the first column with one of the names, -1 where there is none.
func find(header []string, names []string) int {
	for _, name := range names {
		if i := slices.IndexFunc(header, func(h string) bool { return plain(h) == name }); i >= 0 {
			return i
		}
	}
	return -1
}

// choose finds the columns of comment, thread (-1 for none) and score.
func choose(header []string, o Options) (id, thr, score int, err error) {
	if id = find(header, idNames); id < 0 {
		return 0, 0, 0, fmt.Errorf("no column holds the ID of the comments; call it id. There are %s", list(header))
	}
	thr = find(header, threadNames)
	if o.Column != "" {
		if score = slices.Index(header, o.Column); score < 0 {
			score = slices.IndexFunc(header, func(h string) bool { return plain(h) == plain(o.Column) })
		}
		if score < 0 {
			return 0, 0, 0, fmt.Errorf("no column is called %q; there are %s", o.Column, list(header))
		}
		return id, thr, score, nil
	}
	if score = find(header, scoreNames); score >= 0 {
		return id, thr, score, nil
	}
	var rest []int
	for i := range header {
		if i != id && i != thr {
			rest = append(rest, i)
		}
	}
	if len(rest) == 1 {
		return id, thr, rest[0], nil
	}
	return 0, 0, 0, fmt.Errorf("which column holds the scores? Name it with --scores-column; there are %s", list(header))
}

func list(header []string) string {
	if len(header) == 0 {
		return "none"
	}
	if len(header) > 40 {
		header = append(slices.Clone(header[:40]), "…")
	}
	return strings.Join(header, ", ")
}

// Open reads a file: a table of text, JSON objects one a line or in an array, or
// Parquet, whichever it is, compressed or not.
func Open(name string, o Options) (*Set, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, fmt.Errorf("%s is a folder; a file of scores is needed", name)
	}
	s, err := unwrapped(name, f, info.Size(), o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	s.Name = name
	return s, nil
}

// unwrapped reads a file that may be compressed; then it is kept in memory.
func unwrapped(name string, f *os.File, size int64, o Options) (*Set, error) {
	head := make([]byte, 4)
	n, _ := f.ReadAt(head, 0)
	if head = head[:n]; !slices.ContainsFunc(compressed, func(magic string) bool { return strings.HasPrefix(string(head), magic) }) {
		return read(f, size, o)
	}
	for m, err := range unpack.Open(name, f, nil) {
		if err != nil {
			return nil, err
		}
		b, err := io.ReadAll(io.LimitReader(m.Reader, unpack.MaxSpool+1))
		if err != nil {
			return nil, err
		}
		if len(b) > unpack.MaxSpool {
			return nil, fmt.Errorf("more than %d MiB come out of it; unpack it", unpack.MaxSpool>>20)
		}
		return read(bytes.NewReader(b), int64(len(b)), o)
	}
	return nil, errors.New("nothing is in it")
}

// compressed are how files of one compressed table begin: gzip, zstd, bzip2, xz.
var compressed = []string{"\x1f\x8b", "\x28\xb5\x2f\xfd", "BZh", "\xfd7zX"}

// input is a file that may be read in place.
type input interface {
	io.Reader
	io.ReaderAt
}

func read(in input, size int64, o Options) (*Set, error) {
	id, thr, score := 0, 0, 0
	pick := func(header []string) (read []int, err error) {
		if id, thr, score, err = choose(header, o); err != nil {
			return nil, err
		}
		read = []int{id, score}
		if thr >= 0 {
			read = append(read, thr)
		}
		slices.Sort(read)
		return slices.Compact(read), nil
	}
	table, err := open(in, size, pick)
	if errors.Is(err, io.EOF) {
		return &Set{at: map[key]int{}}, nil // an empty file
	}
	if err != nil {
		return nil, err
	}
	if _, err := pick(table.Header); err != nil { // of the columns that are read
		table.Close()
		return nil, err
	}
	s := &Set{Column: table.Header[score], at: map[key]int{}}
	for row, err := range table.Rows {
		if err != nil {
			return nil, err
		}
		field := func(k int) string {
			if k < 0 || k >= len(row.Fields) {
				return ""
			}
			return strings.TrimSpace(row.Fields[k])
		}
		if row.Odd != "" && !slices.ContainsFunc(row.Fields, func(s string) bool { return s != "" }) {
			s.problem(row.Line, "%s", row.Odd)
			continue
		}
		s.add(key{strings.Clone(field(thr)), strings.Clone(field(id))}, field(score), row.Line)
	}
	return s, nil
}

// open finds out what kind of table it is.
func open(in input, size int64, pick func(header []string) ([]int, error)) (*columns.Table, error) {
	head := make([]byte, 4)
	n, err := in.ReadAt(head, 0)
	if n == 0 {
		return nil, err
	}
	if string(head[:n]) == "PAR1" {
		return columns.OpenParquet(in, size, pick)
	}
	text := bufio.NewReader(in)
	if charset.IsUTF16(head[:n]) {
		text = bufio.NewReader(charset.NewReader(text, ""))
	}
	start, _ := text.Peek(1 << 10)
	start = []byte(strings.TrimLeft(strings.TrimPrefix(string(start), "\uFEFF"), " \t\r\n"))
	switch {
	case len(start) == 0:
		return nil, io.EOF
	case start[0] == '{' || start[0] == '[':
		return columns.OpenJSON(text)
	}
	return columns.OpenCSV(text)
}

// maxProblems is how many problems are kept: nobody reads further.
const maxProblems = 100

func (s *Set) problem(line int, format string, args ...any) {
	if s.Odd++; s.Odd <= maxProblems {
		s.Problems = append(s.Problems, Problem{line, fmt.Sprintf(format, args...)})
	}
}

// add takes one row.
func (s *Set) add(k key, text string, line int) {
	score, what := parse(text)
	switch {
	case k.id == "":
		s.problem(line, "no ID of a comment")
	case what != "":
		s.problem(line, "%s", what)
	case math.IsNaN(score):
		s.Empty++
	default:
		if before, again := s.at[k]; again {
			if e := s.entries[before]; e.score == score {
				s.problem(line, "the comment %s has its score in line %d already", k.id, e.line)
			} else {
				s.problem(line, "the comment %s has a score in line %d already: %v there counts, and not %v", k.id, e.line, e.score, score)
			}
			return
		}
		s.at[k] = len(s.entries)
		s.entries = append(s.entries, entry{key: k, score: score, line: line})
		s.Rows++

	}
}

// parse reads a score; NaN where there is none.
func parse(text string) (score float64, what string) {
	switch strings.ToLower(text) {
	case "", "null", "none", "na", "n/a", "nan", "-":
		return math.NaN(), ""
	case "true":
		return 1, ""
	case "false":
		return 0, ""
	}
	number := text
	if strings.Count(number, ",") == 1 && !strings.Contains(number, ".") {
		number = strings.Replace(number, ",", ".", 1) // as French spreadsheets write it
	}
	x, err := strconv.ParseFloat(number, 64)
	switch {
	case err != nil && !errors.Is(err, strconv.ErrRange), math.IsNaN(x):
		if len(text) > 40 {
			text = strings.ToValidUTF8(text[:40], "") + "…"
		}
		return 0, fmt.Sprintf("%q is no number", text)
	case x < 0 || x > 1 || math.IsInf(x, 0):
		return 0, fmt.Sprintf("%s is not between 0 and 1", text)
	}
	return x + 0, "" // and not -0
}

// Of are the scores of the comments of t, by their IDs. Where rows name threads,
// they are those with the ID of t, or the name of its file; a row that names none
// holds for each thread.
func (s *Set) Of(t *thread.Thread) map[string]float64 {
	out := map[string]float64{}
	m := t.Meta()
	for i := range t.Document() {
		if x, ok := s.Find(t.ID(i), m.ID, m.Source.Name); ok {
			out[t.ID(i)] = x
		}
	}
	return out
}

// Find is the score of a comment of a thread, which may go by several names; false
// where there is none.
func (s *Set) Find(id string, threads ...string) (score float64, ok bool) {
	for k := range len(threads) + 1 {
		name := "" // the last
		if k < len(threads) {
			name = threads[k]
		}
		at, there := s.at[key{name, id}]
		if !there {
			continue
		}
		e := &s.entries[at]
		if ok {
			e.shadowed = !e.used
			continue
		}
		if e.used && name == "" {
			s.several++
		}
		e.used = true
		score, ok = e.score, true
	}
	return score, ok
}

// Several is how many comments got a score that another comment with the same ID,
// in another thread, has got as well: the file does not say whose it is.
func (s *Set) Several() int { return s.several }

// Used is how many scores belong to comments that Of was asked for.
func (s *Set) Used() int {
	n := 0
	for _, e := range s.entries {
		if e.used {
			n++
		}
	}
	return n
}

// Unknown are the first rows, up to most, whose comment was in none of the threads
// that Of was asked for.
func (s *Set) Unknown(most int) []Problem {
	var out []Problem
	for _, e := range s.entries {
		if e.used {
			continue
		}
		if len(out) == most {
			break
		}
		what := "no comment of the input has the ID " + e.id
		if e.thread != "" {
			what = "no comment of the thread " + e.thread + " has the ID " + e.id
		}
		if e.shadowed {
			what = "another row gives the comment " + e.id + " its score, and names the thread"
		}
		out = append(out, Problem{e.line, what})
	}
	return out
}

// IsOurs tells that a column holds heats of this program, by its name.
func IsOurs(column string) bool { return plain(column) == "heat" || plain(column) == "heat.value" }
