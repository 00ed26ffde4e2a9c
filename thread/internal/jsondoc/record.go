package jsondoc

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"threadheat/thread"
	"threadheat/thread/internal/jsontree"
)

// Record reads the fields of an object. A field may be absent or null, which
// gives the zero value; one of another type than asked for gives it too, and is
// noted with the comment.
type Record struct {
	Value
	file     *File
	problems []thread.Diagnostic
}

func (r *Record) pos() thread.Pos {
	return thread.Pos{File: r.file.source.Name, Line: r.Line(), Offset: int64(r.Offset())}
}

// Note notes something odd about the comment that is read from r.
func (r *Record) Note(code thread.Code, format string, args ...any) {
	r.problems = append(r.problems, thread.Diagnostic{Code: code, Severity: thread.Repaired, Message: fmt.Sprintf(format, args...)})
}

// wrong notes a field of a wrong type; null is no type.
func (r *Record) wrong(v Value, path []string, want jsontree.Kind) {
	if v.Kind() != jsontree.Null {
		r.Note(thread.BadRecord, "%s", wrongType(strings.Join(path, "."), v.Kind(), want))
	}
}

func wrongType(field string, is, want jsontree.Kind) string {
	return fmt.Sprintf("the field %q is %s, not %s; it is left out", field, is, want)
}

// at is the value of a field, noted where something on the way is no object.
func (r *Record) at(path []string) Value {
	v := r.Value
	for i, name := range path {
		if i > 0 && v.Kind() != jsontree.Object {
			r.wrong(v, path[:i], jsontree.Object)
			return Value{}
		}
		v = v.Get(name)
	}
	return v
}

// Str is a string.
func (r *Record) Str(path ...string) string {
	v := r.at(path)
	if v.Kind() != jsontree.String {
		r.wrong(v, path, jsontree.String)
	}
	return v.Text()
}

// Name is a string that may also be written as a number, as IDs are.
func (r *Record) Name(path ...string) string {
	v := r.at(path)
	if v.Kind() != jsontree.String && v.Kind() != jsontree.Number {
		r.wrong(v, path, jsontree.String)
	}
	return v.ID()
}

// HTML is the plain text of a string of HTML.
func (r *Record) HTML(path ...string) string {
	if s := r.Str(path...); s != "" {
		return PlainText(s)
	}
	return ""
}

// Flag is a boolean.
func (r *Record) Flag(path ...string) bool {
	v := r.at(path)
	if v.Kind() != jsontree.Bool {
		r.wrong(v, path, jsontree.Bool)
	}
	return v.True()
}

