// Package examples holds what README.md shows, compiled and run.
package examples

import (
	"fmt"
	"log"
	"os"

	"threadheat/metrics"
	"threadheat/metrics/catalogue"
	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/format/all"
)

func Example() {
	f, err := os.Open("../fixtures/cloud.txt")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	head, input, err := format.Peek(f.Name(), f) // what detection looks at
	if err != nil {
		log.Fatal(err)
	}
	found, err := format.Detect(all.Formats, head)
	if err != nil {
		log.Fatal(err)
	}
	source := format.Source{Name: f.Name(), Reader: input}
	for t, err := range format.Threads(found.Format, source, thread.Source{Name: f.Name()}) {
		if err != nil {
			log.Fatal(err)
		}
		table, err := metrics.Run(metrics.NewContext(t, metrics.Options{}), catalogue.Measures)
		if err != nil {
			log.Fatal(err)
		}
		for root := range t.Roots() {
			fmt.Println(t.AuthorName(t.Author(root)), t.End(root)-root)
		}
		fmt.Printf("virality %.3f of %d nodes\n", table.Value("structural-virality").X, table.Value("structural-virality").N)
	}
	// Output:
	// quinctius cincinnatus 1
	// Sansillusions 4
	// Sansillusions 1
	// quinctius cincinnatus 1
	// virality 2.536 of 8 nodes
}
