// Package locale knows the words that blog software puts around comments, in 63
// locales at once: "says:", "Reply", "Leave a comment", "7 comments". The words
// are those of WordPress's translations.
//
// All functions take text as it stands on a page: no-break spaces and full-width
// colons are normalised before matching.
package locale

// Says splits "Alice says:" or its like in any locale into the name. Templates
// without a verb ("%s:") do not count here: they would match any line that ends
// in a colon.
func Says(line string) (name string, ok bool) { return "", false }

// IsReply tells that s is nothing but the reply link under a comment.
func IsReply(s string) bool { return false }

// TrimReply cuts a reply word at the end of a header ("Alice Répondre").
func TrimReply(s string) (rest string, ok bool) { return s, false }

// CountHeading reads the heading of a comment list: "8 commentaires",
// "Comments (7)", "Ein Gedanke zu …". known is false where it declares none.
func CountHeading(s string) (count int, known, ok bool) { return 0, false, false }

// IsEnd tells that s closes a comment list: the heading of the form below it,
// the note about e-mail addresses, "Comments are closed".
func IsEnd(s string) bool { return false }

// Pingback cuts "Pingback:" or its like from the start of s.
func Pingback(s string) (rest string, ok bool) { return s, false }

// IsAwaiting tells that s is the note under a comment that awaits moderation.
func IsAwaiting(s string) bool { return false }

// IsNoise tells that s is an edit link or another control that is part of no
// comment.
func IsNoise(s string) bool { return false }