// Int is a whole number, which may be written as a string, with a fraction of
// zero or with an exponent.
func (r *Record) Int(path ...string) (n int, ok bool) {
	v := r.at(path)
	s := v.ID()
	if s == "" {
		r.wrong(v, path, jsontree.Number)
		return 0, false
	}
	if n, err := strconv.Atoi(s); err == nil {
		return n, true
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil && v.Kind() == jsontree.String || x != math.Trunc(x) || math.Abs(x) > math.MaxInt32 {
		r.Note(thread.BadRecord, "the field %q is not a whole number in range; it is left out", strings.Join(path, "."))
		return 0, false
	}
	return int(x), true
}

// layouts are how exports write times, with a zone and without one.
var layouts = [2][]string{
	{time.RFC3339, "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05 UTC"},
	{"2006-01-02T15:04:05", "2006-01-02 15:04:05"},
}

// Time is a time written as a string ("2021-12-26T09:44:00Z"). Without an
// offset it stands in zone, or where that is nil in that of the options, or
// nowhere in particular.
func (r *Record) Time(zone *time.Location, path ...string) thread.Stamp {
	s := r.Str(path...)
	if s == "" {
		return thread.Stamp{}
	}
	if zone == nil {
		zone = r.file.source.Zone
	}
	var stamp thread.Stamp
	for _, layout := range layouts[0] {
		if t, err := time.Parse(layout, s); err == nil {
			stamp = thread.At(t, thread.Second)
		}
	}
	for _, layout := range layouts[1] {
		t, err := time.ParseInLocation(layout, s, cmp.Or(zone, time.UTC))
		switch {
		case err != nil:
		case zone == nil:
			stamp = thread.Local(t, thread.Second)
		default:
			stamp = thread.At(t, thread.Second)
		}
	}
	return r.known(stamp, s, path)
}

// known notes a time that could not be read.
func (r *Record) known(s thread.Stamp, written string, path []string) thread.Stamp {
	if s.IsZero() || s.Time().Year() < 1970 {
		r.Note(thread.UnknownDate, "the field %q is no time that can be (%.40q)", strings.Join(path, "."), written)
		return thread.Stamp{}
	}
	return s
}

// Unix is a time in seconds since 1970, a number or a string of one, with or
// without a fraction. 0 means that there is none.
func (r *Record) Unix(path ...string) thread.Stamp {
	v := r.at(path)
	s := v.ID()
	if s == "" {
		r.wrong(v, path, jsontree.Number)
		return thread.Stamp{}
	}
	sec, ms, ok := seconds(s)
	if ok && sec == 0 {
		return thread.Stamp{}
	}
	var stamp thread.Stamp
	if ok && sec > 0 && sec < maxUnix && ms >= 0 {
		stamp = thread.At(time.UnixMilli(sec*1000+ms).UTC(), thread.Second)
	}
	return r.known(stamp, s, path)
}

// maxUnix is some time after the year 9999.
const maxUnix = 1e12

// seconds reads "1640416320.000001". A float64 would round the milliseconds.
func seconds(s string) (sec, ms int64, ok bool) {
	if strings.ContainsAny(s, "eE") {
		x, err := strconv.ParseFloat(s, 64)
		return int64(x), 0, err == nil && math.Abs(x) < maxUnix
	}
	whole, fraction, _ := strings.Cut(s, ".")
	sec, err := strconv.ParseInt(whole, 10, 64)
	ms, fractionErr := strconv.ParseInt((fraction + "000")[:3], 10, 64)
	return sec, ms, err == nil && fractionErr == nil
}

// Edited is edited, or no time where that is when the comment was written:
// many exports give the same time twice where nothing was changed.
func Edited(edited, written thread.Stamp) thread.Stamp {
	if edited == written {
		return thread.Stamp{}
	}
	return edited
}

// Thumbs is the thumbs up less the thumbs down among the "reactions" of a chat
// message; ok is false where there are neither, for most chats do not vote.
// emoji is where in a reaction its sign or name stands.
func (r *Record) Thumbs(emoji ...string) (score int, ok bool) {
	return r.Votes("reactions", emoji, []string{"count"})
}

// Votes is Thumbs of another list, in whose elements the count stands elsewhere.
func (r *Record) Votes(field string, emoji, count []string) (score int, ok bool) {
	list := r.at([]string{field})
	if list.Kind() != jsontree.Array {
		r.wrong(list, []string{field}, jsontree.Array)
	}
	for v := range list.Items() {
		if v.Kind() != jsontree.Object {
			r.Note(thread.BadRecord, "a reaction is %s, not an object; it is not counted", v.Kind())
			continue
		}
		reaction := Record{Value: v, file: r.file}
		name, _, _ := strings.Cut(reaction.Str(emoji...), "::") // "+1::skin-tone-2"
		n, _ := reaction.Int(count...)
		r.problems = append(r.problems, reaction.problems...)
		switch {
		case name == "+1" || name == "thumbsup" || name == "THUMBS_UP" || strings.HasPrefix(name, "👍"):
			score, ok = score+n, true
		case name == "-1" || name == "thumbsdown" || name == "THUMBS_DOWN" || strings.HasPrefix(name, "👎"):
			score, ok = score-n, true
		}
	}
	return score, ok
}
