// Package examples holds what README.md shows, compiled and run.
package examples

import (
	"fmt"
	"log"

	"threadheat/metrics"
	"threadheat/metrics/catalogue"
	"threadheat/thread/input"
)

func Example() {
	var r input.Reader // detects the format
	for t, err := range r.Threads("../fixtures/cloud.txt") {
		if err != nil {
			log.Fatal(err)
		}
		table, err := metrics.Run(metrics.NewContext(t, metrics.Options{}), catalogue.Default)
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
