package main

import (
	"fmt"
	"os"
	"strings"
)

// parts are the parts of the document that are filled, in order.
var parts = []string{"methods", "sources", "kinds", "length", "flat", "chats"}

func tables(data string) (map[string]string, error) {
	byMethod, bySource, byKind, length, err := trees(data)
	if err != nil {
		return nil, err
	}
	flat, err := flatTable(data)
	if err != nil {
		return nil, err
	}
	chats, err := chatTable(data)
	if err != nil {
		return nil, err
	}
	return map[string]string{"methods": byMethod, "sources": bySource, "kinds": byKind, "length": length, "flat": flat, "chats": chats}, nil
}

// rewrite fills the parts of a document, each between two comments.
func rewrite(file string, texts map[string]string) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	doc := string(b)
	for _, name := range parts {
		before, rest, ok := strings.Cut(doc, "<!-- "+name+" -->\n")
		_, after, closed := strings.Cut(rest, "<!-- end of "+name+" -->")
		if !ok || !closed {
			return fmt.Errorf("%s has no part %q to fill", file, name)
		}
		doc = before + "<!-- " + name + " -->\n" + texts[name] + "<!-- end of " + name + " -->" + after
	}
	return os.WriteFile(file, []byte(doc), 0o644)
}
