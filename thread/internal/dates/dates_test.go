package dates

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"threadheat/thread"
)

// base is a Saturday.
var base = time.Date(2024, 6, 15, 10, 30, 40, 0, time.UTC)

// absolutes are dates that need no Base. want is Stamp.String: its length
// tells the precision, but for whole hours.
var absolutes = []struct{ name, in, want string }{
	// WordPress's own formats, by locale.
	{"en", "March 9, 2019 at 6:34 am", "2019-03-09T06:34:00"},
	{"en pm", "March 9, 2019 at 2:33 pm", "2019-03-09T14:33:00"},
	{"en p.m.", "March 9, 2019 at 2:33 p.m.", "2019-03-09T14:33:00"},
	{"en P. M.", "March 9, 2019 at 2:33 P. M.", "2019-03-09T14:33:00"},
	{"en noon", "March 9, 2019 at 12:00 pm", "2019-03-09T12:00:00"},
	{"en midnight", "March 9, 2019 at 12:05 AM", "2019-03-09T00:05:00"},
	{"en hour", "March 9, 2019 at 5pm", "2019-03-09T17:00:00"},
	{"fr old", "25 décembre 2021 à 8 h 12 min", "2021-12-25T08:12:00"},
	{"fr one digit", "3 août 2021 à 16 h 4 min", "2021-08-03T16:04:00"},
	{"fr new", "25 décembre 2021 à 16h41", "2021-12-25T16:41:00"},
	{"fr article", "Le 1er mars 2018 à 12:57", "2018-03-01T12:57:00"},
	{"fr 1 er apart", "1 er mai 2018", "2018-05-01"},
	{"fr no accent, capitals", "25 DECEMBRE 2021", "2021-12-25"},
	{"fr short month", "20 oct. 2025 - 15:51,", "2025-10-20T15:51:00"},
	{"fr hour", "le 4 avril 2020 à 14 h", "2020-04-04T14:00:00"},
	{"fr seconds", "4 avril 2020, 14 h 05 min 09 s", "2020-04-04T14:05:09"},
	{"fr février short", "2 févr. 2020 à 09h05", "2020-02-02T09:05:00"},
	{"fr published", "Publié le vendredi 7 février 2020 à 09:05", "2020-02-07T09:05:00"},
	{"fr zone", "5 mars 2006 à 16:54 (CET)", "2006-03-05T16:54:00+01:00"},
	{"de", "23. Juni 2016 um 17:21", "2016-06-23T17:21:00"},
	{"de Uhr", "23. Juni 2016 um 17:21 Uhr", "2016-06-23T17:21:00"},
	{"de Uhr Uhr", "19.04.2016 um 20:55 Uhr Uhr", "2016-04-19T20:55:00"},
	{"de @", "8. April 2019 @ 11:38", "2019-04-08T11:38:00"},
	{"de dot in time", "14.09.2022 um 21.11", "2022-09-14T21:11:00"},
	{"de hour", "14. September 2022, 21 Uhr", "2022-09-14T21:00:00"},
	{"de am", "Am 29. Mai 2017 um 14:38", "2017-05-29T14:38:00"},
	{"de weekday", "Samstag, den 5. März 2022, 09:08 Uhr", "2022-03-05T09:08:00"},
	{"de short weekday", "Sa., 5. März 2022", "2022-03-05"},
	{"de Jänner", "6. Jänner 2022 um 7:00", "2022-01-06T07:00:00"},
	{"de slashes", "29.07.2020 // 12:56", "2020-07-29T12:56:00"},
	{"de comma in date", "17.07, 2011 @ 16:42", "2011-07-17T16:42:00"},
	{"de upper case", "5. MÄRZ 2022", "2022-03-05"},
	{"es", "3 mayo, 2020 a las 5:04 pm", "2020-05-03T17:04:00"},
	{"es de", "3 de mayo de 2020 a las 17:04", "2020-05-03T17:04:00"},
	{"es del", "3 de mayo del 2020", "2020-05-03"},
	{"es h", "3 mayo 2020, 17:04 h.", "2020-05-03T17:04:00"},
	{"es a. m.", "3 mayo, 2020 a las 5:04 a. m.", "2020-05-03T05:04:00"},
	{"es weekday", "miércoles, 1 de julio de 2020", "2020-07-01"},
	{"es el", "el sábado, 4 de julio de 2020", "2020-07-04"},
	{"es setiembre", "3 setiembre 2020", "2020-09-03"},
	{"it", "Marzo 3, 2020 alle 5:04 pm", "2020-03-03T17:04:00"},
	{"pt time first", "08h12min de 25 de dezembro de 2021", "2021-12-25T08:12:00"},
	{"ckb", "٠٨:١٢، ٢٥ی کانوونی یەکەمی ٢٠٢١", "2021-12-25T08:12:00"},
	{"az", "08:12, 25 noyabr 2021", "2021-11-25T08:12:00"},
	{"hy", "08:12, 25 Հունվարի 2021", "2021-01-25T08:12:00"},
	{"mr", "08:12, 25 डिसेंबर 2021", "2021-12-25T08:12:00"},
	{"ta", "08:12, 25 திசம்பர் 2021", "2021-12-25T08:12:00"},
	{"te", "08:12, 25 డిసెంబరు 2021", "2021-12-25T08:12:00"},
	{"ml", "08:12, 25 ഡിസംബർ 2021", "2021-12-25T08:12:00"},
	{"tl", "08:12, 25 Disyembre 2021", "2021-12-25T08:12:00"},
	{"br", "08:12, 25 kerzu 2021", "2021-12-25T08:12:00"},
	{"ga", "08:12, 25 Nollaig 2021", "2021-12-25T08:12:00"},
	{"lv plkst", "2021. gada 25. decembris, plkst. 08.12", "2021-12-25T08:12:00"},
	{"et kell", "25. detsember 2021, kell 08:12", "2021-12-25T08:12:00"},
	{"ur year", "08:12، 25 دسمبر 2021ء", "2021-12-25T08:12:00"},
	{"it alle", "3 Marzo 2020 alle 17:04", "2020-03-03T17:04:00"},
	{"it ore", "3 agosto 2020 alle ore 9:04", "2020-08-03T09:04:00"},
	{"it short", "mar 3 set 2019 alle 9:04", "2019-09-03T09:04:00"},
	{"pt", "8 de janeiro de 2019 às 10:04", "2019-01-08T10:04:00"},
	{"pt feira", "segunda-feira, 8 de abril de 2019 às 10h04", "2019-04-08T10:04:00"},
	{"pt em", "Em 8 de março de 2019, 10:04", "2019-03-08T10:04:00"},
	{"pt short", "8 fev 2019", "2019-02-08"},
	{"nl", "8 maart 2019 om 08:05", "2019-03-08T08:05:00"},
	{"nl uur", "op 8 mrt. 2019 om 08:05 uur", "2019-03-08T08:05:00"},
	{"nl weekday", "vrijdag 8 maart 2019 - 08:05", "2019-03-08T08:05:00"},
	{"pl nominative", "8 Kwiecień 2019 o 08:05", "2019-04-08T08:05:00"},
	{"pl", "8 kwietnia 2019 o 08:05", "2019-04-08T08:05:00"},
	{"pl godz.", "1 stycznia 2019, godz. 08:05", "2019-01-01T08:05:00"},
	{"pl November", "11 listopada 2019 o 11:11", "2019-11-11T11:11:00"},
	{"pl short", "14:15, 11 paź 2018 (CEST)", "2018-10-11T14:15:00+02:00"},
	{"ru", "08.04.2019 в 10:05", "2019-04-08T10:05:00"},
	{"ru genitive", "8 апреля 2019 в 10:05", "2019-04-08T10:05:00"},
	{"ru г.", "8 апреля 2019 г. в 10:05", "2019-04-08T10:05:00"},
	{"ru г., comma", "8 мая 2019 г., 10:05", "2019-05-08T10:05:00"},
	{"ru nominative", "8 Август 2019, 10:05:07", "2019-08-08T10:05:07"},
	{"ru short", "8 сент. 2019", "2019-09-08"},
	{"sv", "8 april, 2019 kl. 10:05", "2019-04-08T10:05:00"},
	{"sv den", "den 8 april 2019 klockan 10.05", "2019-04-08T10:05:00"},
	{"sv :e", "8:e maj 2019", "2019-05-08"},
	{"ja", "2019年4月8日 3:05 PM", "2019-04-08T15:05:00"},
	{"ja 午後", "2019年4月8日 午後3:05", "2019-04-08T15:05:00"},
	{"ja 午前", "2019年4月8日（月） 午前3:05", "2019-04-08T03:05:00"},
	{"ja weekday", "2019年4月8日(月) 15:05", "2019-04-08T15:05:00"},
	{"ja 時分", "2019年4月8日15時05分", "2019-04-08T15:05:00"},
	{"ja 時分秒", "2019年4月8日 15時5分9秒", "2019-04-08T15:05:09"},
	{"ja full width", "２０１９年４月８日　１５：０５", "2019-04-08T15:05:00"},
	{"ja posted", "投稿日時: 2019年4月8日 15:05", "2019-04-08T15:05:00"},
	{"zh_CN", "2019年4月8日 下午3:05", "2019-04-08T15:05:00"},
	{"zh_CN morning", "2019年4月8日 上午12:05", "2019-04-08T00:05:00"},
	{"zh evening", "2019年4月8日晚上8:05", "2019-04-08T20:05:00"},
	{"zh_TW", "2019-04-08 at 15:05:09", "2019-04-08T15:05:09"},
	{"zh_HK", "2019年四月8日 下午3時05分", "2019-04-08T15:05:00"},
	{"zh months", "十二月 25, 2021 3:05 下午", "2021-12-25T15:05:00"},
	{"ko", "2019년 4월 8일 (오후 3:05)", "2019-04-08T15:05:00"},
	{"ko 시 분", "2019년 4월 8일 월요일 오전 3시 5분", "2019-04-08T03:05:00"},
	{"ko dots", "2019. 4. 8. 오후 3:05", "2019-04-08T15:05:00"},
	{"uk", "8 квітня 2019 о 10:05", "2019-04-08T10:05:00"},
	{"uk nominative", "Травень 8, 2019 о 10:05 am", "2019-05-08T10:05:00"},
	{"cs", "8.4.2019 v 10.05", "2019-04-08T10:05:00"},
	{"cs spaces", "8. 4. 2019 v 10:05", "2019-04-08T10:05:00"},
	{"cs genitive", "8. července 2019 (10:05)", "2019-07-08T10:05:00"},
	{"cs November", "8. listopadu 2019", "2019-11-08"},
	{"hr October", "8. listopada 2019. u 10:05", "2019-10-08T10:05:00"},
	{"hr November", "8. studenoga 2019. u 10:05", "2019-11-08T10:05:00"},
	{"sr", "8. априла 2019. у 10:05", "2019-04-08T10:05:00"},
	{"sk", "8. mája 2019 o 10:05", "2019-05-08T10:05:00"},
	{"sl", "8. maja, 2019 ob 10:05", "2019-05-08T10:05:00"},
	{"bg", "8 април 2019 г. в 10:05 ч.", "2019-04-08T10:05:00"},
	{"da", "8. april 2019 kl. 9:05", "2019-04-08T09:05:00"},
	{"da dot", "8. maj 2019 kl. 9.05", "2019-05-08T09:05:00"},
	{"nb", "8. desember 2019 kl. 09:05", "2019-12-08T09:05:00"},
	{"fi", "8.4.2019 klo 09:05", "2019-04-08T09:05:00"},
	{"fi dot", "8.4.2019 klo 9.05", "2019-04-08T09:05:00"},
	{"fi partitive", "8. huhtikuuta 2019 kello 9.05", "2019-04-08T09:05:00"},
	{"tr", "08 Nisan 2019, 09:05", "2019-04-08T09:05:00"},
	{"tr dotless", "8 AĞUSTOS 2019 saat 09:05", "2019-08-08T09:05:00"},
	{"tr ı", "8 Kasım 2019, 09:05", "2019-11-08T09:05:00"},
	{"el", "8 Απριλίου 2019 στις 09:05", "2019-04-08T09:05:00"},
	{"el capitals", "8 ΑΠΡΙΛΊΟΥ 2019 στις 9:05 ΜΜ", "2019-04-08T21:05:00"},
	{"el μ.μ.", "8 Μαΐου 2019, 9:05 μ.μ.", "2019-05-08T21:05:00"},
	{"hu", "2019-04-08 - 09:05", "2019-04-08T09:05:00"},
	{"hu dots", "2019. június 25., 12:46 (CEST)", "2019-06-25T12:46:00+02:00"},
	{"hu short", "2019. márc. 8. 12:46", "2019-03-08T12:46:00"},
	{"hu numbers", "2019.04.08. 12:46", "2019-04-08T12:46:00"},
	{"ro", "8 aprilie 2019 la 9:05", "2019-04-08T09:05:00"},
	{"ca", "8 de maig de 2019 a les 9:05", "2019-05-08T09:05:00"},
	{"ca d'", "8 d'abril de 2019 a les 9:05", "2019-04-08T09:05:00"},
	{"ca d’", "8 d’agost del 2019", "2019-08-08"},
	{"id", "8 Agustus 2019 pukul 09.05", "2019-08-08T09:05:00"},
	{"vi", "08.04.2019 lúc 09:05", "2019-04-08T09:05:00"},
	{"vi words", "Tháng Mười Hai 8, 2019 lúc 9:05 sáng", "2019-12-08T09:05:00"},
	{"vi numbers", "8 Tháng 4, 2019 lúc 9:05 chiều", "2019-04-08T21:05:00"},
	{"vi ngày", "ngày 8 tháng 4 năm 2019", "2019-04-08"},
	{"lt", "2019 m. balandžio 8 d. 09:05", "2019-04-08T09:05:00"},
	{"lv", "2019. gada 8. aprīlī 9.05", "2019-04-08T09:05:00"},
	{"et", "aprill 8, 2019, 9:05 p.l.", "2019-04-08T21:05:00"},
	{"eu", "9:05(e)tik abendua 8, 2019", "2019-12-08T09:05:00"},
	{"eu day first", "2019ko abenduaren 8a", "2019-12-08"},
	{"gd", "8 An t-Sultain 2019 9:05", "2019-09-08T09:05:00"},
	{"is", "8. ágúst 2019", "2019-08-08"},
	{"he", "8 באפריל 2019 בשעה 9:05 pm", "2019-04-08T21:05:00"},
	{"ar", "8 أبريل 2019 الساعة 9:05 م", "2019-04-08T21:05:00"},
	{"ar digits", "٨ أبريل، ٢٠١٩ الساعة ٩:٠٥ ص", "2019-04-08T09:05:00"},
	{"ar zone", "22:51، 21 أبريل 2020 (ت ع م)", "2020-04-21T22:51:00Z"},
	{"ar Levant", "8 كانون الأول 2019", "2019-12-08"},
	{"fa digits", "آوریل ۸, ۲۰۱۹ در ۹:۰۵ ب.ظ", "2019-04-08T21:05:00"},
	{"ur", "8 اپریل 2019", "2019-04-08"},
	{"hi", "8 अप्रैल 2019", "2019-04-08"},
	{"bn digits", "এপ্রিল ৮, ২০১৯", "2019-04-08"},
	{"th Buddhist", "8 เมษายน 2562 เวลา 9:05 น.", "2019-04-08T09:05:00"},
	{"th short", "8 เม.ย. 2019 ที่ 9:05", "2019-04-08T09:05:00"},
	{"ka", "აპრილი 8, 2019, 9:05 PM", "2019-04-08T21:05:00"},
	{"ug", "2019-يىل 8-ئاپرېل, 9:05", "2019-04-08T09:05:00"},
	{"si", "2019 අප්\u200dරේල් 8", "2019-04-08"},

	// Mixtures and themes.
	{"German month, US shape", "Juli 30, 2013 um 2:33 pm", "2013-07-30T14:33:00"},
	{"German month, English glue", "15. Dezember 2015 at 11:21", "2015-12-15T11:21:00"},
	{"English month, German shape", "16. March, 2023 at 16:59", "2023-03-16T16:59:00"},
	{"no dot, comma", "13 Dezember, 2015 um 01:10", "2015-12-13T01:10:00"},
	{"weekday, slash", "Do 1 Aug 2019 / 01:15", "2019-08-01T01:15:00"},
	{"weekday, no comma before year", "Monday, October 25 2010", "2010-10-25"},
	{"weekday, month first, seconds", "Mittwoch, Mai 10, 2017 4:14:00 PM", "2017-05-10T16:14:00"},
	{"ordinals", "the 22nd of May, 2020", "2020-05-22"},
	{"3rd", "May 3rd, 2020 3:05am", "2020-05-03T03:05:00"},
	{"trailing glue", "November 30, 2010 at", "2010-11-30"},
	{"date only", "15. April 2019", "2019-04-15"},
	{"posted", "Posted on: 15 April 2019.", "2019-04-15"},
	{"brackets", "(22 juin 2018 @11h13)", "2018-06-22T11:13:00"},
	{"html2text", "25_décembre_2021_à_8_h_12_min", "2021-12-25T08:12:00"},
	{"no-break spaces", "25\u00a0décembre\u202f2021\u2009à 8\u00a0h\u00a012\u00a0min", "2021-12-25T08:12:00"},
	{"invisible marks", "\u200e25 décembre 2021\u200f\ufeff", "2021-12-25"},
	{"decomposed accents", "25 de\u0301cembre 2021 a\u0300 8 h 12 min", "2021-12-25T08:12:00"},
	{"line ends", "25 décembre 2021\n   à 8 h 12 min", "2021-12-25T08:12:00"},
	{"pipe", "| 25/12/2021 | 08:12", "2021-12-25T08:12:00"},
	{"leap day", "29 février 2020", "2020-02-29"},
	{"before times of pages", "1 janvier 1980", "1980-01-01"},

	// All-number dates.
	{"d.m.Y", "11.05.2012 11:38", "2012-05-11T11:38:00"},
	{"d/m/Y", "14/04/2020 at 3:00 pm", "2020-04-14T15:00:00"},
	{"m/d/Y, only way", "04/14/2020 at 3:00 pm", "2020-04-14T15:00:00"},
	{"d-m-Y", "14-04-2020", "2020-04-14"},
	{"Y/m/d", "2020/4/14 15:00", "2020-04-14T15:00:00"},
	{"Y.m.d", "2020.04.14", "2020-04-14"},
	{"m.d.y, only way", "12.29.14 at 9:14 pm", "2014-12-29T21:14:00"},
	{"d.m.y", "29.12.14 um 9:14", "2014-12-29T09:14:00"},
	{"y of the last century", "25/12/99", "1999-12-25"},
	{"y/m/d, only way", "99/12/25 08:12", "1999-12-25T08:12:00"},
	{"AM after seconds", "2011-04-12 03:29:11 PM", "2011-04-12T15:29:11"},
	{"PM before", "11/30/2020 PM 03:05", "2020-11-30T15:05:00"},
	{"comma", "18.10.2019, 16:18", "2019-10-18T16:18:00"},

	// Machine formats.
	{"ISO", "2021-12-25T08:12:00+01:00", "2021-12-25T08:12:00+01:00"},
	{"ISO Z", "2021-12-25T08:12:00Z", "2021-12-25T08:12:00Z"},
	{"ISO offset without colon", "2021-12-25T08:12:00+0100", "2021-12-25T08:12:00+01:00"},
	{"ISO west", "2021-12-25T08:12:00-05:00", "2021-12-25T08:12:00-05:00"},
	{"ISO fraction", "2021-12-25T08:12:00.123Z", "2021-12-25T08:12:00.123Z"},
	{"ISO long fraction", "2021-12-25T08:12:00.123456+00:00", "2021-12-25T08:12:00.123Z"},
	{"ISO local", "2021-12-25T08:12:00", "2021-12-25T08:12:00"},
	{"ISO minutes", "2021-12-25T08:12", "2021-12-25T08:12:00"},
	{"ISO space", "2021-12-25 08:12:00", "2021-12-25T08:12:00"},
	{"ISO day", "2021-12-25", "2021-12-25"},
	{"ISO basic", "20211225T081200Z", "2021-12-25T08:12:00Z"},
	{"ISO lower case", "2021-12-25t08:12:00z", "2021-12-25T08:12:00Z"},
	{"UTC", "2021-12-25 08:12:00 UTC", "2021-12-25T08:12:00Z"},
	{"GMT offset", "2021-12-25 08:12 GMT+2", "2021-12-25T08:12:00+02:00"},
	{"a year of two digits, month first", "3/31/12 10:22 am", "2012-03-31T10:22:00"},
	{"a year of two digits, day of one", "1/12/21 10:22", "2021-12-01T10:22:00"},
	{"Arabic at", "3 مارس، 2012 عند 10:22 ص", "2012-03-03T10:22:00"},
	{"Estonian at", "3. märts 2012 kell 10:22", "2012-03-03T10:22:00"},
	{"Hindi at", "3 मार्च 2012 पर 10:22", "2012-03-03T10:22:00"},
	{"(UTC)", "08:12, 25 December 2021 (UTC)", "2021-12-25T08:12:00Z"},
	{"(UTC+1)", "25 Dec 2021 08:12 (UTC+1)", "2021-12-25T08:12:00+01:00"},
	{"RFC 2822", "Sat, 25 Dec 2021 08:12:00 +0100", "2021-12-25T08:12:00+01:00"},
	{"RFC 2822 comment", "Sat, 25 Dec 2021 08:12:00 -0500 (EST)", "2021-12-25T08:12:00-05:00"},
	{"RFC 850", "Saturday, 25-Dec-21 08:12:00 GMT", "2021-12-25T08:12:00Z"},
	{"Unix", "Sat Dec 25 08:12:00 CET 2021", "2021-12-25T08:12:00+01:00"},
	{"Unix offset", "Sat Dec 25 08:12:00 +0000 2021", "2021-12-25T08:12:00Z"},
	{"server log", "25/Dec/2021:08:12:00 +0100", "2021-12-25T08:12:00+01:00"},
	{"quarter zone", "2021-12-25 08:12 +05:45", "2021-12-25T08:12:00+05:45"},
}

