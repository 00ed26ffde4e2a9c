package dates

import (
	_ "embed"
	"strings"
	"sync"
	"time"

	"threadheat/thread"
)

// role is what a word can be in a date. Many words play several: "mar" is a
// month and a weekday, "um" comes before German times and counts one Portuguese
// hour, "ago" is August in three languages and the past in a fourth.
type role uint32

const (
	month       role = 1 << iota
	weekday          // says nothing that the date does not
	glue             // stands before, after, or between date and time: "at", "Uhr"
	join             // stands between day, month and year: "de", "of"
	before           // before noon
	after            // after noon
	front            // a before or after that leads its time: "午後3:05"
	hourWord         // between hours and minutes: "16 h 41", "3時5分"
	minuteWord       // after the minutes
	secondWord       // after the seconds
	timeEnd          // after a time: "Uhr"
	ordinal          // glued to the day: "1st", "1er"
	yearWord         // after the year: "2021年", "2021 г."
	monthWord        // after the number of a month: "12月"
	monthPrefix      // before it: "tháng 12"
	dayWord          // after the day: "25日"
	zone             // "CET"
	agoFirst         // before a length of time: "il y a"
	agoLast          // after it: "ago"
	unit             // of a length of time
	count            // a number as a word, where a unit follows: "an hour"
	roughly          // before such a number: "about"
	dayName          // "yesterday"
	now              // "just now"
)

// meaning is what a word says in its roles.
type meaning struct {
	roles  role
	longer bool // a longer phrase begins with this one
	month  int8 // 1 to 12
	day    int8 // days from today, where dayName
	unit   int8 // a thread.Precision, or week
	count  int8
	zone   int16 // minutes east of UTC
}

// week is one more unit beside the thread.Precisions.
const week = 100

// monthNames is months.txt: facts, most of them from WordPress's translations.
//
//go:embed months.txt
var monthNames string

