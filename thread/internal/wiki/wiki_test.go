package wiki

import (
	"strings"
	"testing"
)

func TestUser(t *testing.T) {
	for title, want := range map[string]string{
		"User:Ann":                   "Ann",
		"user:ann":                   "Ann",
		"User:\x02":                  "",
		":User:Ann":                  "Ann",
		"User_talk:Ann_Lee":          "Ann Lee",
		"User talk:Ann#Hello":        "Ann",
		"Benutzerin Diskussion:Ann":  "Ann",
		"Discussion utilisateur:Ann": "Ann",
		"Szerkesztővita:Ann":         "Ann",
		"Обсуждение участницы:Анна":       "Анна",
		"نقاش المستخدم:سارة":              "سارة",
		"利用者‐会話:花子":                       "花子",
		"Speciale:Contributi/Ann":         "Ann",
		"Special:Contributions/192.0.2.7": "192.0.2.7",
		"Spezial:Beiträge":                "",
		"Special:Contributions":           "",
		"Special:Log/Ann":                 "",
		"User:Ann/sandbox":                "",
		"Talk:Ann":                        "",
		"Ann":                             "",
		"Mein Benutzer:Ann":               "",
		"\u200eUser:Ann\u200e":            "Ann",
	} {
		if got := User(title); got != want {
			t.Errorf("User(%q) = %q, want %q", title, got, want)
		}
	}
}

func TestTitle(t *testing.T) {
	for href, want := range map[string]string{
		"/wiki/User:Ann_Lee":                           "User:Ann Lee",
		"./User:Ann?action=edit&redlink=1":             "User:Ann",
		"//fr.wiki.example/wiki/Utilisateur:%C3%89lo":  "Utilisateur:Élo",
		"https://wiki.example/wiki/Talk:A?x=1#y":       "Talk:A",
		"/w/index.php?title=User:Ann&action=edit":      "User:Ann",
		"/w/index.php?action=edit&title=User+talk:Ann": "User talk:Ann",
		"/index.php/User:Ann":                          "User:Ann",
		"/User:Ann":                                    "User:Ann",
		"https://wiki.example/User:Ann":                "User:Ann",
		"/wiki/Speci%E1lis:X":                          "Speciális:X", // windows-1252
		"/zh-tw/User:Ann":                              "User:Ann",
		"https://wiki.example/docs/User:Ann/notes":     "User:Ann/notes",
		"#top":       "",
		"/wiki/100%": "100%",
	} {
		if got := Title(href); got != want {
			t.Errorf("Title(%q) = %q, want %q", href, got, want)
		}
	}
}

