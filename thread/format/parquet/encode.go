package parquet

import (
	"io"
	"strconv"

	"threadheat/thread"
	"threadheat/thread/internal/columns"
	"threadheat/thread/parquet"
)

// Schema names what Encoder writes, in the description of the file.
const Schema = "threadheat/comments/v1"

// Encoder writes threads as one table, a comment a row, which Format reads back
// to equal threads. Its columns are columns.Own and two for the programs that
// read it, with no loss where they are ignored: time_utc where the zone is
// known, and time_local, as the clock on the page showed it. Both are points,
// while the time may be no more than a day: precision tells. What a row cannot
// say is not there: diagnostics, quarantined comments, places in the input, and
// threads without comments.
//
// Pages are compressed with zstd. The same threads give the same bytes. It keeps
// what 64 MiB of rows are when compressed.
type Encoder struct {
	w          *parquet.Writer
	rows       columns.Rows
	at         []int // where each of columns.Own stands
	utc, local int
}

// NewEncoder begins a table in w.
func NewEncoder(w io.Writer) *Encoder {
	e := &Encoder{}
	types := map[columns.Kind]parquet.Type{columns.String: parquet.Text, columns.Int: parquet.Int, columns.Float: parquet.Float}
	var all []parquet.Column
	for _, c := range columns.Own {
		e.at = append(e.at, len(all))
		all = append(all, parquet.Column{Name: c.Name, Type: types[c.Kind], Always: c.Always})
		if c.Name == "precision" {
			e.utc, e.local = len(all), len(all)+1
			all = append(all, parquet.Column{Name: "time_utc", Type: parquet.UTC}, parquet.Column{Name: "time_local", Type: parquet.Local})
		}
	}
	e.w = parquet.NewWriter(w, all, [][2]string{{"threadheat.schema", Schema}})
	return e
}

// Encode writes the comments of t.
func (e *Encoder) Encode(t *thread.Thread) error {
	for i, row := range e.rows.Of(t) {
		for k, c := range columns.Own {
			s, column := row[k], e.at[k]
			if s == "" && !c.Always {
				continue
			}
			switch c.Kind {
			case columns.Int:
				n, err := strconv.ParseInt(s, 10, 64)
				if err != nil {
					return err
				}
				e.w.Int(column, n)
			case columns.Float:
				f, err := strconv.ParseFloat(s, 32)
				if err != nil {
					return err
				}
				e.w.Float(column, float32(f))
			default:
				e.w.Text(column, s)
			}
		}
		if s := t.Time(i); !s.IsZero() {
			_, offset := s.Time().Zone()
			e.w.Int(e.local, s.UnixMilli()+int64(offset)*1000)
			if s.ZoneKnown() {
				e.w.Int(e.utc, s.UnixMilli())
			}
		}
		if err := e.w.EndRow(); err != nil {
			return err
		}
	}
	return nil
}

// Close ends the table. The writer beneath stays open.
func (e *Encoder) Close() error { return e.w.Close() }
