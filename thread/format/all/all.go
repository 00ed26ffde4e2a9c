// Package all lists every input format.
package all

import "threadheat/thread/format"

// Formats are all input formats, the more particular before the more general:
// of equally sure ones detection takes the earliest.
var Formats = []*format.Format{}
