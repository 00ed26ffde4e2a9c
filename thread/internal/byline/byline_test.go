package byline

import "testing"

func TestUndated(t *testing.T) {
	for line, want := range map[string]string{
		"Anna on 3 May 2020 at 10:15":         "Anna",
		"Anna - Le 22/01/2020 à 12:01":        "Anna",
		"Le 3 mai 2020, 10:15 par Anna":       "Anna",
		"3. Mai 2020, 10:15 Uhr von Anna Bär": "Anna Bär",
		"On 3 May 2020, Anna said":            "Anna said",
		"Am 3.5.2020 um 10:15 schrieb":        "schrieb",
		"par Anna":                            "par Anna", // no date
		"3 May 2020":                          "3 May 2020",
	} {
		if got := Undated(line); got != want {
			t.Errorf("Undated(%q) = %q, want %q", line, got, want)
		}
	}
}

func TestName(t *testing.T) {
	for line, want := range map[string]string{
		"Anna says:": "Anna", "Posted by: Anna": "Anna", "Posted by Anna": "Anna", "Von Anna": "Anna", "By: Anna": "Anna", "Gespeichert von Anna": "Anna", "Commentaire n°3 posté par Anna": "Anna", "Auteur : Anna": "Anna", "Rédigé par : Anna": "Anna", "Antwort von Anna": "Anna", "#12 Anna": "Anna", "3. Anna": "Anna",
		"anna@example.org": "anna", "Anna |": "Anna", "Byron": "Byron", "By ": "By", "": "",
	} {
		if got := Name(line); got != want {
			t.Errorf("Name(%q) = %q, want %q", line, got, want)
		}
	}
}

func TestLoose(t *testing.T) {
	for line, want := range map[string]string{"Anna wrote:": "Anna", "Anna Reply": "Anna", "Anna on 3 May 2020": "Anna", "Anna": "Anna"} {
		if got := Loose(line); got != want {
			t.Errorf("Loose(%q) = %q, want %q", line, got, want)
		}
	}
}

func TestIsBadge(t *testing.T) {
	for s, want := range map[string]bool{"Author": true, "(mod)": true, "[Admin]": true, "Anna": false, "": false} {
		if got := IsBadge(s); got != want {
			t.Errorf("IsBadge(%q) = %v, want %v", s, got, want)
		}
	}
}

func TestPublic(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "Ann": "Ann", "ann@b.example": "ann", "@ann": "@ann", "Ann @ home": "Ann @ home", "ann@home": "ann@home", "192.0.2.7": "192.0.2.7",
	} {
		if got := Public(in); got != want {
			t.Errorf("Public(%q) = %q, want %q", in, got, want)
		}
	}
}