func TestParse(t *testing.T) {
	for _, c := range absolutes {
		t.Run(c.name, func(t *testing.T) {
			m, ok := Parse(c.in, Options{})
			if got := m.Stamp.String(); got != c.want || ok != (c.want != "") {
				t.Errorf("Parse(%q) = %q, %v, want %q", c.in, got, ok, c.want)
			}
			if m.Relative {
				t.Errorf("Parse(%q) is relative", c.in)
			}
		})
	}
}

// noDates merely look like dates, or hold one among other words.
var noDates = []struct{ name, in string }{
	{"empty", ""},
	{"space", " \u00a0 "},
	{"glue only", "le à"},
	{"weekday only", "lundi"},
	{"text that ends in a date", "Paroles reprises de Blog-deDemain-12.04.2015"},
	{"name before a date", "Alice 25 décembre 2021"},
	{"name after a date", "25 décembre 2021 Alice"},
	{"edited", "modifié le 25 décembre 2021"},
	{"length of time", "18 mois"},
	{"length of time, year", "1 year"},
	{"decimal", "49.3"},
	{"decimal below ten", "1.8"},
	{"amount", "8.5 euros"},
	{"price", "14,90 €"},
	{"bits", "16-bit"},
	{"version", "1.8.5"},
	{"long version", "10.12.14.5"},
	{"address of a machine", "192.168.10.11"},
	{"telephone", "01 23 45 67 89"},
	{"telephone with dots", "01.23.45.67.89"},
	{"score", "3-2"},
	{"range of years", "2019-2021"},
	{"season", "2021-22"},
	{"year", "2021"},
	{"month and year", "décembre 2021"},
	{"month as a number", "12/2021"},
	{"day and month", "25 décembre"},
	{"day and month, numbers", "25/12"},
	{"time only", "3:12 pm"},
	{"no year", "Jun 20th at 2:41 am"},
	{"thirtieth of February", "30 février 2021"},
	{"leap day in a common year", "29/02/2021"},
	{"month 13 both ways", "13/13/2021"},
	{"day 32", "32 mai 2021"},
	{"day 0", "0 mai 2021"},
	{"hour 24", "25 mai 2021 à 24:10"},
	{"minute 60", "25 mai 2021 à 12:60"},
	{"second 61", "2021-05-25T12:10:61"},
	{"far year", "25 mai 2121"},
	{"past year", "25 mai 1821"},
	{"years around 1975", "25/05/75"},
	{"two dates", "25 mai 2021 26 mai 2021"},
	{"count", "8 commentaires"},
	{"number of a list", "2.1.1"},
	{"ISBN", "978-2-07-036822-8"},
	{"path", "2021/12/25/titre.html"},
	{"question", "25 mai 2021 ?"},
	{"plus", "25 mai 2021 + 3"},
	{"ago without a number", "ago"},
	{"not a unit", "3 commentaires ago"},
	{"broken UTF-8", "25 mai 2021 \xff"},
	{"may without a day", "May 2021 be good"},
	{"long", strings.Repeat(" ", 300) + "25 mai 2021"},
}

