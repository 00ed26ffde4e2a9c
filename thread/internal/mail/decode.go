package mail

import (
	"iter"

	"threadheat/thread"
	"threadheat/thread/format"
)

// Decode is the Decode of a format: read fills a Box, whose conversations are
// given out. An error of read comes after them.
func Decode(src format.Source, out format.Sink, read func(*Box) error) iter.Seq2[thread.Comment, error] {
	return func(yield func(thread.Comment, error) bool) {
		b := newBox(src.Zone, out)
		err := read(b)
		if err != nil && len(b.letters) > 0 {
			b.note(int32(len(b.letters)-1), thread.Truncated, thread.Note, "reading stopped in or after the comment %s: "+err.Error())
		}
		if len(b.letters) == 0 && err == nil {
			out.Report("", thread.Diagnostic{Code: thread.NoComments, Message: "no message was found"})
		}
		if b.Threads(yield) && err != nil {
			yield(thread.Comment{}, format.Between(err))
		}
	}
}
