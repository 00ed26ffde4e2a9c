package columns

import (
	"io"

	"threadheat/thread/parquet"
)

// OpenParquet reads a table in Parquet in place. choose is given the names of the
// columns that are no lists, and tells by their places which to read; the others
// cost nothing. The line of a row is its number.
func OpenParquet(r io.ReaderAt, size int64, choose func(header []string) ([]int, error)) (*Table, error) {
	f, err := parquet.Open(r, size)
	if err != nil {
		return nil, err
	}
	var flat []int
	var header []string
	for i, leaf := range f.Leaves {
		if !leaf.Repeated {
			flat, header = append(flat, i), append(header, leaf.Path)
		}
	}
	wanted, err := choose(header)
	if err != nil {
		return nil, err
	}
	var read []int
	table := &Table{Guessed: func() string { return "" }}
	for _, i := range wanted {
		read, table.Header = append(read, flat[i]), append(table.Header, header[i])
	}
	table.Rows = func(yield func(Row, error) bool) {
		n := 0
		for fields, err := range f.Rows(read) {
			n++
			if !yield(Row{Fields: fields, Line: n}, err) {
				return
			}
		}
	}
	return table, nil
}