func TestParseRefuses(t *testing.T) {
	for _, c := range noDates {
		t.Run(c.name, func(t *testing.T) {
			if m, ok := Parse(c.in, Options{}); ok {
				t.Errorf("Parse(%q) = %v, want no match", c.in, m.Stamp)
			}
		})
	}
}

func TestParseOrder(t *testing.T) {
	for _, c := range []struct {
		in        string
		order     Order
		want      string
		ambiguous bool
	}{
		{"on 11/08/2020 at 9:52", Auto, "2020-08-11T09:52:00", true},
		{"on 11/08/2020 at 9:52", DMY, "2020-08-11T09:52:00", false},
		{"on 11/08/2020 at 9:52", MDY, "2020-11-08T09:52:00", false},
		{"on 11/08/2020 at 9:52", YMD, "2020-08-11T09:52:00", true}, // the year is plainly last
		{"08/08/2020", Auto, "2020-08-08", false},
		{"13/08/2020", MDY, "2020-08-13", false},
		{"08/13/2020", DMY, "2020-08-13", false},
		{"05.06.2020", Auto, "2020-06-05", false}, // dots
		{"05.06.2020", MDY, "2020-05-06", false},
		{"05.06.20", Auto, "2020-06-05", true},
		{"20/06/05", YMD, "2020-06-05", false},
		{"2020-05-06", MDY, "2020-05-06", false},
		{"05-06-2020", Auto, "2020-06-05", true},
	} {
		m, ok := Parse(c.in, Options{Order: c.order})
		if got := m.Stamp.String(); !ok || got != c.want || m.Ambiguous != c.ambiguous {
			t.Errorf("Parse(%q) in order %d = %q, %v, ambiguous %v, want %q, ambiguous %v", c.in, c.order, got, ok, m.Ambiguous, c.want, c.ambiguous)
		}
	}
}

