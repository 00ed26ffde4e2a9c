// Package parquet reads comments from tables in the Parquet format, and writes
// them.
package parquet

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path/filepath"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/columns"
	"threadheat/thread/unpack"
)

// Format reads the flat columns of a table; lists in it are passed over. Which
// column is what is told by their names in several languages, or by
// Options.Columns; package columns has the rules. The line of a comment is the
// number of its row.
//
// A file is read in place, a page of each column at a time. What comes from a
// pipe or out of a wrapping is kept in memory, up to unpack.MaxSpool.
var Format = &format.Format{
	Name:          "parquet",
	Doc:           "tables in Parquet, a comment a row; `--columns` says which column is what where names do not",
	URL:           "https://parquet.apache.org/docs/file-format/",
	Sniff:         sniff,
	Interleaved:   true,
	ThreadParents: true,
	Decode:        decode,
}

const magic = "PAR1"

func sniff(h format.Head) (format.Confidence, string) {
	if bytes.HasPrefix(h.Bytes, []byte(magic)) {
		return format.Certain, "it begins with " + magic
	}
	return format.No, "it does not begin with " + magic
}

func decode(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return func(yield func(thread.Comment, error) bool) {
		r, size, done, err := inPlace(src)
		if err != nil {
			yield(thread.Comment{}, err)
			return
		}
		defer done()
		table, err := columns.OpenParquet(r, size, func(header []string) ([]int, error) { return columns.Wanted(header, src.Columns) })
		if err != nil {
			yield(thread.Comment{}, err)
			return
		}
		columns.Comments(table, src, src.Columns, out)(yield)
	}
}

// inPlace is the input for reading at any place in it.
func inPlace(src format.Source) (r io.ReaderAt, size int64, done func() error, err error) {
	nothing := func() error { return nil }
	if src.Beside != nil {
		if f, err := src.Beside.Open(filepath.Base(src.Name)); err == nil {
			if r, size, ok := itself(f); ok {
				return r, size, f.Close, nil
			}
			f.Close()
		}
	}
	b, err := format.ReadAll(src, unpack.MaxSpool)
	if err != nil {
		return nil, 0, nothing, err
	}
	if len(b) > unpack.MaxSpool {
		return nil, 0, nothing, fmt.Errorf("a Parquet table from a pipe or out of a wrapping may have %d MiB; give it as a file of its own", unpack.MaxSpool>>20)
	}
	return bytes.NewReader(b), int64(len(b)), nothing, nil
}

// itself tells that f is the table, and not a wrapping that it stands in.
func itself(f fs.File) (io.ReaderAt, int64, bool) {
	r, ok := f.(io.ReaderAt)
	info, err := f.Stat()
	if !ok || err != nil || !info.Mode().IsRegular() {
		return nil, 0, false
	}
	head := make([]byte, len(magic))
	if _, err := r.ReadAt(head, 0); err != nil || string(head) != magic {
		return nil, 0, false
	}
	return r, info.Size(), true
}
