// Package coding writes what people need who label a sample of comments: a sheet to
// fill in, a key for whoever puts the answers together, and a codebook.
package coding

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"threadheat/metrics/sampling"
	"threadheat/render"
)

// Labels are the columns that coders fill in, as the codebook explains them.
var Labels = []string{"hostility", "target", "irony", "note"}

var sheetHeader = []string{"unit", "thread", "id", "title", "author", "time", "depth", "above", "parent_author", "parent_text", "text"}

// maxAbove bounds the context of a comment, in runes; the comment itself and the one
// it answers stand there whole.
const maxAbove = 1500

// Sheet writes the sample as a table to fill in: a row a comment with its number, which
// spreadsheets leave alone as they may not an ID like 2.1, its context before
// it, the empty Labels and the coder's name behind. Of what the program thinks of the
// comment it says nothing. open adds, at the end of each row, stratum and weight,
// which tell something of it.
//
// It is CSV in UTF-8 with a byte order mark, so that a spreadsheet shows accents when
// it is opened with a click, and no cell is taken for a formula.
func Sheet(w io.Writer, units []sampling.Unit, open bool) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	header := append(append([]string{}, sheetHeader...), append(Labels, "coder")...)
	if open {
		header = append(header, "stratum", "weight")
	}
	if err := out.Write(header); err != nil {
		return err
	}
	for k, u := range units {
		var above []string
		for _, s := range u.Above {
			above = append(above, s.Author+": "+s.Text)
		}
		parentAuthor, parentText := "", ""
		if u.Parent != nil {
			parentAuthor, parentText = u.Parent.Author, u.Parent.Text
		}
		row := []string{strconv.Itoa(k + 1)}
		for _, s := range []string{u.Thread, u.ID, u.Title, u.Author, u.Time.String(), strconv.Itoa(u.Depth), clipEnd(strings.Join(above, "\n\n"), maxAbove), parentAuthor, parentText, u.Text} {
			row = append(row, cell(s))
		}
		for range len(Labels) + 1 {
			row = append(row, "")
		}
		if open {
			row = append(row, u.Stratum, number(u.Weight))
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// Key writes what the sheet is silent about: from which stratum each row comes, how
// many it stands for, and its heat. `threadheat agree --scores` reads it.
func Key(w io.Writer, units []sampling.Unit) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"unit", "thread", "id", "stratum", "weight", "heat"}); err != nil {
		return err
	}
	for k, u := range units {
		heat := ""
		if u.Heat.Defined() {
			heat = number(u.Heat.X)
		}
		if err := out.Write([]string{strconv.Itoa(k + 1), cell(u.Thread), cell(u.ID), u.Stratum, number(u.Weight), heat}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// cell is a stranger's text as a spreadsheet may see it: no formula, nothing that it
// cannot hold.
func cell(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7F {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return render.CSVText(s)
}

// clipEnd keeps the end of s, which is nearest to the comment.
func clipEnd(s string, runes int) string {
	r := []rune(s)
	if len(r) <= runes {
		return s
	}
	return "…" + string(r[len(r)-runes:])
}
