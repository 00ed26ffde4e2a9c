// Package thread holds what a discussion is: comments, who wrote them and
// when, and which comment answers which.
//
// Decoders (package thread/format and below) turn bytes into Comments. A
// Builder takes Comments in any order and of any quality and makes a Thread,
// an immutable forest in flat arrays. Nothing is lost on the way: every comment
// added is either placed in the thread or quarantined, and every repair leaves
// a Diagnostic.
//
// The package knows nothing of measures or drawings.
package thread
