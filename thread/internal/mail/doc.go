// Package mail reads e-mail and news: messages (RFC 5322, RFC 2045 to 2049, RFC
// 5536), mailboxes of them, and the conversations they form.
//
// Three steps, of which each looks at its input once. A parser takes a message
// line by line and keeps its texts, not its attachments (message.go, header.go,
// date.go, body.go). A Box collects messages (box.go). When all are there, their
// Message-IDs, references and subjects make the conversations (jwz.go).
//
// net/mail, mime/multipart and the libraries above them are not used: they stop
// at the first malformed field, and archives of thirty years are full of those.
// What is broken here is read as far as it goes.
//
// # Privacy
//
// E-mail addresses and IP addresses are dropped on reading. An author is the
// name that stands beside the address, or else what stands before its @.
// Addresses tell people apart by a number given in order of appearance
// ("sender-12"), which means nothing in another input. Of a Message-ID only the
// part before the @ is kept, made unique where several hosts gave out the same.
// Addresses in lines that programs write ("On Monday Ann <…> wrote:", the head of
// a forwarded message) go, and so do signatures; what people write themselves
// stays as it is. Fields such as Received and X-Originating-IP are not read.
package mail
