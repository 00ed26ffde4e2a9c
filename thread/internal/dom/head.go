package dom

import (
	"regexp"
	"strings"
)

var metaCharset = regexp.MustCompile(`(?i)<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)`)

// Charset is the encoding that the source of a page declares in a <meta>
// element among its first 4096 bytes, "" where none. The standard allows 1024,
// but saving programs put their own remarks first.
func Charset(src []byte) string {
	m := metaCharset.FindSubmatch(src[:min(len(src), 4096)])
	if m == nil {
		return ""
	}
	// A page that could be read so far is not in UTF-16, whatever it says.
	if name := strings.ToLower(string(m[1])); !strings.HasPrefix(name, "utf-16") {
		return name
	}
	return ""
}

// Meta is the content of the first <meta> whose name or property is one of the
// given keys, the earlier keys first; "" where none has content.
func (t *Tree) Meta(keys ...string) string {
	found := make([]string, len(keys))
	for n := range t.All(Root, metaSelector, nil) {
		for i, k := range keys {
			if found[i] == "" && (strings.EqualFold(t.Get(n, "property"), k) || strings.EqualFold(t.Get(n, "name"), k)) {
				found[i] = strings.TrimSpace(t.Get(n, "content"))
			}
		}
	}
	for _, v := range found {
		if v != "" {
			return v
		}
	}
	return ""
}

var metaSelector = Select("meta[content]")
