package slack

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path"
	"regexp"
	"strings"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/jsondoc"
)

// lists are the files that list channels: public and private ones, groups of
// people, and pairs.
var lists = []string{"channels.json", "groups.json", "mpims.json", "dms.json"}

// dayName is the name of the file of a day.
var dayName = regexp.MustCompile(`^\d{4}-\d\d-\d\d\.json$`)

// channel is a channel with messages.
type channel struct {
	folder string // its ID in a pair, else its name
	title  string
	days   []string // the names of its files, in order
}

// tries is how many files of days detection looks at: some are empty.
const tries = 10

func sniffFolder(folder fs.FS) (format.Confidence, string) {
	listed := ""
	for _, name := range lists {
		if _, err := fs.Stat(folder, name); err == nil {
			listed = name
			break
		}
	}
	if listed == "" {
		return format.No, "a folder without channels.json"
	}
	found, _ := channels(folder, nil)
	tried := 0
	for _, c := range found {
		for _, day := range c.days {
			if tried++; tried > tries {
				return format.No, "no days of Slack channels beside " + listed
			}
			if isDay(folder, path.Join(c.folder, day)) {
				return format.Certain, fmt.Sprintf("%s and the days of %d channels", listed, len(found))
			}
		}
	}
	return format.No, "no days of Slack channels beside " + listed
}

func isDay(folder fs.FS, name string) bool {
	f, err := folder.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	head, _, err := format.Peek(name, f)
	if err != nil {
		return false
	}
	c, _ := sniff(head)
	return c != format.No
}

// channels are those that have messages: in the order of the lists, then those
// that no list names, in the order of their names. The error tells of lists that
// could not be read; a list need not be there.
func channels(folder fs.FS, names map[string]string) (found []channel, err error) {
	known := map[string]bool{}
	add := func(at, title string) {
		if at == "" || known[at] || !fs.ValidPath(at) || strings.Contains(at, "/") {
			return
		}
		known[at] = true
		entries, err := fs.ReadDir(folder, at)
		if err != nil {
			return // listed, but without messages
		}
		c := channel{folder: at, title: title}
		for _, e := range entries {
			if dayName.MatchString(e.Name()) && !e.IsDir() {
				c.days = append(c.days, e.Name())
			}
		}
		if len(c.days) > 0 {
			found = append(found, c)
		}
	}
	var troubles []error
	for _, name := range lists {
		entries, err := list(folder, name)
		if err != nil {
			troubles = append(troubles, err)
		}
		for _, v := range entries {
			title := v.Get("name").Text()
			add(cmp.Or(title, v.Get("id").Text()), cmp.Or(title, together(v, names)))
		}
	}
	rest, err := fs.ReadDir(folder, ".")
	if err != nil {
		troubles = append(troubles, err)
	}
	for _, e := range rest {
		if e.IsDir() {
			add(e.Name(), e.Name())
		}
	}
	return found, errors.Join(troubles...)
}

// together are the people of a channel without a name.
func together(v jsondoc.Value, names map[string]string) string {
	var who []string
	for m := range v.Get("members").Items() {
		who = append(who, cmp.Or(names[m.Text()], m.Text()))
	}
	return strings.Join(who, ", ")
}

// list is what stands in one of the files of the export as a whole, nothing
// where there is none. Of a broken one it is what could be read.
func list(folder fs.FS, name string) ([]jsondoc.Value, error) {
	f, err := folder.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, jsondoc.MaxSize))
	docs, bad := jsondoc.Parse(bytes.TrimPrefix(raw, []byte("\uFEFF")))
	var all []jsondoc.Value
	for _, d := range docs {
		for v := range d.Items() {
			all = append(all, v)
		}
	}
	if err == nil {
		err = bad
	}
	if err != nil {
		err = fmt.Errorf("%s: %w", name, err)
	}
	return all, err
}

// people are the names in users.json, by number.
func people(folder fs.FS) (map[string]string, error) {
	names := map[string]string{}
	users, err := list(folder, "users.json")
	for _, v := range users {
		for _, at := range [][]string{{"profile", "display_name"}, {"profile", "real_name"}, {"real_name"}, {"name"}} {
			if s := v.Get(at...).Text(); s != "" {
				names[v.Get("id").ID()] = s
				break
			}
		}
	}
	return names, err
}

// decodeFolder reads an export, a channel after the other and of each a day
// after the other. One day is in memory at a time.
func decodeFolder(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return func(yield func(thread.Comment, error) bool) {
		names, trouble := people(src.Beside)
		found, unlisted := channels(src.Beside, names)
		for _, c := range found {
			out.Describe(c.folder, thread.Meta{ID: c.folder, Title: c.title})
			for _, err := range []error{trouble, unlisted} {
				if err != nil {
					out.Report(c.folder, thread.Diagnostic{Code: thread.BadRecord, Pos: thread.Pos{File: src.Name}, Message: "a list of the export could not be read as a whole: " + err.Error()})
				}
			}
			comments := 0
			for _, day := range c.days {
				for x, err := range decodeOne(src, c.folder, day, names, out) {
					if err != nil {
						out.Report(c.folder, thread.Diagnostic{
							Code: thread.Truncated, Severity: thread.Quarantined, Pos: thread.Pos{File: path.Join(src.Name, c.folder, day)},
							Message: "the rest of the day could not be read: " + err.Error(),
						})
						break
					}
					comments++
					x.Thread = c.folder
					if !yield(x, nil) {
						return
					}
				}
			}
			if comments == 0 {
				out.Report(c.folder, thread.Diagnostic{Code: thread.NoComments, Message: "the channel holds no messages"})
			}
		}
		if len(found) == 0 {
			out.Describe("", thread.Meta{})
			out.Report("", thread.Diagnostic{Code: thread.NoComments, Message: "the export holds no channels with messages"})
		}
	}
}

// decodeOne reads the file of a day.
func decodeOne(src format.Source, folder, day string, names map[string]string, out format.Sink) iter.Seq2[thread.Comment, error] {
	return func(yield func(thread.Comment, error) bool) {
		at := path.Join(folder, day)
		f, err := src.Beside.Open(at)
		if err != nil {
			yield(thread.Comment{}, err)
			return
		}
		defer f.Close()
		src.Name, src.Reader = path.Join(src.Name, at), f
		decodeDay(names)(src, channelSink{out, folder})(yield)
	}
}

// channelSink takes what is said of a day for its channel.
type channelSink struct {
	format.Sink
	key string
}

// Describe drops what a day alone knows of its channel: nothing.
func (s channelSink) Describe(string, thread.Meta) {}

// Report passes on all but that a day is empty.
func (s channelSink) Report(_ string, d thread.Diagnostic) {
	if d.Code != thread.NoComments {
		s.Sink.Report(s.key, d)
	}
}
