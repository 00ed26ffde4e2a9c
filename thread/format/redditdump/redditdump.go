// Package redditdump reads Reddit's comments as records of one comment each: the
// monthly dumps (RC_2008-01 and so on), and what Arctic Shift's search gives out.
package redditdump

import (
	"bytes"
	"fmt"
	"io"
	"iter"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/jsontree"
	"threadheat/thread/internal/reddit"
)

// Format reads dumps of Reddit's comments of all years. Comments of a month are
// ordered by time, so their threads come mixed. Records of submissions tell the
// titles and articles of threads; a submission without comments is no thread.
//
// A folder that holds nothing but dumps, of comments (RC_2008-01.zst or
// NAME_comments.zst) and of submissions (RS_2008-01.zst, NAME_submissions.zst),
// is one input: a thread that goes on in the next month is one thread.
var Format = &format.Format{
	Name:        "redditdump",
	Doc:         "Reddit comments as JSON records: monthly dumps (RC files, NDJSON), a folder of them with the submissions (RS), and Arctic Shift searches",
	URL:         "https://github.com/ArthurHeitmann/arctic_shift/blob/master/file_content_explanations.md",
	Sniff:       sniff,
	SniffFolder: sniffFolder,
	Decode:      decode,
	Interleaved: true,
	Listed:      true,
}

// tries is how many records detection looks at: the first may be broken.
const tries = 5

func sniff(h format.Head) (format.Confidence, string) {
	if jsontree.IsMarkup(h.Bytes) {
		return format.No, "no JSON records with link_id and parent_id"
	}
	tried := 0
	for record := range jsontree.Records(bytes.NewReader(h.Bytes)) {
		if record == nil {
			break
		}
		for n, end := record.Span(list(&record.Tree)); n < end; n = record.End(n) {
			switch {
			case reddit.IsComment(&record.Tree, n):
				return format.Certain, "records with link_id t3_…, parent_id and body or author"
			case reddit.IsSubmission(&record.Tree, n):
				return format.Likely, "records with title, subreddit and num_comments"
			}
			if tried++; tried == tries {
				return format.No, "the first JSON records have no link_id and parent_id"
			}
		}
	}
	return format.No, "no JSON records with link_id and parent_id"
}

// list is the array of records that a JSON text holds, alone or as {"data": …};
// for a record by itself, that.
func list(t *jsontree.Tree) jsontree.Node {
	if data := t.Get(0, "data"); t.Kind(data) == jsontree.Array {
		return data
	}
	return 0
}

func decode(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return func(yield func(thread.Comment, error) bool) {
		r := reddit.NewReader(out)
		var err error
		enough := false
		if src.Reader != nil {
			enough, err = read(r, src.Name, src.Reader, yield)
		} else {
			enough, err = readFolder(r, src, yield)
		}
		if enough {
			return
		}
		if r.Close(); r.Comments == 0 && r.Submissions > 0 {
			out.Report("", thread.Diagnostic{Code: thread.NoComments, Message: fmt.Sprintf("there are %d submissions, but no comments", r.Submissions)})
		}
		if err != nil {
			yield(thread.Comment{}, err)
		}
	}
}

// read reads a file; enough says that the receiver has had it.
func read(r *reddit.Reader, name string, in io.Reader, yield func(thread.Comment, error) bool) (enough bool, err error) {
	for record, err := range jsontree.Records(in) {
		if err != nil {
			return false, err
		}
		t := &record.Tree
		if record.Err != nil && t.Kind(list(t)) != jsontree.Array {
			r.Bad(record.At(name, 0), record.Err.Error())
			continue
		}
		for n, end := t.Span(list(t)); n < end; n = t.End(n) {
			if c, ok := r.Comment(t, n, record.At(name, n)); ok && !yield(c, nil) {
				return true, nil
			}
		}
		if record.Err != nil {
			r.Cut(record.At(name, jsontree.Node(t.Len()-1)), record.Err)
		}
	}
	return false, nil
}