// vocabulary lists the words other than months. Value is the month, day, unit,
// count or zone of the meaning, by its role. Case and accents do not matter.
var vocabulary = []struct {
	role  role
	value int
	words string
}{
	// The glue of WordPress's templates ("%1$s at %2$s") and of other software.
	{glue, 0, "at|on|e|the|à|a|le|um|am|kl|klo|kello|om|op|o|ob|godz|godzina|v|ve|u|la|las|el|los|alle|ore|alle ore|il|às|as|em|no|dia|на|в|во|к|о|об|у|на|den|der|vom|för|for|fra|i|dne|dňa|dnia|dana|dne|je|te|të|kwa|jam|pukul|pkl|tabuh|tgl|tanggal|pada|lúc|vào|ngày|στις|στο|ώρα|ora|orele|data|ur|saat|tarihinde|tarih|الساعة|الساعه|في|يوم|بتاريخ|در|ساعت|تاریخ|روز|له|בשעה|ב|בתאריך|ที่|เวลา|เมื่อ|วันที่|დროს|இல்|දින|ට|ေန့|အချိန်|a les|el dia|tik|e tik|às|ás|en|desde|yang|с|від|від|klukka|klukkan|klockan|clock|aan|at about|kell|عند|پر|पर|को|tại|plkst"},
	{glue, 0, "date|datum|posted|posted on|published|publié|publiée|posté|postée|posté le|écrit|rédigé|gepostet|veröffentlicht|geschrieben|publicado|publicada|enviado|pubblicato|inviato|geplaatst|dodano|dodany|napisano|napisał|опубликовано|добавлено|написано|publicerad|publicerat|skrivet|udgivet|publisert|julkaistu|投稿日|投稿日時|日時|发表于|发布于|發表於|於|于|投稿|의|에|に|で|on date|comment date"},
	{timeEnd | glue, 0, "uhr|h|hs|hrs|hr|hours|hod|hod|óra|órakor|kor|น|נ|ч|час|год|godz|o'clock|heures|heure|horas|uur|tiden|น"},
	{join, 0, "de|d|of|del|di|do|da|dels|le|a|den|ב|y|año|ano|an|yr|gada|gads|g|gads|year|m|metų|d|ev|av|e ko|ko|e|ngày|năm|de l'any"},
	{ordinal, 0, "st|nd|rd|th|er|re|ère|e|ème|eme|º|ª|o|a|ste|de|an|en|го|е|ое|ти|ој|ta|na|ra|η|ης|dik|án|én|jén|ján|i|sta|ی"},
	{yearWord, 0, "年|년|г|гг|года|год|г|р|рік|року|god|godine|g|gada|gads|m|metų|e ko|ko|يىل|يىلى|م|év|سال|năm|óra|r|roku|rok|yil|yili|ء"},
	{monthWord, 0, "月|월"},
	{monthPrefix, 0, "tháng|thg|th|月份"},
	{dayWord, 0, "日|일|号|號|d|dienā|දින|ngày|a|ean|an|ko"},
	{hourWord, 0, "h|時|时|点|點|시|ч|uhr|giờ|u|hrs|heures|heure|시간"},
	{minuteWord, 0, "min|mn|m|分|분|minutes|minute|мин|phút|minuten"},
	{secondWord, 0, "s|sec|sek|秒|초|secondes|seconds|sekunden|giây"},

	{before, 0, "am|a m|vorm|vormittags|f m|dop|dopoledne|d e|πμ|π μ|дп|д п|до обяд|atm|e l|ap|ö ö|öö|öö|pd|paradite|ص|صباح|صباحا|صباحًا|ق ظ|قبل از ظهر|පෙ ව|පෙරවරු|முப|পুর্বাহ্ন|পূর্বাহ্ন|မ နက်|sáng|du matin|matin|de la mañana|da manhã|rano|утра|לפנה צ|לפנה ס|pagi|چۈشتىن بۇرۇن|पूर्वाह्न"},
	{after, 0, "pm|p m|nachm|nachmittags|e m|odp|odpoledne|d u|μμ|μ μ|пп|п п|след обяд|ptm|p l|ip|ö s|ös|md|mbasdite|م|مساء|مساءً|مساءا|ب ظ|بعد از ظهر|ප ව|පස්වරු|பிப|অপরাহ্ন|ည ေန|chiều|tối|pop|de la tarde|de la noche|da tarde|da noite|du soir|wieczorem|вечера|дня|אחה צ|אחר הצהריים|sore|malam|چۈشتىن كېيىن|अपराह्न"},
	{before | front, 0, "午前|上午|凌晨|早上|清晨|오전"},
	{after | front, 0, "午後|下午|中午|晚上|傍晚|오후"},

	{weekday, 0, "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun"},
	{weekday, 0, "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mar|mer|jeu|ven|sam|dim"},
	{weekday, 0, "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|mo|di|mi|do|fr|sa|so"},
	{weekday, 0, "lunes|martes|miércoles|jueves|viernes|sábado|domingo|mié|jue|vie|sáb|dom"},
	{weekday, 0, "lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|gio|sab"},
	{weekday, 0, "segunda|terça|quarta|quinta|sexta|segunda feira|terça feira|quarta feira|quinta feira|sexta feira|seg|ter|qua|qui|sex"},
	{weekday, 0, "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|ma|wo|vr|za|zo"},
	{weekday, 0, "poniedziałek|wtorek|środa|czwartek|piątek|sobota|niedziela|pon|wt|śr|czw|pt|sob|niedz|ndz|nd|pn|cz|sb"},
	{weekday, 0, "понедельник|вторник|среда|среду|четверг|пятница|пятницу|суббота|субботу|воскресенье|пн|вт|ср|чт|пт|сб|вс"},
	{weekday, 0, "понеділок|вівторок|середа|середу|четвер|п'ятниця|п'ятницю|субота|суботу|неділя|неділю|нд"},
	{weekday, 0, "måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|mån|tis|ons|tors|tor|fre|lör|sön|lø|lør|søn|man"},
	{weekday, 0, "mandag|tirsdag|lørdag|søndag|tir|tirs"},
	{weekday, 0, "maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai|maanantaina|tiistaina|keskiviikkona|torstaina|perjantaina|lauantaina|sunnuntaina|ti|ke|to|pe|la|su"},
	{weekday, 0, "pondělí|úterý|středa|čtvrtek|pátek|neděle|pondelok|utorok|streda|štvrtok|piatok|nedeľa|po|út|st|čt|pá|ne"},
	{weekday, 0, "ponedjeljak|utorak|srijeda|četvrtak|petak|subota|nedjelja|ponedeljek|torek|sreda|četrtek|petek|nedelja|понедељак|уторак|среда|четвртак|петак|субота|недеља"},
	{weekday, 0, "pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar|pzt|sal|çar|per|cum|cmt|paz"},
	{weekday, 0, "δευτέρα|τρίτη|τετάρτη|πέμπτη|παρασκευή|σάββατο|κυριακή|δευ|τρι|τετ|πεμ|παρ|σαβ|κυρ"},
	{weekday, 0, "hétfő|kedd|szerda|csütörtök|péntek|szombat|vasárnap|h|k|sze|cs|p|szo|v"},
	{weekday, 0, "luni|marți|miercuri|joi|vineri|sâmbătă|duminică|mie|vin|sâm|dum"},
	{weekday, 0, "dilluns|dimarts|dimecres|dijous|divendres|dissabte|diumenge|dl|dt|dc|dj|dv|ds|dg|luns|venres|xoves|mércores"},
	{weekday, 0, "senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu|sen|sel|rab|kam|jum|min|isnin|khamis|jumaat|ahad"},
	{weekday, 0, "thứ hai|thứ ba|thứ tư|thứ năm|thứ sáu|thứ bảy|chủ nhật|thứ"},
	{weekday, 0, "понеделник|вторник|сряда|четвъртък|петък|събота|неделя|понеделник|среда|четврток|петок|сабота|недела"},
	{weekday, 0, "الاثنين|الإثنين|الثلاثاء|الأربعاء|الاربعاء|الخميس|الجمعة|السبت|الأحد|الاحد"},
	{weekday, 0, "دوشنبه|سه شنبه|سه\u200cشنبه|چهارشنبه|پنجشنبه|پنج شنبه|پنج\u200cشنبه|جمعه|شنبه|یکشنبه|یک شنبه"},
	{weekday, 0, "יום שני|יום שלישי|יום רביעי|יום חמישי|יום שישי|יום שבת|יום ראשון|שני|שלישי|רביעי|חמישי|שישי|שבת|ראשון"},
	{weekday, 0, "月曜日|火曜日|水曜日|木曜日|金曜日|土曜日|日曜日|月|火|水|木|金|土|日|月曜|火曜|水曜|木曜|金曜|土曜|日曜"},
	{weekday, 0, "星期一|星期二|星期三|星期四|星期五|星期六|星期日|星期天|周一|周二|周三|周四|周五|周六|周日|週一|週二|週三|週四|週五|週六|週日|一|二|三|四|五|六"},
	{weekday, 0, "월요일|화요일|수요일|목요일|금요일|토요일|일요일|월|화|수|목|금|토|일"},
	{weekday, 0, "จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์|วันจันทร์|วันอังคาร|วันพุธ|วันพฤหัสบดี|วันศุกร์|วันเสาร์|วันอาทิตย์"},
	{weekday, 0, "pirmadienis|antradienis|trečiadienis|ketvirtadienis|penktadienis|šeštadienis|sekmadienis|pirmdiena|otrdiena|trešdiena|ceturtdiena|piektdiena|sestdiena|svētdiena|esmaspäev|teisipäev|kolmapäev|neljapäev|reede|laupäev|pühapäev"},

	// Zones whose letters mean one offset to nearly everybody; those of
	// America are RFC 2822's.
	{zone, 0, "utc|gmt|z|ut|wet|ت ع م"},
	{zone, 60, "cet|mez|west|bst"},
	{zone, 120, "cest|mesz|eet"},
	{zone, 180, "eest|msk|мск|trt"},
	{zone, 540, "jst|kst"},
	{zone, 600, "aest"},
	{zone, 660, "aedt"},
	{zone, -180, "brt"},
	{zone, -300, "est|cdt"},
	{zone, -240, "edt"},
	{zone, -360, "cst|mdt"},
	{zone, -420, "mst|pdt"},
	{zone, -480, "pst"},

	{agoFirst, 0, "il y a|hace|vor|há|faz|fa|acum|před|pred|prieš|przed|преди|пред|пре|prije|pre|pirms|antaŭ|duela|πριν|πριν από|לפני|منذ|قبل|cách đây"},
	{agoLast, 0, "ago|her|fa|atrás|temu|назад|тому назад|тому|sedan|siden|sitten|geleden|zpět|önce|前|以前|전|lalu|yang lalu|sing kepungkur|ka tukang|trước|πριν|nazaj|tagasi|ezelőtt|telt el a bejegyzés óta|telt el|มาแล้ว|ที่แล้ว|ก่อน|air ais|پیش|قبل|پێشتر|پہلے|পূর্বে|আগে|yaliyopita|iliyopita|க்கு முன்|முன்|ට පෙර|පෙර|بۇرۇن|ကတည်းက|earlier|atpakaļ|पहले"},
	{roughly, 0, "about|around|over|almost|nearly|more than|less than|environ|près de|plus de|moins de|etwa|ca|circa|ungefähr|über|mehr als|fast|unos|unas|aproximadamente|más de|casi|cerca de|mais de|quase|ongeveer|meer dan|bijna|około|ponad|prawie|около|более|почти|ungefär|mer än|nästan|omkring|noin|asi|yaklaşık|約|约|約莫|약|khoảng|sekitar|aproximativ|peste|körülbelül|حوالي|حدود|dari|de"},

	{unit, int(thread.Second), "second|seconds|sec|secs|s|seconde|secondes|sekunde|sekunden|sek|segundo|segundos|seg|secondo|secondi|seconden|sekunda|sekundy|sekundę|sekund|секунда|секунды|секунд|секунду|сек|секунди|секунд|sekunder|sekunnin|sekunti|sekuntia|saniye|秒|秒鐘|秒钟|초|δευτερόλεπτα|δευτερόλεπτο|másodperc|másodperce|másodperccel|secundă|secunde|segon|segons|detik|giây|ثانية|ثوان|ثواني|ثوانٍ|ثانیه|שניות|שנייה|วินาที|sekundi"},
	{unit, int(thread.Minute), "minute|minutes|min|mins|m|mn|minuten|minuto|minutos|minuti|minuut|minuten|minuta|minuty|minutę|minut|минута|минуты|минут|минуту|мин|хвилина|хвилини|хвилин|хвилину|minuter|minutter|minutt|minutit|minuutti|minuuttia|minuutin|dakika|分|分钟|分鐘|분|λεπτά|λεπτό|perc|perce|perccel|minut|menit|phút|دقيقة|دقائق|دقیقه|דקות|דקה|นาที|минути|minutės|minūtes|minūtēm|minuti|minuto"},
	{unit, int(thread.Hour), "hour|hours|hr|hrs|h|heure|heures|stunde|stunden|std|hora|horas|ora|ore|uur|uren|godzina|godziny|godzinę|godzin|godz|час|часа|часов|ч|година|години|годин|годину|timme|timmar|tim|time|timer|tunti|tuntia|tunnin|hodina|hodiny|hodin|hodinu|hodinou|hodinami|saat|時間|小时|小時|시간|ώρα|ώρες|óra|órája|órával|oră|hores|jam|giờ|ساعة|ساعات|ساعت|שעות|שעה|ชั่วโมง|ur|uri|ure|sata|sati|sat|tundi|stundām|stundas|valandas|valandų"},
	{unit, int(thread.Day), "day|days|d|jour|jours|j|tag|tage|tagen|tg|día|días|giorno|giorni|gg|dia|dias|dag|dagen|dzień|dni|день|дня|дней|дн|дні|днів|дни|dagar|dage|dager|päivä|päivää|päivän|pv|den|dny|dnů|dnem|dňom|dňami|gün|日|日間|天|일|ημέρα|ημέρες|μέρες|μέρα|nap|napja|nappal|zi|zile|dies|hari|ngày|يوم|أيام|ايام|روز|ימים|יום|วัน|dana|dan|дана|päeva|dienām|dienas|dienų|egun|ден"},
	{unit, week, "week|weeks|wk|wks|w|semaine|semaines|sem|woche|wochen|semana|semanas|settimana|settimane|sett|weken|tydzień|tygodnie|tygodni|tyg|неделя|недели|недель|неделю|нед|тиждень|тижні|тижнів|vecka|veckor|uge|uger|uke|uker|viikko|viikkoa|viikon|vko|týden|týdny|týdnů|týdnem|týždňom|hafta|週間|周|週|星期|个星期|個星期|주|주일|εβδομάδα|εβδομάδες|hét|hete|héttel|săptămână|săptămâni|setmana|setmanes|minggu|tuần|أسبوع|أسابيع|اسبوع|هفته|שבועות|שבוע|สัปดาห์|tjedan|tjedna|tjedana|седмица|седмици|teden|tedna|nädalat|nedēļām|savaites"},
	{unit, int(thread.Month), "month|months|mo|mos|mth|mths|mois|monat|monate|monaten|mes|meses|mese|mesi|mês|maand|maanden|miesiąc|miesiące|miesięcy|mies|месяц|месяца|месяцев|мес|місяць|місяці|місяців|månad|månader|mån|måned|måneder|mdr|mnd|kuukausi|kuukautta|kuukauden|kk|měsíc|měsíce|měsíců|měsícem|mesiacom|ay|か月|ヶ月|カ月|ヵ月|ケ月|箇月|个月|個月|月|개월|달|μήνας|μήνα|μήνες|hónap|hónapja|hónappal|lună|luni|mesos|bulan|tháng|شهر|أشهر|اشهر|شهور|ماه|חודשים|חודש|เดือน|mjesec|mjeseca|mjeseci|meseca|meseci|месец|месеца|месеци|mesec|kuud|mēnešiem|mėnesius|mėn"},
	{unit, int(thread.Year), "year|years|yr|yrs|y|an|ans|année|années|jahr|jahre|jahren|año|años|anno|anni|ano|anos|jaar|jaren|rok|lata|lat|год|года|лет|г|рік|роки|років|år|vuosi|vuotta|vuoden|v|roky|let|rokem|rokmi|yıl|sene|年|년|χρόνος|χρόνο|χρόνια|έτη|év|éve|évvel|ani|any|anys|tahun|năm|سنة|سنوات|سنين|عام|أعوام|سال|שנים|שנה|ปี|godina|godine|godinu|година|години|leto|leta|aastat|gadiem|metus|metų|urte"},

	{count, 1, "a|an|one|un|une|uno|una|um|uma|ein|eine|einem|einer|einen|eins|een|één|en|ett|et|jeden|jedna|jedną|один|одну|одна|bir|ένα|έναν|μία|μια|egy|o|một|yksi"},
	{count, 2, "two|deux|zwei|dos|due|dois|duas|twee|dwa|dwie|два|две|två|to|kaksi|dva|dvě|iki|doi|două|dues"},
	{count, 3, "three|trois|drei|tres|tre|três|drie|trzy|три|kolme|tři|üç|trei"},
	{count, 4, "four|quatre|vier|cuatro|quattro|quatro|cztery|четыре|fyra|fire"},
	{count, 5, "five|cinq|fünf|cinco|cinque|vijf|pięć|пять|fem"},
	{count, 6, "six|sechs|seis|sei|zes|sześć|шесть|sex|seks"},
	{count, 7, "seven|sept|sieben|siete|sette|sete|zeven|siedem|семь|sju|syv"},
	{count, 8, "eight|huit|acht|ocho|otto|oito|osiem|восемь|åtta|otte|åtte"},
	{count, 9, "nine|neuf|neun|nueve|nove|negen|dziewięć|девять|nio|ni"},
	{count, 10, "ten|dix|zehn|diez|dieci|dez|tien|dziesięć|десять|tio|ti"},
	{count, 11, "eleven|onze|elf|once|undici"},
	{count, 12, "twelve|douze|zwölf|doce|dodici|doze|twaalf"},

	{dayName, 0, "today|aujourd'hui|heute|hoy|oggi|hoje|vandaag|dzisiaj|dziś|сегодня|сьогодні|idag|i dag|tänään|dnes|bugün|今日|本日|今天|오늘|σήμερα|ma|astăzi|azi|avui|hari ini|hôm nay|اليوم|امروز|היום|danas|днес"},
	{dayName, -1, "yesterday|hier|gestern|ayer|ieri|ontem|gisteren|wczoraj|вчера|вчора|igår|i går|eilen|včera|dün|昨日|昨天|어제|χθες|χτες|tegnap|ahir|kemarin|hôm qua|أمس|امس|دیروز|אתמול|jučer|včeraj|јуче"},
	{dayName, -2, "avant hier|vorgestern|anteayer|antes de ayer|l'altro ieri|anteontem|eergisteren|przedwczoraj|позавчера|позавчора|i förrgår|forgårs|toissapäivänä|předevčírem|一昨日|前天|그제"},
	// Not "now" itself and its like: they are words of many sentences and menus.
	{now, 0, "just now|right now|moments ago|a moment ago|à l'instant|gerade eben|soeben|ahora mismo|justo ahora|proprio ora|poco fa|agora mesmo|zojuist|przed chwilą|только что|щойно|just nu|lige nu|nå nettopp|akkurat nå|juuri nyt|právě teď|az önce|たった今|刚刚|剛剛|방금|ara mateix|baru saja|vừa xong"},
}

