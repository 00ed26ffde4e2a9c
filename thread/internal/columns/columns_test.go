package columns

import (
	"strings"
	"testing"

	"threadheat/thread/internal/dates"
)

// guessed writes what stands where: "id=Nr text=Kommentar".
func guessed(header []string, given map[string]string) string {
	m, err := Guess(header, given)
	if err != nil {
		return "error"
	}
	var parts []string
	for f, i := range m {
		if i >= 0 {
			parts = append(parts, Names[f]+"="+header[i])
		}
	}
	return strings.Join(parts, " ")
}

func TestGuess(t *testing.T) {
	tests := []struct {
		header string
		given  map[string]string
		want   string
	}{
		{"Identifiant;Réponse à;Auteur;Date;Message;Note", nil, "id=Identifiant parent=Réponse à author=Auteur time=Date text=Message score=Note"},
		{"id;parent_id;link_id;author;created_utc;body;score;subreddit", nil, "id=id parent=parent_id thread=link_id author=author time=created_utc text=body score=score"},
		{"comment_ID;comment_post_ID;comment_author;comment_date;comment_date_gmt;comment_content;comment_parent", nil,
			"id=comment_ID parent=comment_parent thread=comment_post_ID author=comment_author time=comment_date_gmt text=comment_content"},
		{"timestamp;unix_timestamp;text", nil, "time=unix_timestamp text=text"},
		{"user.name;user.id;text", nil, "author=user.name author_key=user.id text=text"},
		{"a;text;body", map[string]string{"text": "a"}, "text=a"},
		{"id;text", map[string]string{"id": ""}, "text=text"},
		{"a;b", nil, "error"},
		{"", nil, "error"},
	}
	for _, test := range tests {
		if got := guessed(strings.Split(test.header, ";"), test.given); got != test.want {
			t.Errorf("%s with %v: %s, want %s", test.header, test.given, got, test.want)
		}
	}
}

// No name is known for two fields: which wins would hang on the order.
func TestKnown(t *testing.T) {
	seen := map[string]Field{}
	for f, names := range known {
		for _, name := range names {
			if other, twice := seen[name]; twice {
				t.Errorf("%q is known for %s and for %s", name, Names[other], Names[f])
			}
			if seen[name] = Field(f); fold(name) != name {
				t.Errorf("%q can never be met: it folds to %q", name, fold(name))
			}
		}
	}
}

func TestDelimiter(t *testing.T) {
	for in, want := range map[string]byte{
		"id,text\n1,\"a;b;c;d\"": ',',
		"id;text,with;comma\n":   ';',
		"id\ttext\n":             '\t',
		"id|author|text\n":       '|',
		"sep=|\nid|text":         '|',
		"\uFEFFid;text\n":        ';',
		"a;b,c;d\n":              ';',
		"text\n":                 0,
		"":                       0,
	} {
		if got, header, _ := Delimiter([]byte(in)); got != want {
			t.Errorf("%q: %q with %q, want %q", in, got, header, want)
		}
	}
}

func TestStamp(t *testing.T) {
	for in, want := range map[string]string{
		"1585908000":                "2020-04-03T10:00:00Z",
		"1585908000.0":              "2020-04-03T10:00:00Z",
		"1585908000123":             "2020-04-03T10:00:00.123Z",
		"1585908000123456":          "2020-04-03T10:00:00.123Z",
		"1.585908e9":                "2020-04-03T10:00:00Z",
		"999999999":                 "2001-09-09T01:46:39Z",
		"2020-04-03T12:00:00+02:00": "2020-04-03T12:00:00+02:00",
		"2020-04-03 10:00:00Z":      "2020-04-03T10:00:00Z",
		"2020-04-03 10:00:00":       "2020-04-03T10:00:00",
		"2020-04-03":                "2020-04-03",
		"25/12/2021 08:12":          "2021-12-25T08:12:00",
		"12/25/2021 8:12 PM":        "2021-12-25T20:12:00",
		"3 avril 2020 à 10h00":      "2020-04-03T10:00:00",
		"0":                         "",
		"-5":                        "",
		"NaN":                       "",
		"1e300":                     "",
		"9999-12-31T00:00:00Z":      "",
		"soon":                      "",
	} {
		if got, _ := Stamp(in, dates.Options{}); got.String() != want {
			t.Errorf("Stamp(%q) = %s, want %s", in, got, want)
		}
	}
}

func TestBare(t *testing.T) {
	for in, want := range map[string]string{"t1_abc": "abc", "t3_x": "x", "t1_": "t1_", "t9_a": "t9_a", "12.0": "12", "1.2.0": "1.2.0", ".0": ".0", "": ""} {
		if got := bare(in); got != want {
			t.Errorf("bare(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestIsTable(t *testing.T) {
	for _, tt := range []struct {
		name, head string
		want       bool
	}{
		{"names of its own", "Nr;wer;was\n1;Kai;It leaks\n2;Pia;No\n", true},
		{"quoted line ends", "a,b,c\n1,2,\"x\ny\"\n3,4,5\n", true},
		{"Excel names the mark", "sep=;\na;b\n", true},
		{"too few rows", "a;b;c\n1;2;3\n", false},
		{"two columns, as prose with a comma has", "Well, yes\nNo, never\nOh, dear\n", false},
		{"prose", "He came, he saw, he won.\nThen, well, he left, they say.\nThe end.\n", false},
		{"nothing", "", false},
	} {
		if got := IsTable([]byte(tt.head)); got != tt.want {
			t.Errorf("%s: IsTable = %v, want %v", tt.name, got, tt.want)
		}
	}
}
