// Package metrics holds what a measure is and how measures are computed. The
// measures themselves are in the packages below it, one per file, and the list
// of all of them in package catalogue.
//
// A Context belongs to one thread. Measures ask it for Facts, results that
// several of them share and that are worked out once. Run computes a set of
// measures; Validate refuses an undocumented one.
//
// No NaN or Inf leaves the package: a Value is a finite number, or undefined
// with a reason.
package metrics
