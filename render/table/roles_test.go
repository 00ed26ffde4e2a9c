package table_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"threadheat/metrics"
	"threadheat/metrics/roles"
	"threadheat/render/table"
)

// Whatever people are called, JSON and CSV can be read, and no spreadsheet runs a name.
func FuzzRoles(f *testing.F) {
	f.Add("Ann", "")
	f.Add("=1+1", "@key")
	f.Add("\x1b[31m\xff", "\t\r\n\"")
	f.Fuzz(func(t *testing.T, name, key string) {
		people := []roles.Person{{Name: name, Key: key, Threads: 3, Comments: 5, Role: roles.Monologuist}, {Name: key, Key: name}}
		var b bytes.Buffer
		if err := table.RolesCSV(&b, people, 3, metrics.English); err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(&b).ReadAll()
		if err != nil || len(records) != 3 {
			t.Fatalf("%d records, %v, want 3", len(records), err)
		}
		for _, field := range records[1][:2] {
			if field != "" && strings.ContainsRune("=+-@\t\r", rune(field[0])) {
				t.Errorf("a field is %q", field)
			}
		}
		if err := table.RolesJSON(&b, people, 3, metrics.French); err != nil {
			t.Fatal(err)
		}
		var got struct {
			Threads int
			People  []struct {
				Author string
				Role   *string
				Reason string
			}
		}
		if err := json.Unmarshal(b.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		switch first, second := got.People[0], got.People[1]; {
		case got.Threads != 3 || first.Role == nil || *first.Role != "monologuiste" || first.Reason != "":
			t.Errorf("the first is %+v", first)
		case utf8.ValidString(name) && first.Author != name:
			t.Errorf("the first is called %q, want %q", first.Author, name)
		case second.Role != nil || second.Reason != "aucun rôle ne convient":
			t.Errorf("the second is %+v", second)
		}
		b.Reset()
		if err := table.RolesTable(&b, people, 3, metrics.French); err != nil {
			t.Fatal(err)
		}
		if strings.ContainsRune(b.String(), '\x1b') {
			t.Error("a name reaches the terminal as an escape")
		}
	})
}
