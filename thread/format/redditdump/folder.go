package redditdump

import (
	"fmt"
	"io/fs"
	"iter"
	"path"
	"regexp"
	"slices"
	"strings"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/reddit"
	"threadheat/thread/unpack"
)

// dumpName is the name of a dump: of a month, a day or a subreddit.
var dumpName = regexp.MustCompile(`^(?:(R[CS])_(?:v2_)?(\d{4}-\d\d(?:-\d\d)?)|(.+)_(comments|submissions))(?:\.[A-Za-z0-9.]*)?$`)

// dump is a file of a folder.
type dump struct {
	name, when  string // when: the month or the subreddit
	submissions bool
}

// dumps are the files of a folder, those of a month together, submissions first;
// nil where there are fewer than two or something else beside them.
func dumps(folder fs.FS) []dump {
	entries, err := fs.ReadDir(folder, ".")
	if err != nil {
		return nil
	}
	var list []dump
	for _, e := range entries {
		m := dumpName.FindStringSubmatch(e.Name())
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if m == nil || e.IsDir() {
			return nil
		}
		list = append(list, dump{e.Name(), m[2] + m[3], m[1] == "RS" || m[4] == "submissions"})
	}
	if len(list) < 2 {
		return nil
	}
	slices.SortStableFunc(list, func(a, b dump) int {
		switch {
		case a.when != b.when:
			return strings.Compare(a.when, b.when)
		case a.submissions == b.submissions:
			return 0
		case a.submissions:
			return -1
		}
		return 1
	})
	return list
}

func sniffFolder(folder fs.FS) (format.Confidence, string) {
	list := dumps(folder)
	if list == nil {
		return format.No, "not a folder of files called RC_… and RS_…"
	}
	for _, d := range list[:min(len(list), tries)] {
		for m, err := range opened(folder, "", d) {
			if err != nil {
				return format.No, err.Error()
			}
			head, _, err := format.Peek(m.Name, m.Reader)
			if err != nil || len(head.Bytes) == 0 {
				break // the next one tells
			}
			if c, why := sniff(head); c == format.No {
				return format.No, d.name + ": " + why
			}
			return format.Certain, fmt.Sprintf("%d dumps of Reddit, among them %s", len(list), d.name)
		}
	}
	return format.No, "the first files called RC_… and RS_… are empty"
}

// opened is what a file holds, without its wrapping.
func opened(folder fs.FS, at string, d dump) iter.Seq2[unpack.Member, error] {
	return func(yield func(unpack.Member, error) bool) {
		f, err := folder.Open(d.name)
		if err != nil {
			yield(unpack.Member{}, err)
			return
		}
		defer f.Close()
		unpack.Open(path.Join(at, d.name), f, nil)(yield)
	}
}

// readFolder reads all files of a folder. One that is broken does not keep the
// others from being read; the error comes in the end.
func readFolder(r *reddit.Reader, src format.Source, yield func(thread.Comment, error) bool) (enough bool, err error) {
	var failed []error
	for _, d := range dumps(src.Beside) {
		for m, err := range opened(src.Beside, src.Name, d) {
			if err == nil {
				enough, err = read(r, m.Name, m.Reader, yield)
			}
			if enough {
				return true, nil
			}
			if err != nil {
				failed = append(failed, fmt.Errorf("%s: %w", d.name, err))
			}
		}
	}
	switch len(failed) {
	case 0:
		return false, nil
	case 1:
		return false, failed[0]
	}
	return false, fmt.Errorf("%d files could not be read as a whole; the first: %w", len(failed), failed[0])
}
