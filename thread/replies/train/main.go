// Train makes the model of package replies and the tables of its benchmark
// from annotated logs, chat-train.jsonl.gz and chat-dev.jsonl.gz in a folder:
//
//	go run ./thread/replies/train -data DIR            # writes the model, byte for byte the same each time
//	go run ./thread/replies/train -data DIR -report    # fills the tables of BENCHMARK.md
//
// A line of such a file is a log: {"id", "messages": [{"i", "time", "author",
// "text", "system", "replies_to"}]}, where replies_to lists the messages that a
// message answers, is empty where it starts a conversation, and absent where
// nobody annotated it. Each takes some two minutes of one processor.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	data := flag.String("data", "", "folder of the annotated logs")
	model := flag.String("model", "thread/replies/internal/rank/model.bin", "file of the model to write")
	document := flag.String("document", "thread/replies/BENCHMARK.md", "document whose tables to fill")
	report := flag.Bool("report", false, "fill the tables with the figures of the model that is built in")
	flag.Parse()
	if err := run(*data, *model, *document, *report); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(data, model, document string, report bool) error {
	train, err := readChats(filepath.Join(data, trainFile))
	if err != nil {
		return err
	}
	if !report {
		return os.WriteFile(model, fitPair(sheetsOf(train)).Encode(), 0o644)
	}
	dev, err := readChats(filepath.Join(data, devFile))
	if err != nil {
		return err
	}
	return rewrite(document, map[string]string{"development": devTable(dev, scoreAll(dev)), "held out": heldTable(train), "rules": ruleTable(train)})
}