func TestInferOrder(t *testing.T) {
	for _, c := range []struct {
		name  string
		texts []string
		want  Order
	}{
		{"nothing", nil, Auto},
		{"no dates", []string{"hello", "25 mai 2021", "1.8"}, Auto},
		{"all open", []string{"05/06/2020", "11/08/2020 at 9:52"}, Auto},
		{"one day above 12", []string{"05/06/2020", "Alice on 25/06/2020 at 9:52"}, DMY},
		{"one month last", []string{"05/06/2020", "posted 06/25/2020"}, MDY},
		{"two digits", []string{"12.29.14 at 9:14 pm", "12.05.14 at 9:14 pm"}, MDY},
		{"most win", []string{"25/06/2020", "26/06/2020", "06/25/2020"}, DMY},
		{"a draw", []string{"25/06/2020", "06/25/2020"}, Auto},
		{"year first", []string{"2020-06-25"}, YMD},
		{"year first and another", []string{"2020-06-25", "25/06/2020"}, DMY},
		{"a weekday settles it", []string{"Fri, 05/01/2020 - 10:00", "Sat, 05/02/2020 - 10:00"}, MDY},
		{"a weekday of the other order", []string{"ven, 01/05/2020 - 10:00"}, DMY},
		{"a weekday that fits neither", []string{"Mon, 05/01/2020"}, Auto},
		{"a weekday that fits both", []string{"Tue, 05/05/2020"}, Auto},
		{"not inside names", []string{"demo-06/25/2020", "v06.25.2020.1"}, Auto},
	} {
		if got := InferOrder(c.texts); got != c.want {
			t.Errorf("%s: InferOrder = %d, want %d", c.name, got, c.want)
		}
	}
}