// The date formats of wikis in many languages (dateFormats of languages/messages
// in MediaWiki), and what is no signature.
func TestFindTime(t *testing.T) {
	for text, want := range map[string]string{
		" 08:12, 25 December 2021 (UTC)":               "2021-12-25T08:12:00Z",
		"said Ann 08:12, 25 December 2021 (UTC) more":  "2021-12-25T08:12:00Z",
		"08:12, 25. Dez. 2021 (CET)":                   "2021-12-25T08:12:00+01:00",
		"25 décembre 2021 à 08:12 (CET)":               "2021-12-25T08:12:00+01:00",
		"08:12, 25 dic 2021 (CET)":                     "2021-12-25T08:12:00+01:00",
		"08:12 25 dic 2021 (UTC)":                      "2021-12-25T08:12:00Z",
		"08:12, 25 gru 2021 (CET)":                     "2021-12-25T08:12:00+01:00",
		"08:12, 25 декабря 2021 (UTC)":                 "2021-12-25T08:12:00Z",
		"2021. december 25., 08:12 (CET)":              "2021-12-25T08:12:00+01:00",
		"25 dec 2021 08:12 (CET)":                      "2021-12-25T08:12:00+01:00",
		"25 december 2021 kl. 08.12 (CET)":             "2021-12-25T08:12:00+01:00",
		"25. joulukuuta 2021 kello 08.12 (EET)":        "2021-12-25T08:12:00+02:00",
		"25. 12. 2021, 08:12 (CET)":                    "2021-12-25T08:12:00+01:00",
		"08h12min de 25 de dezembro de 2021 (UTC)":     "2021-12-25T08:12:00Z",
		"2021年12月25日 (土) 08:12 (UTC)":                  "2021-12-25T08:12:00Z",
		"2021年12月25日 (六) 08:12 (UTC)":                  "2021-12-25T08:12:00Z",
		"2021년 12월 25일 (토) 08:12 (KST)":                "2021-12-25T08:12:00+09:00",
		"08:12، 25 ديسمبر 2021 (ت ع م)":                "2021-12-25T08:12:00Z",
		"\u200f۲۵ دسامبر ۲۰۲۱، ساعت ۰۸:۱۲ (UTC)":       "2021-12-25T08:12:00Z",
		"08:12, 25 בדצמבר 2021 (IST)":                  "2021-12-25T08:12:00+02:00",
		"08:12, 25 Aralık 2021 (UTC)":                  "2021-12-25T08:12:00Z",
		"08:12, ngày 25 tháng 12 năm 2021 (UTC)":       "2021-12-25T08:12:00Z",
		"25 Desember 2021 08.12 (UTC)":                 "2021-12-25T08:12:00Z",
		"December 25, 2021, 08:12 (UTC)":               "2021-12-25T08:12:00Z",
		"08:12, 25 грудня 2021 (UTC)":                  "2021-12-25T08:12:00Z",
		"08:12, 25 снежня 2021 (+03)":                  "2021-12-25T08:12:00+03:00",
		"25. dec 2021, 08:12 (CET)":                    "2021-12-25T08:12:00+01:00",
		"25. des. 2021 kl. 08:12 (CET)":                "2021-12-25T08:12:00+01:00",
		"25 de decembro de 2021 ás 08:12 (UTC)":        "2021-12-25T08:12:00Z",
		"08:12, 25 des 2021 (CET)":                     "2021-12-25T08:12:00+01:00",
		"08:12, 25 de des 2021 (CET)":                  "2021-12-25T08:12:00+01:00",
		"25 decembrie 2021 08:12 (EET)":                "2021-12-25T08:12:00+02:00",
		"08:12, 25 Δεκεμβρίου 2021 (UTC)":              "2021-12-25T08:12:00Z",
		"08:12, 25 декември 2021 (UTC)":                "2021-12-25T08:12:00Z",
		"08:12, 25 ธันวาคม 2564 (+07)":                 "2021-12-25T08:12:00+07:00",
		"08:12, 25 दिसम्बर 2021 (UTC)":                 "2021-12-25T08:12:00Z",
		"08:12, 25 दिसंबर 2021 (IST)":                  "2021-12-25T08:12:00+02:00",
		"০৮:১২, ২৫ ডিসেম্বর ২০২১ (ইউটিসি)":             "2021-12-25T08:12:00Z",
		"08:12, 25 dec. 2021 (UTC)":                    "2021-12-25T08:12:00Z",
		"08:12, 25 abendua 2021 (CET)":                 "2021-12-25T08:12:00+01:00",
		"08:12, 25. prosinca 2021. (CET)":              "2021-12-25T08:12:00+01:00",
		"08:12, 25. децембар 2021. (CET)":              "2021-12-25T08:12:00+01:00",
		"08:12, 25. decembar 2021. (CET)":              "2021-12-25T08:12:00+01:00",
		"08:12, 25. december 2021 (CET)":               "2021-12-25T08:12:00+01:00",
		"25. detsember 2021, kell 08:12 (EET)":         "2021-12-25T08:12:00+02:00",
		"08:12, 25 gruodžio 2021 (EET)":                "2021-12-25T08:12:00+02:00",
		"2021 gruodžio 25, 08:12 (EET)":                "2021-12-25T08:12:00+02:00",
		"2021. gada 25. decembris, plkst. 08.12 (EET)": "2021-12-25T08:12:00+02:00",
		"08:12, 25 dekabr 2021 (UTC)":                  "2021-12-25T08:12:00Z",
		"08:12, 25 Disember 2021 (UTC)":                "2021-12-25T08:12:00Z",
		"25. desember 2021 kl. 08:12 (UTC)":            "2021-12-25T08:12:00Z",
		"08:12, 25 Դեկտեմբերի 2021 (UTC)":              "2021-12-25T08:12:00Z",
		"08:12, 25 დეკემბერი 2021 (UTC)":               "2021-12-25T08:12:00Z",
		"08:12، 25 کانوونی یەکەمی 2021 (UTC)":          "2021-12-25T08:12:00Z",
		"٠٨:١٢، ٢٥ ديسمبر ٢٠٢١ (ت ع م)":                "2021-12-25T08:12:00Z",
		"08:12, 25 Rhagfyr 2021 (UTC)":                 "2021-12-25T08:12:00Z",
		"08.12, 25 Aralık 2021 (UTC)":                  "2021-12-25T08:12:00Z",
		"25 दिसंबर 2021, 08:12 (UTC)":                  "2021-12-25T08:12:00Z",
		"08:12, 25 டிசம்பர் 2021 (UTC)":                "2021-12-25T08:12:00Z",
		"08:12, 25 ഡിസംബർ 2021 (UTC)":                  "2021-12-25T08:12:00Z",
		"08:12, 25 డిసెంబరు 2021 (UTC)":                "2021-12-25T08:12:00Z",
		"08:12, 25 decembri 2021 (UTC)":                "2021-12-25T08:12:00Z",
		"08:12, 25-Dekabr 2021 (UTC)":                  "2021-12-25T08:12:00Z",
		"08:12, 25 dhjetor 2021 (CET)":                 "2021-12-25T08:12:00+01:00",
		"08:12, 25 декември 2021 (CET)":                "2021-12-25T08:12:00+01:00",
		"25 dicembre 2021 08:12 (CET)":                 "2021-12-25T08:12:00+01:00",
		"08:12, 25. Dezember 2021 (MEZ)":               "2021-12-25T08:12:00+01:00",
		"08:12, den 25. Dez 2021 (CET)":                "2021-12-25T08:12:00+01:00",
		"08:12, 25 December 2021 (XYZT)":               "2021-12-25T08:12:00",
		"08:12, 25 December 2021":                      "",
		"25 December 2021 (UTC)":                       "",
		"08:12 (UTC)":                                  "",
		"0 janvier 0000 à 00:00 (CET)":                 "",
		"08:12, 25 December 2021 (see above, please)":  "",
		"08:12, 25 December 2021 I said (UTC)":         "",
		"(":                                            "", "（UTC": "",
	} {
		at, ok := FindTime(text)
		if got := at.Stamp.String(); got != want || ok != (want != "") {
			t.Errorf("FindTime(%q) = %q, %v, want %q", text, got, ok, want)
		}
		if ok && !strings.HasSuffix(text[at.Start:at.End], ")") {
			t.Errorf("FindTime(%q) ends before the bracket: %q", text, text[at.Start:at.End])
		}
	}
}

