package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/format/convokit"
	"threadheat/thread/format/csv"
	"threadheat/thread/format/ndjson"
	"threadheat/thread/format/parquet"
)

func newConvert(a *app) *cobra.Command {
	var out, to, keyFile string
	var force bool
	c := &cobra.Command{
		Use:   "convert INPUT...",
		Short: "Write threads as NDJSON, CSV, Parquet or a ConvoKit corpus",
		Long: `Write threads as NDJSON, CSV, Parquet or a ConvoKit corpus. threadheat reads all
four back to the same threads: comments in their order, parents, authors, times
as precise as they were, and what is known of the thread. Only NDJSON keeps what
was odd about the input and the comments that were set aside.

CSV and Parquet have a comment a row. "thread" tells the threads apart, id and
parent the comments in it. thread_title and thread_url stand in each row, the
article and all else about a thread in its first row only. A ghost, to which
somebody answers but which the input does not hold, is a row whose state is
missing. Parquet adds time_utc, empty where the zone is unknown, and time_local,
as the clock on the page showed it; see precision for how much of them is meant.

CSV is UTF-8 without byte order mark (Excel: Data, From Text/CSV), its texts are
as they were written: one that begins with = is a formula to a spreadsheet. In
pandas, read_csv(…, dtype=str, keep_default_na=False) leaves IDs and names alone.

A ConvoKit corpus is a folder for Corpus(filename=FOLDER). Each thread is a
conversation; its root is the opening post, or else an utterance of the speaker
[article], which top-level comments answer. Timestamps are in seconds, of the
clock on the page where its zone is unknown. ConvoKit wants one everywhere: a
comment without a time has that of the comment before it, and its meta["time"]
is None.`,
		Example: `  threadheat convert page.html -o page.parquet
  threadheat convert *.html --to csv > comments.csv
  threadheat convert reddit.zst -o corpus/`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, inputs []string) error {
			target, err := chooseTarget(to, out)
			if err != nil {
				return err
			}
			change, err := pseudonymizer(keyFile)
			if err != nil {
				return err
			}
			left := leftOut{target: target}
			fill := func(e encoder) error {
				for t, err := range a.threads(inputs) {
					if err != nil {
						return err
					}
					left.count(t)
					if err := e.Encode(change(t)); err != nil {
						return err
					}
				}
				return e.Close()
			}
			if target == "convokit" {
				err = a.writeCorpus(out, force, fill)
			} else {
				err = a.writeTo(out, func(w io.Writer) error { return fill(encoders[target](w)) })
			}
			if err == nil {
				left.say(a)
			}
			return err
		},
	}
	f := c.Flags()
	f.StringVarP(&out, "output", "o", "-", "`FILE` to write, or folder for a ConvoKit corpus; - for standard output")
	f.StringVar(&to, "to", "", "`KIND` of output: jsonl, csv, parquet or convokit (default: by the ending of -o, none for a folder)")
	f.StringVar(&keyFile, "pseudonymize", "", "replace authors' names by pseudonyms under the key in `KEYFILE`")
	f.BoolVar(&force, "force", false, "write a corpus into a folder that holds other things; they stay")
	return c
}

// encoder writes threads one after the other. Close writes what is left, and
// leaves the file open.
type encoder interface {
	Encode(*thread.Thread) error
	Close() error
}

// encoders are those that write one file, by the kind of output.
var encoders = map[string]func(io.Writer) encoder{
	"jsonl":   func(w io.Writer) encoder { return lines{w} },
	"csv":     func(w io.Writer) encoder { return csv.NewEncoder(w) },
	"parquet": func(w io.Writer) encoder { return parquet.NewEncoder(w) },
}

// lines writes NDJSON.
type lines struct{ w io.Writer }

func (l lines) Encode(t *thread.Thread) error { return ndjson.Encode(l.w, t) }
func (l lines) Close() error                  { return nil }

var targetByExt = map[string]string{".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet", "": "convokit"}

// chooseTarget is the kind of output.
func chooseTarget(to, out string) (string, error) {
	switch to {
	case "jsonl", "csv", "parquet", "convokit":
	case "":
		if out == "-" || out == "" {
			return "", misusef("say what to write: -o FILE, or --to jsonl, csv or parquet for standard output")
		}
		if info, err := os.Stat(out); err == nil && info.IsDir() || strings.HasSuffix(out, "/") {
			return "convokit", nil
		}
		ext := strings.ToLower(filepath.Ext(out))
		if to = targetByExt[ext]; to == "" {
			return "", misusef("the ending of %s tells no kind of output: end it in .jsonl, .csv or .parquet, name a folder for a ConvoKit corpus, or say --to", out)
		}
	default:
		return "", misusef("--to %q is none of jsonl, csv, parquet, convokit", to)
	}
	if to == "convokit" && (out == "-" || out == "") {
		return "", misusef("a ConvoKit corpus is a folder: name it with -o")
	}
	return to, nil
}

// leftOut counts what a kind of output cannot say.
type leftOut struct {
	target                          string
	diagnostics, quarantined, empty int
}

func (l *leftOut) count(t *thread.Thread) {
	if l.target == "jsonl" {
		return
	}
	l.diagnostics += len(t.Diagnostics())
	l.quarantined += len(t.Quarantined())
	if t.Len() == 0 && l.target != "convokit" {
		l.empty++
	}
}

func (l *leftOut) say(a *app) {
	if l.empty > 0 {
		a.say("threads without comments are not in the output, where a row is a comment: %d; .jsonl keeps them", l.empty)
	}
	if l.diagnostics > 0 {
		a.say("notes about the input are not in the output: %d; .jsonl keeps them", l.diagnostics)
	}
	if l.quarantined > 0 {
		a.say("comments that were set aside are not in the output: %d; .jsonl keeps them", l.quarantined)
	}
}

// writeCorpus calls fill with an encoder of a ConvoKit corpus. Its files appear
// in the folder when all of them are whole; what else stands there stays.
func (a *app) writeCorpus(folder string, force bool, fill func(encoder) error) (err error) {
	folder = filepath.Clean(folder)
	if err := mayHoldCorpus(folder, force); err != nil {
		return err
	}
	part, err := os.MkdirTemp(filepath.Dir(folder), ".threadheat-*")
	if err != nil {
		return fmt.Errorf("writing %s: %w", folder, err)
	}
	parts.add(part)
	defer parts.remove(part)
	var files []*os.File
	e, err := convokit.NewEncoder(func(name string) (io.Writer, error) {
		f, err := os.Create(filepath.Join(part, name))
		if err == nil {
			files = append(files, f)
		}
		return f, err
	})
	if err == nil {
		err = fill(e)
	}
	for _, f := range files {
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return err
	}
	if err := os.Mkdir(folder, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	for _, f := range files {
		if err := os.Rename(f.Name(), filepath.Join(folder, filepath.Base(f.Name()))); err != nil {
			return err
		}
	}
	return nil
}

// mayHoldCorpus refuses a folder that holds other things than a corpus.
func mayHoldCorpus(folder string, force bool) error {
	info, err := os.Stat(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return fmt.Errorf("%s is a file: a ConvoKit corpus is a folder", folder)
	}
	if c, _ := convokit.Format.SniffFolder(os.DirFS(folder)); c > format.No || force {
		return nil
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	if len(entries) > 0 {
		return fmt.Errorf("%s holds other things than a ConvoKit corpus: name a new folder, or write among them with --force", folder)
	}
	return nil
}