// relatives count from base, 2024-06-15T10:30:40Z.
var relatives = []struct{ in, want string }{
	{"just now", "2024-06-15T10:30:00Z"},
	{"à l’instant", "2024-06-15T10:30:00Z"},
	{"10 seconds ago", "2024-06-15T10:30:30Z"},
	{"3 minutes ago", "2024-06-15T10:27:00Z"},
	{"an hour ago", "2024-06-15T09:00:00Z"},
	{"2 hours ago", "2024-06-15T08:00:00Z"},
	{"about 2 hours ago", "2024-06-15T08:00:00Z"},
	{"2h ago", "2024-06-15T08:00:00Z"},
	{"2 hrs. ago", "2024-06-15T08:00:00Z"},
	{"3 days ago", "2024-06-12"},
	{"3d ago", "2024-06-12"},
	{"2 weeks ago", "2024-06-01"},
	{"6 months ago", "2023-12"},
	{"a year ago", "2023"},
	{"1 year, 2 months ago", "2023-04"},
	{"1 year and 2 months ago", "2023-04"},
	{"il y a 3 jours", "2024-06-12"},
	{"Il y a une heure", "2024-06-15T09:00:00Z"},
	{"il y a environ 2 ans", "2022"},
	{"vor 2 Stunden", "2024-06-15T08:00:00Z"},
	{"vor einem Jahr", "2023"},
	{"vor 1 Jahr und 3 Monaten", "2023-03"},
	{"12 Stunden 33 Minuten her", "2024-06-14T21:57:00Z"},
	{"hace 1 año", "2023"},
	{"hace una semana", "2024-06-08"},
	{"3 giorni fa", "2024-06-12"},
	{"un mese fa", "2024-05"},
	{"1 ano atrás", "2023"},
	{"há 3 dias", "2024-06-12"},
	{"há um mês", "2024-05"},
	{"3 dagen geleden", "2024-06-12"},
	{"een uur geleden", "2024-06-15T09:00:00Z"},
	{"5 dni temu", "2024-06-10"},
	{"2 lata temu", "2022"},
	{"3 дня назад", "2024-06-12"},
	{"5 месяцев тому назад", "2024-01"},
	{"3 dagar sedan", "2024-06-12"},
	{"för 3 dagar sedan", "2024-06-12"},
	{"for 3 dage siden", "2024-06-12"},
	{"3 päivää sitten", "2024-06-12"},
	{"před 3 dny", "2024-06-12"},
	{"3 gün önce", "2024-06-12"},
	{"3日前", "2024-06-12"},
	{"2時間前", "2024-06-15T08:00:00Z"},
	{"6か月前", "2023-12"},
	{"3天前", "2024-06-12"},
	{"2 小时前", "2024-06-15T08:00:00Z"},
	{"3일 전", "2024-06-12"},
	{"πριν από 3 ημέρες", "2024-06-12"},
	{"3 napja", ""}, // Hungarian says "for three days" and "three days ago" alike
	{"acum 3 zile", "2024-06-12"},
	{"fa 3 dies", "2024-06-12"},
	{"3 hari yang lalu", "2024-06-12"},
	{"3 ngày trước", "2024-06-12"},
	{"منذ 3 أيام", "2024-06-12"},
	{"۳ روز پیش", "2024-06-12"},
	{"לפני 3 ימים", "2024-06-12"},
	{"yesterday", "2024-06-14"},
	{"yesterday at 2:41 pm", "2024-06-14T14:41:00Z"},
	{"hier à 14 h 05", "2024-06-14T14:05:00Z"},
	{"gestern um 14:05 Uhr", "2024-06-14T14:05:00Z"},
	{"вчера в 14:05", "2024-06-14T14:05:00Z"},
	{"aujourd’hui, 08:05", "2024-06-15T08:05:00Z"},
	{"avant-hier", "2024-06-13"},
	// No year: the latest such moment.
	{"Jun 20th at 2:41 am", "2023-06-20T02:41:00Z"},
	{"Jun 10th at 2:41 am", "2024-06-10T02:41:00Z"},
	{"10 juin", "2024-06-10"},
	{"29 février", "2024-02-29"},
	// No day: the latest such moment.
	{"10:15 am", "2024-06-15T10:15:00Z"},
	{"3:12 pm", "2024-06-14T15:12:00Z"},
	{"Mi, 14:05 Uhr", ""}, // which Wednesday?
	{"now", ""},
	{"300000 years ago", ""},
	{"99999 days ago", ""},
}