// dictionary maps folded words and phrases to what they mean.
var dictionary = sync.OnceValue(func() map[string]meaning {
	d := make(map[string]meaning, 4096)
	add := func(phrase string, set func(*meaning)) {
		p := parser{s: phrase}
		p.scan()
		var key []byte
		for k := 0; k >= 0; k = p.nextInPhrase(k) {
			if k > 0 {
				m := d[string(key)]
				m.longer = true
				d[string(key)] = m
			}
			key = p.appendKey(key, k)
		}
		m := d[string(key)]
		set(&m)
		d[string(key)] = m
	}
	for line := range strings.Lines(monthNames) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		_, list, _ := strings.Cut(strings.TrimSpace(line), ": ")
		for i, names := range strings.Split(list, ",") {
			for name := range strings.SplitSeq(names, "|") {
				if name != "" {
					add(name, func(m *meaning) { m.roles |= month; m.month = int8(i + 1) })
				}
			}
		}
	}
	for _, v := range vocabulary {
		for w := range strings.SplitSeq(v.words, "|") {
			add(w, func(m *meaning) {
				m.roles |= v.role
				switch v.role {
				case dayName:
					m.day = int8(v.value)
				case unit:
					m.unit = int8(v.value)
				case count:
					m.count = int8(v.value)
				case zone:
					m.zone = int16(v.value)
				}
			})
		}
	}
	return d
})

// weekdays are names of days that numbers stand behind, in the languages whose
// software writes them so. What is two days in two languages is left out.
var weekdays = func() map[string]time.Weekday {
	m := map[string]time.Weekday{}
	for day, names := range [...]string{
		"sunday sun dimanche dim sonntag domingo dom domenica zondag",
		"monday mon lundi lun montag lunes lunedì maandag",
		"tuesday tue tues mardi dienstag martes martedì dinsdag",
		"wednesday wed mercredi mer mittwoch miércoles mercoledì woensdag",
		"thursday thu thur thurs jeudi jeu donnerstag jueves giovedì donderdag",
		"friday fri vendredi ven freitag viernes venerdì vrijdag",
		"saturday sat samedi sam samstag sonnabend sábado sabato zaterdag",
	} {
		for name := range strings.FieldsSeq(names) {
			m[name] = time.Weekday(day)
		}
	}
	return m
}()
