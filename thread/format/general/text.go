package general

import (
	"strings"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/format/text"
	"threadheat/thread/internal/dom"
)

// shownText reads the comments of a page from its text as a person sees it, for
// pages whose markup has no groups at all. It is the last resort, and counts
// only where the text is likely one of comments, and has several.
func shownText(t *dom.Tree, src format.Source) []thread.Comment {
	s := t.Text(dom.Root, nil)
	if c, _ := text.Format.Sniff(format.Head{Name: src.Name, Bytes: []byte(s[:min(len(s), format.HeadSize)])}); c < format.Likely {
		return nil
	}
	src.Reader = strings.NewReader(s)
	var out []thread.Comment
	named := 0
	for c, err := range text.Format.Decode(src, deaf{}) {
		if err != nil {
			return nil
		}
		c.Pos = thread.Pos{File: src.Name} // its lines are not those of the page
		out = append(out, c)
		if c.Author != "" {
			named++
		}
	}
	if len(out) < 2 || named*10 < len(out)*9 {
		return nil
	}
	return out
}

// deaf is a Sink that keeps nothing: what the text says of itself as a whole,
// the page says better.
type deaf struct{}

func (deaf) Describe(string, thread.Meta)     {}
func (deaf) Report(string, thread.Diagnostic) {}