func TestParseRelative(t *testing.T) {
	for _, c := range relatives {
		m, ok := Parse(c.in, Options{Base: base})
		if got := m.Stamp.String(); ok != (c.want != "") || got != c.want {
			t.Errorf("Parse(%q) from %s = %q, %v, want %q", c.in, base.Format(time.RFC3339), got, ok, c.want)
		}
		if ok && !m.Relative {
			t.Errorf("Parse(%q).Relative = false", c.in)
		}
		if m, ok := Parse(c.in, Options{}); ok && (!m.Relative || !m.Stamp.IsZero()) {
			t.Errorf("Parse(%q) without a base = %v, relative %v, want no stamp", c.in, m.Stamp, m.Relative)
		}
	}
}

func TestMonthBeforeTheLastOfMarch(t *testing.T) {
	m, _ := Parse("1 month ago", Options{Base: time.Date(2023, 3, 31, 12, 0, 0, 0, time.UTC)})
	if got := m.Stamp.String(); got != "2023-02" {
		t.Errorf("a month before 31 March = %s, want 2023-02", got)
	}
}

func TestZone(t *testing.T) {
	summer := time.FixedZone("", 2*3600)
	for _, c := range []struct{ in, want string }{
		{"25 mai 2021 à 8 h 12", "2021-05-25T08:12:00+02:00"},
		{"25 mai 2021 08:12 UTC", "2021-05-25T08:12:00Z"},
		{"25 mai 2021", "2021-05-25"},
		{"hier à 14 h 05", "2024-06-14T14:05:00+02:00"},
		{"il y a 2 heures", "2024-06-15T10:00:00+02:00"},
	} {
		m, ok := Parse(c.in, Options{Zone: summer, Base: base})
		if got := m.Stamp.String(); !ok || got != c.want {
			t.Errorf("Parse(%q) = %q, %v, want %q", c.in, got, ok, c.want)
		}
	}
}

