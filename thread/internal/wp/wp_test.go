package wp

import (
	"testing"
	"time"
	_ "time/tzdata" // the zones, where the system has none
)

func TestTime(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, local, gmt string
		zone             *time.Location
		want, odd        string
	}{
		{"both", "2021-12-25 08:12:00", "2021-12-25 07:12:00", nil, "2021-12-25T08:12:00+01:00", ""},
		{"with a T", "2021-12-25T08:12:00", "2021-12-25T07:12:00", nil, "2021-12-25T08:12:00+01:00", ""},
		{"west", "2021-12-24 23:12:00", "2021-12-25 07:12:00", nil, "2021-12-24T23:12:00-08:00", ""},
		{"a quarter", "2021-12-25 12:57:00", "2021-12-25 07:12:00", nil, "2021-12-25T12:57:00+05:45", ""},
		{"no offset of this world", "2021-12-27 07:12:00", "2021-12-25 07:12:00", nil, "2021-12-25T07:12:00Z", ""},
		{"seconds apart", "2021-12-25 08:12:01", "2021-12-25 07:12:00", nil, "2021-12-25T07:12:00Z", ""},
		{"only local", "2021-12-25 08:12:00", "0000-00-00 00:00:00", nil, "2021-12-25T08:12:00", ""},
		{"only local, zone given", "2021-07-25 08:12:00", "", paris, "2021-07-25T08:12:00+02:00", ""},
		{"only gmt", "", " 2021-12-25 07:12:00\n", nil, "2021-12-25T07:12:00Z", ""},
		{"none", "0000-00-00 00:00:00", "0000-00-00 00:00:00", nil, "", ""},
		{"no date", "yesterday", "", nil, "", "yesterday"},
		{"absurd", "9021-12-25 08:12:00", "", nil, "", "9021-12-25 08:12:00"},
	}
	for _, test := range tests {
		got, odd := Time(test.local, test.gmt, test.zone)
		if got.String() != test.want || odd != test.odd {
			t.Errorf("%s: %s, odd %q, want %s, %q", test.name, got, odd, test.want, test.odd)
		}
	}
}
