// Package wp knows how WordPress stores a comment, for the formats that hand
// on its database.
package wp

import (
	"strings"
	"time"

	"threadheat/thread"
)

// Kind is that of a comment_type. WordPress leaves it empty, or writes
// "comment"; plugins add types of their own.
func Kind(s string) thread.Kind {
	switch strings.TrimSpace(s) {
	case "pingback":
		return thread.Pingback
	case "trackback":
		return thread.Trackback
	}
	return thread.Ordinary
}

// State is that of comment_approved, or of what the REST API calls status.
func State(s string) thread.State {
	switch strings.TrimSpace(s) {
	case "0", "hold", "unapproved":
		return thread.Pending
	case "spam", "trash", "post-trashed":
		return thread.Removed
	}
	return thread.Visible
}

// Time is that of a comment from its two readings, "2021-12-25 08:12:00" or
// with a T. The zone is known where both are there: their difference is the
// offset of the blog, if it is one that exists. zone is that of the local
// reading where it stands alone, nil for unknown. odd is a reading that is no
// date of the years in which there may have been a blog; zeros, which WordPress
// writes where it knows none, are not odd.
func Time(local, gmt string, zone *time.Location) (s thread.Stamp, odd string) {
	wall, okWall := parse(local)
	utc, okUTC := parse(gmt)
	switch {
	case okWall && okUTC:
		offset := wall.Sub(utc)
		if offset%(15*time.Minute) != 0 || offset < -12*time.Hour || offset > 14*time.Hour {
			offset = 0
		}
		return thread.At(utc.In(time.FixedZone("", int(offset/time.Second))), thread.Second), ""
	case okUTC:
		return thread.At(utc, thread.Second), ""
	case okWall && zone != nil:
		return thread.At(time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), 0, zone), thread.Second), ""
	case okWall:
		return thread.Local(wall, thread.Second), ""
	}
	for _, s := range []string{local, gmt} {
		if s = strings.TrimSpace(s); s != "" && !strings.HasPrefix(s, "0000") {
			return thread.Stamp{}, s
		}
	}
	return thread.Stamp{}, ""
}

func parse(s string) (time.Time, bool) {
	t, err := time.Parse("2006-01-02 15:04:05", strings.Replace(strings.TrimSpace(s), "T", " ", 1))
	return t, err == nil && t.Year() >= 1980 && t.Year() <= 2100
}