func TestFind(t *testing.T) {
	for _, c := range []struct{ name, in, text, want string }{
		{"after a name", "Titus von Ypern 25. Juni 2018 um 14:01 Uhr - Antworten", "25. Juni 2018 um 14:01 Uhr", "2018-06-25T14:01:00"},
		{"after a dash", "Comment by Tim — 17.07, 2011 @ 20:36", "17.07, 2011 @ 20:36", "2011-07-17T20:36:00"},
		{"before links", "18.10.2019, 16:18 Zum Antworten anmelden Zitieren #", "18.10.2019, 16:18", "2019-10-18T16:18:00"},
		{"weekday", "Gustavo Monday, October 25 2010", "Monday, October 25 2010", "2010-10-25"},
		{"in a sentence", "Je l'ai lu le 25 décembre 2021, à Paris.", "25 décembre 2021", "2021-12-25"},
		{"end of a sentence", "Das war am 5. Mai 2020.", "5. Mai 2020", "2020-05-05"},
		{"Japanese", "投稿者：花子2019年4月8日15:05に返信", "2019年4月8日15:05", "2019-04-08T15:05:00"},
		{"weekday in brackets", "花子 2019年4月8日(月) 15:05 返信", "2019年4月8日(月) 15:05", "2019-04-08T15:05:00"},
		{"bar", "Alice|25/12/2021|Reply", "25/12/2021", "2021-12-25"},
		{"colon", "Date:2021-12-25T08:12:00Z", "2021-12-25T08:12:00Z", "2021-12-25T08:12:00Z"},
		{"brackets", "Alice (25/12/2021 08:12) wrote", "25/12/2021 08:12", "2021-12-25T08:12:00"},
		{"first of two", "20 oct. 2025 - 15:51, / Actualité 21 oct. 2025", "20 oct. 2025 - 15:51", "2025-10-20T15:51:00"},
		{"two digits and a time", "Bob 12.29.14 at 9:14 pm", "12.29.14 at 9:14 pm", "2014-12-29T21:14:00"},
		{"after numbers", "3 commentaires, dont un du 4 mars 2020", "4 mars 2020", "2020-03-04"},
		{"time of a price", "8. Mai 2020, 8.50 Euro", "8. Mai 2020", "2020-05-08"},
		{"time with um", "8. Mai 2020 um 8.50", "8. Mai 2020 um 8.50", "2020-05-08T08:50:00"},
		{"no number after the date", "le 4 mars 2020 3 personnes", "4 mars 2020", "2020-03-04"},
		{"German hours", "am 4. März 2020 um 14 Uhr 3 Leute", "4. März 2020 um 14 Uhr", "2020-03-04T14:00:00"},
		{"broken UTF-8", "\xff\xfe 4 mars 2020 \xff", "4 mars 2020", "2020-03-04"},
		{"after a short date", "v1.2 12/25 2021-12-25", "2021-12-25", "2021-12-25"},

		{"file name", "Paroles reprises de Blog-deDemain-12.04.2015", "", ""},
		{"file name before", "12.04.2015-Blog", "", ""},
		{"address", "https://example.org/2021/12/25/titre", "", ""},
		{"query", "https://example.org/?d=2021-12-25&x=1", "", ""},
		{"inside a word", "IMG20211225 x2021-12-25", "", ""},
		{"version", "version 10.12.14.5", "", ""},
		{"two digits without a time", "la 1.8.15 est sortie", "", ""},
		{"percent", "de 25 mai 2021%", "", ""},
		{"time only", "à 16h41 exactement", "", ""},
		{"day and month", "le 14 juillet 16h", "", ""},
		{"month and year", "en mai 2021", "", ""},
		{"length of time", "depuis 18 mois", "", ""},
		{"verb", "you may 2021 times", "", ""},
		{"no digits", "hier soir", "", ""},
		{"telephone", "tel 01 23 45 67 89", "", ""},
		{"range", "2019-2021", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, ok := Find(c.in, Options{})
			got := m.Stamp.String()
			if ok != (c.want != "") || got != c.want || c.in[m.Start:m.End] != c.text {
				t.Errorf("Find(%q) = %q in %q, %v, want %q in %q", c.in, got, c.in[m.Start:m.End], ok, c.want, c.text)
			}
		})
	}
}

func TestFindRelative(t *testing.T) {
	for _, c := range []struct{ in, text string }{
		{"Alice · 3 days ago", "3 days ago"},
		{"Alice 3 days ago", "3 days ago"},
		{"3 days ago · Reply", "3 days ago"},
		{"Alice, vor 2 Stunden", "vor 2 Stunden"},
		{"花子 3日前", "3日前"},
		{"Bob · il y a 3 jours (modifié)", "il y a 3 jours"},
		{"I wrote 3 days ago that it rains.", ""},
		{"I left 3 years ago.", ""},
		{"Il y a 3 jours, elle est partie et ne reviendra plus " + strings.Repeat("jamais ", 40), ""},
	} {
		m, ok := Find(c.in, Options{})
		if ok != (c.text != "") || c.in[m.Start:m.End] != c.text || m.Relative != ok {
			t.Errorf("Find(%q) = %q, %v, relative %v, want %q", c.in, c.in[m.Start:m.End], ok, m.Relative, c.text)
		}
	}
}

