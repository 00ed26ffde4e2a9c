package wiki

import (
	"strings"
	"sync"
)

// space is a kind of namespace.
type space uint8

const (
	userSpace space = iota + 1
	talkSpace
	specialSpace
)

// The names of namespaces are facts of MediaWiki's translations
// (languages/messages), aliases and feminine forms included. English ones are
// understood by every wiki.
const (
	userNames = "user|u|utilisateur|utilisatrice|benutzer|benutzerin|bd|utente|usuario|usuaria|usuário|usuária|utilizador|utilizadora|usuari|usuària|gebruiker|wikipedysta|wikipedystka|wikireporter|wikiskryba|użytkownik|użytkowniczka|użyszkodnik|" +
		"участник|участница|пользователь|у|користувач|користувачка|корисник|корисничка|потребител|удзельнік|удзельніца|användare|bruker|brukar|bruger|käyttäjä|notandi|brúkari|wikipedista|wikipedistka|uživatel|uživatelka|redaktor|redaktorka|používateľ|používateľka|" +
		"szerkesztő|utilizator|utilizatoare|suradnik|suradnica|korisnik|korisnica|uporabnik|uporabnica|përdoruesi|përdoruese|kasutaja|dalībnieks|dalībniece|lietotājs|naudotojas|naudotoja|vartotojas|kullanıcı|istifadəçi|қатысушы|foydalanuvchi|" +
		"χρήστης|χρήστρια|მომხმარებელი|մասնակից|משתמש|משתמשת|مستخدم|مستخدمة|کاربر|صارف|بەکارھێنەر|بەکارهێنەر|सदस्य|ব্যবহারকারী|பயனர்|వాడుకరి|ಸದಸ್ಯ|ഉപയോക്താവ്|સભ્ય|ਵਰਤੋਂਕਾਰ|परिशीलक|පරිශීලක|प्रयोगकर्ता|" +
		"ผู้ใช้|thành viên|pengguna|利用者|用户|用戶|使用者|사용자|lietotāja|uzanto|vikipediisto|vikipediistino|lankide|usador|usor|usator|usatore|utilisator|utent|defnyddiwr|úsáideoir|cleachdaiche|implijer|gebruikster|meidogger|benotzer|brukarin|tagagamit|mpikambana|mtumiaji|хэрэглэгч|колдонуучу|корбар|кулланучы|ҡатнашыусы"

	talkNames = "user talk|ut|discussion utilisateur|discussion utilisatrice|benutzer diskussion|benutzerin diskussion|bd|discussioni utente|usuario discusión|usuaria discusión|usuário discussão|usuária discussão|usuário(a) discussão|utilizador discussão|utilizadora discussão|" +
		"usuari discussió|usuària discussió|overleg gebruiker|overleg gebruikster|dyskusja wikipedysty|dyskusja wikipedystki|dyskusja użytkownika|dyskusja użytkowniczki|dyskusja wikireportera|dyskusja wikiskryby|" +
		"обсуждение участника|обсуждение участницы|обсуждение пользователя|оу|обговорення користувача|обговорення користувачки|разговор са корисником|разговор са корисницом|разговор с корисник|корисник разговор|потребител беседа|гутаркі ўдзельніка|гутаркі ўдзельніцы|гутаркі удзельніка|абмеркаваньне ўдзельніка|" +
		"användardiskussion|brukerdiskusjon|brukardiskusjon|brugerdiskussion|bruger diskussion|keskustelu käyttäjästä|notandaspjall|diskuse s wikipedistou|diskuse s wikipedistkou|diskuse s uživatelem|diskuse s uživatelkou|diskuse s redaktorem|diskuse s redaktorkou|uživatel diskuse|diskusia s redaktorom|diskusia s redaktorkou|diskusia s používateľom|" +
		"szerkesztővita|discuție utilizator|discuție utilizatoare|razgovor sa suradnikom|razgovor sa suradnicom|razgovor s korisnikom|razgovor s korisnicom|razgovor sa korisnikom|razgovor sa korisnicom|uporabniški pogovor|pogovor z uporabnikom|përdoruesi diskutim|përdoruese diskutim|diskutim i përdoruesit|diskutim i përdorueses|" +
		"kasutaja arutelu|dalībnieka diskusija|dalībnieces diskusija|lietotāja diskusija|naudotojo aptarimas|naudotojos aptarimas|vartotojo aptarimas|kullanıcı mesaj|istifadəçi müzakirəsi|қатысушы талқылауы|foydalanuvchi munozarasi|" +
		"συζήτηση χρήστη|συζήτηση χρήστριας|მომხმარებლის განხილვა|მომხმარებელი განხილვა|մասնակցի քննարկում|քննարկում մասնակցի|שיחת משתמש|שיחת משתמשת|נקש|نقاش المستخدم|نقاش المستخدمة|بحث کاربر|تبادلۂ خیال صارف|لێدوانی بەکارھێنەر|لێدوانی بەکارهێنەر|सदस्य वार्ता|सदस्य चर्चा|ব্যবহারকারী আলাপ|பயனர் பேச்சு|వాడుకరి చర్చ|ಸದಸ್ಯರ ಚರ್ಚೆಪುಟ|ഉപയോക്താവിന്റെ സംവാദം|સભ્યની ચર્ચા|ਵਰਤੋਂਕਾਰ ਗੱਲ-ਬਾਤ|परिशीलक सम्भाषणम्|परिशीलक वार्ता|පරිශීලක සාකච්ඡාව|" +
		"คุยกับผู้ใช้|คุยเรื่องผู้ใช้|thảo luận thành viên|pembicaraan pengguna|perbincangan pengguna|利用者‐会話|利用者・トーク|用户讨论|用户对话|用戶討論|使用者討論|사용자토론|uzanto-diskuto|vikipediista diskuto|lankide eztabaida|disputatio usoris|sgwrs defnyddiwr|plé úsáideora|kaozeadenn implijer|benotzer diskussioun|meidogger oerlis|usuario conversa|conversa usuario|usuaria conversa|conversa usuaria|usador descutida|usuariu alderique|usuaria alderique|kusapang tagagamit|usapang tagagamit|majadiliano ya mtumiaji|хэрэглэгчийн яриа|кулланучы бәхәсе|brúkarakjak"

	specialNames = "special|spécial|spezial|speciale|especial|speciaal|specjalna|служебная|спеціальна|специални|посебно|спэцыяльныя|адмысловае|спецыяльныя|spesial|speciel|toiminnot|kerfissíða|speciální|špeciálne|speciális|posebno|special|speciale|eri|specifinė|specials|specialus|özel|xüsusi|арнайы|maxsus|ειδικό|სპეციალური|սպասարկող|מיוחד|خاص|ویژه|تایبەت|विशेष|বিশেষ|சிறப்பு|ప్రత్యేక|ವಿಶೇಷ|പ്രത്യേകം|વિશેષ|ਖ਼ਾਸ|විශේෂ|พิเศษ|đặc biệt|istimewa|khas|特別|特殊|특수|speciala|berezi|specialis|arbennig|speisialta|dibar|natatangi|maalum"

	contributionNames = "contributions|contribs|mycontributions|usercontributions|contributi|contributiutente|beiträge|benutzerbeiträge|contribuciones|contribuições|contribucions|bijdragen|wkład|вклад|внесок|доприноси|приноси|прилози|bidrag|bidragen|muokkaukset|framlög|příspěvky|prispevky|príspevky|közreműködések|szerkesztő közreműködései|contribuții|doprinosi|prispevki|kontributet|kaastöö|devums|indėlis|katkılar|fəaliyyət|συνεισφορές|წვლილი|ներդրում|ներդրումները|תרומות|مساهمات|مشارکت\u200cها|مشارکت\u200cها|بەشدارییەکان|योगदान|অবদান|பங்களிப்புகள்|เรื่องที่เขียน|đóng góp|kontribusi pengguna|kontribusi|sumbangan|投稿記録|用户贡献|用戶貢獻|使用者貢獻|사용자기여|기여|kontribuoj|kontribuaĵoj|ekarpenak|conlationes|cyfraniadau|degasadennoù|lista de contribuições"
)

// spaces maps the folded names of namespaces to their kinds.
var spaces = sync.OnceValue(func() map[string]space {
	m := map[string]space{}
	for kind, names := range map[space]string{userSpace: userNames, talkSpace: talkNames, specialSpace: specialNames} {
		for name := range strings.SplitSeq(names, "|") {
			m[fold(name)] = max(m[fold(name)], kind)
		}
	}
	return m
})

// contributionPages are the folded names of the list of somebody's edits.
var contributionPages = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for name := range strings.SplitSeq(contributionNames, "|") {
		m[fold(name)] = true
	}
	return m
})