func TestFindTimeFirst(t *testing.T) {
	const text = "on 1 May 2020 (UTC), 10:00, 5 May 2020 (UTC) and 11:00, 5 May 2020 (UTC)"
	at, ok := FindTime(text)
	if want := "10:00, 5 May 2020 (UTC)"; !ok || text[at.Start:at.End] != want {
		t.Errorf("FindTime found %q, want %q", text[at.Start:at.End], want)
	}
}

func TestIsAddress(t *testing.T) {
	for name, want := range map[string]bool{
		"192.0.2.7": true, "2001:DB8::7": true, "192.0.2.xxx": true,
		"Ann": false, "Agent 007": false, "1.2.3": false, "": false,
	} {
		if got := isAddress(name); got != want {
			t.Errorf("isAddress(%q) = %v, want %v", name, got, want)
		}
	}
}

func FuzzFindTime(f *testing.F) {
	f.Add("08:12, 25 December 2021 (UTC)")
	f.Add("\u200f۲۵ دسامبر ۲۰۲۱، ساعت ۰۸:۱۲（UTC)")
	f.Fuzz(func(t *testing.T, s string) {
		User(s)
		Title(s)
		at, ok := FindTime(s)
		if ok && (at.Start < 0 || at.Start >= at.End || at.End > len(s) || !at.Stamp.Timed()) {
			t.Fatalf("FindTime(%q) = %+v", s, at)
		}
	})
}