func TestFindWithoutYear(t *testing.T) {
	m, ok := Find("Alice wrote on Jun 10th at 2:41 am:", Options{Base: base})
	if got := m.Stamp.String(); !ok || got != "2024-06-10T02:41:00Z" || !m.Relative {
		t.Errorf("Find = %q, %v, relative %v, want 2024-06-10T02:41:00Z, relative", got, ok, m.Relative)
	}
	for _, in := range []string{"le 14 juillet", "à 16h41", "call 555 at 2:41 am"} {
		if m, ok := Find(in, Options{Base: base}); ok {
			t.Errorf("Find(%q) = %v, want no match", in, m.Stamp)
		}
	}
}

// Whatever Parse takes for an absolute date, Find finds among words, unless
// it is one of the shapes that Find leaves out.
func TestFindInsideWords(t *testing.T) {
	for _, c := range absolutes {
		want, ok := Parse(c.in, Options{})
		if !ok || c.name == "y of the last century" || c.name == "lv" { // no time beside two digits, no word before dots
			continue
		}
		in := "Zwölf Boxer jagen · " + c.in + " · Sylt"
		got, ok := Find(in, Options{})
		if !ok || got.Stamp != want.Stamp {
			t.Errorf("%s: Find(%q) = %v, %v, want %v", c.name, in, got.Stamp, ok, want.Stamp)
		}
	}
}

// Each name of a month reads as its month in each of the common shapes.
func TestMonthNames(t *testing.T) {
	names := 0
	for line := range strings.Lines(monthNames) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		locale, list, _ := strings.Cut(strings.TrimSpace(line), ": ")
		for i, alternatives := range strings.Split(list, ",") {
			for name := range strings.SplitSeq(alternatives, "|") {
				if name == "" {
					continue
				}
				names++
				if strings.HasPrefix(name, "listopad") && i+1 == 10 {
					continue // Croatian: see hr October in absolutes
				}
				want := thread.Local(time.Date(2021, time.Month(i+1), 17, 14, 5, 0, 0, time.UTC), thread.Minute)
				for _, in := range []string{
					"17 " + name + " 2021 14:05", "17. " + name + " 2021, 14:05", name + " 17, 2021 14:05",
					"17 " + strings.ToUpper(name) + " 2021 14:05", "17 " + name + ". 2021 14:05",
				} {
					if m, ok := Parse(in, Options{}); !ok || m.Stamp != want {
						t.Errorf("%s: Parse(%q) = %v, %v, want %v", locale, in, m.Stamp, ok, want)
					}
				}
			}
		}
	}
	if names < 700 {
		t.Errorf("months.txt holds %d names, want at least the 61 times 12 of the locales", names)
	}
}

// Texts that could make a careless scanner look at every character again for
// every other.
var repeats = []string{"1 ", "1.", "12/12/", "mai ", "25 mai ", "12:", "3 days ", "vor ", "2021 ", "le ", "月1", "(", "\xff1", "a 1 "}

func TestFindInRepeats(t *testing.T) {
	for _, unit := range repeats {
		text := strings.Repeat(unit, 1<<17/len(unit)) + " 25 mai 2021, 14:05"
		m, ok := Find(text, Options{})
		if ok && (m.Start < 0 || m.End > len(text) || m.Start >= m.End) {
			t.Errorf("Find in %q, repeated: span [%d, %d) of %d bytes", unit, m.Start, m.End, len(text))
		}
	}
}

// The cost of a byte must be about the same in both sizes.
func BenchmarkFindInRepeats(b *testing.B) {
	for _, unit := range repeats {
		for _, size := range []int{1 << 13, 1 << 17} {
			text := strings.Repeat(unit, size/len(unit))
			b.Run(fmt.Sprintf("%q/%d", unit, size), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					Find(text, Options{})
				}
			})
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range absolutes {
		f.Add(c.in)
	}
	for _, c := range noDates {
		f.Add(c.in)
	}
	for _, c := range relatives {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, o := range []Options{{}, {Base: base, Order: MDY}, {Base: base, Order: YMD, Zone: time.FixedZone("", -5*3600)}} {
			for name, read := range map[string]func(string, Options) (Match, bool){"Parse": Parse, "Find": Find} {
				m, ok := read(s, o)
				if !ok {
					if m != (Match{}) {
						t.Errorf("%s(%q) refuses with %+v", name, s, m)
					}
					continue
				}
				if m.Start < 0 || m.Start >= m.End || m.End > len(s) {
					t.Fatalf("%s(%q) is at %d to %d", name, s, m.Start, m.End)
				}
				for _, at := range []int{m.Start, m.End} {
					if at < len(s) && utf8.ValidString(s) && !utf8.RuneStart(s[at]) {
						t.Errorf("%s(%q) cuts a character at %d", name, s, at)
					}
				}
				if m.Stamp.IsZero() != (m.Relative && o.Base.IsZero()) {
					t.Errorf("%s(%q) = %v, relative %v", name, s, m.Stamp, m.Relative)
				}
				// The zone may move a date over the edge of a year.
				if y := m.Stamp.Time().Year(); !m.Stamp.IsZero() && (y < minYear || y > maxYear) {
					t.Errorf("%s(%q) is in the year %d", name, s, y)
				}
				back, err := thread.ParseStamp(m.Stamp.String(), m.Stamp.Precision())
				if err != nil || back.String() != m.Stamp.String() {
					t.Errorf("%s(%q) = %v, reads back as %v, %v", name, s, m.Stamp, back, err)
				}
			}
		}
		InferOrder([]string{s})
	})
}

func BenchmarkFindProse(b *testing.B) {
	s := strings.Repeat("Il faut 3 ans et 250 personnes pour finir ce chantier, dit-on. ", 16)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Find(s, Options{})
	}
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		Parse("31 décembre 2021 à 16 h 41 min", Options{})
	}
}

func BenchmarkParseRefuses(b *testing.B) {
	for b.Loop() {
		Parse("quinze personnes ont lu ce texte", Options{})
	}
}
