package locale

// What themes, other blog software and earlier or later translations write
// beside the strings of WordPress's core: counted on real pages, or the wording
// of Blogger, Typepad, Jetpack and the themes that come with WordPress.
var (
	moreSays = []string{
		"%s said:", "%s said...", "%s said…", "%s wrote:", "%s writes:", "%s commented:", "%s replied:", "%s responded:",
		"%s a dit :", "%s a dit…", "%s a dit...", "%s a écrit :", "%s écrit :", "%s a commenté :", "%s a répondu :",
		"%s schreibt:", "%s hat gesagt:", "%s hat gesagt…", "%s hat gesagt...", "%s schrieb:", "%s meint:", "%s meinte:", "%s sagte:", "%s sagte…", "%s kommentierte:", "%s antwortete:", "%s hat geschrieben:",
		"%s schreef:", "%s zei:", "%s zei...", "%s reageerde:",
		"%s dijo:", "%s dijo...", "%s dijo…", "%s escribió:", "%s ha dicho:", "%s comentó:",
		"%s ha detto:", "%s ha detto...", "%s ha detto…", "%s ha scritto:", "%s dice:",
		"%s disse...", "%s disse…", "%s escreveu:", "%s comentou:",
		"%s skrev:", "%s säger:", "%s sa:", "%s sa...", "%s sagde:", "%s sagde...", "%s skriver:", "%s sanoo:", "%s sanoi:", "%s kirjoittaa:",
		"%s napisał:", "%s napisał(a):", "%s napisała:", "%s mówi:", "%s napsal(a):", "%s řekl:", "%s hovorí:",
		"%s говорит:", "%s пишет:", "%s написал:", "%s написал(а):", "%s комментирует:", "%s сказал:", "%s сказал(а)...", "%s говорить:", "%s каже:", "%s пише:",
		"%s dedi ki:", "%s dedi ki...", "%s yazdı:", "%s írta:", "%s mondta:", "%s a spus:", "%s a scris:", "%s zice:", "%s είπε:", "%s έγραψε:",
		"%s ha dit:", "%s va dir:", "%s reče:", "%s pravi:", "%s berkata:", "%s viết:",
		"%s さんのコメント:", "%s さんより:", "%s さんは言いました:", "%s のコメント:", "%s さんは書きました:", "%s说:", "%s說:", "%s表示:", "%s님의 말:", "%s님의 댓글:",
	}
	moreReply = []string{
		"Reply to this comment", "Reply to this", "Reply this comment", "Login to Reply", "Log in to leave a comment", "Respond",
		"Répondre à ce commentaire", "Répondre à ce message", "Répondre à cette réponse", "Répliquer",
		"Antwort", "Auf diesen Kommentar antworten", "Kommentar beantworten", "Zum Antworten einloggen", "Melde dich an, um zu antworten", "Anmelden, um zu antworten",
		"Reageer", "Reageren", "Antwoord", "Antwoorden", "Accede para responder", "Contestar", "Respuesta", "Accedi per rispondere", "Replica",
		"Entre para responder", "Inicie sessão para responder", "Responda", "Resposta", "Ответ", "Ответить на комментарий", "Войти, чтобы ответить", "Відповісти", "Odpověz", "Odpověď", "Cevap ver", "Yanıtla", "返信する", "답글", "답장", "Trả lời bình luận",
		"Odpovedz",
		"ReplyDelete", "AntwortenLöschen", "RépondreSupprimer", "ResponderEliminar", "ResponderBorrar", "RispondiElimina", "ResponderExcluir", "BeantwoordenVerwijderen", "OdpowiedzUsuń", "ОтветитьУдалить", "SvaraRadera", "返信削除", // two links of Blogger, side by side
	}
	moreReplyTo = []string{
		"Reply to %s", "Répondre à %s", "Auf %s antworten", "Antworte auf %s", "Antwort auf %s", "Antworten auf %s", "Responder a %s", "Rispondi a %s",
		"Beantwoord %s", "Reageer op %s", "Odpowiedz użytkownikowi %s", "Ответить на %s", "Svara %s", "Svar til %s", "返信: %s", "回复%s", "Cevapla %s",
	}
	moreLeave = []string{
		"Leave a Reply", "Leave a Comment", "Post a Comment", "Add a Comment", "Add Comment", "Write a comment", "Submit a Comment", "Share your thoughts", "Have your say",
		"Join the Conversation", "Join the discussion", "Leave your comment", "Leave a Reply/Comment", "Leave your reply", "Leave your thoughts", "Your comment", "What do you think?", "Speak Your Mind", "Add your comment", "Add a Reply", "Make a comment",
		"Laisser une réponse", "Laissez un commentaire", "Laisser un message", "Laissez une réponse", "Poster un commentaire", "Publier un commentaire", "Ajouter un commentaire", "Écrire un commentaire", "Un message, un commentaire ?", "Participer à la discussion", "Votre commentaire", "Réagir à cet article", "Envoyer un commentaire", "Déposer un commentaire",
		"Schreibe einen Kommentar", "Schreib einen Kommentar", "Kommentar verfassen", "Kommentar hinterlassen", "Kommentar schreiben", "Kommentieren", "Einen Kommentar schreiben", "Einen Kommentar hinterlassen", "Hinterlasse eine Antwort", "Hinterlassen Sie einen Kommentar", "Hinterlassen Sie eine Antwort", "Antwort hinterlassen", "Kommentar posten", "Dein Kommentar", "Ihr Kommentar", "Kommentar abgeben", "Schreiben Sie einen Kommentar", "Hinterlasse einen Kommentar", "Diskutiere mit", "Neuen Kommentar schreiben", "Kommentar hinzufügen",
		"Deja una respuesta", "Deja un comentario", "Dejar una respuesta", "Escribe un comentario", "Publica un comentario", "Añadir un comentario", "Añadir comentario",
		"Lascia un commento", "Lascia una risposta", "Rispondi all'articolo", "Aggiungi un commento", "Aggiungi commento", "Scrivi un commento", "Inserisci un commento",
		"Deixe uma resposta", "Deixe um comentário", "Deixe seu comentário", "Deixar comentário", "Comente", "Faça um comentário", "Adicionar comentário",
		"Laat een reactie achter", "Geef een antwoord", "Plaats een reactie", "Reactie toevoegen", "Laat een bericht achter", "Reactie achterlaten", "Schrijf een reactie",
		"Zostaw komentarz", "Dodaj komentarz", "Skomentuj", "Napisz komentarz", "Zostaw odpowiedź",
		"Добавить комментарий", "Оставить комментарий", "Оставьте комментарий", "Написать комментарий", "Оставить ответ", "Ваш комментарий", "Залишити відповідь", "Залишити коментар",
		"Lämna ett svar", "Lämna en kommentar", "Skriv en kommentar", "Legg igjen en kommentar", "Skriv et svar", "Jätä kommentti", "Jätä vastaus",
		"Přidejte komentář", "Napsat komentář", "Bir yanıt yazın", "Bir cevap yazın", "Yorum yapın", "Αφήστε μια απάντηση", "Lasă un comentariu", "Szólj hozzá!", "Hozzászólás írása", "Vélemény, hozzászólás?",
		"コメントを残す", "コメントを投稿する", "コメントする", "コメントを書く", "发表回复", "发表评论", "發佈留言", "發表回應", "댓글 남기기", "답글 남기기", "Tinggalkan Balasan", "Tinggalkan komentar", "اترك تعليقاً", "اترك ردا", "כתיבת תגובה", "הוסף תגובה", "ارسال یک پاسخ", "دیدگاهتان را بنویسید", "Để lại một bình luận", "Leave a comment on this post", "Deixa un comentari",
	}
	moreCancel = []string{
		"Cancel reply", "Click here to cancel reply", "Annuler la réponse", "Cliquez ici pour annuler la réponse", "Antworten abbrechen", "Antwort abbrechen", "Hier klicken, um die Antwort abzubrechen", "Klicke hier, um das Antworten abzubrechen", "Cancelar la respuesta", "Haz clic aquí para cancelar la respuesta", "Annulla risposta", "Clicca qui per annullare la risposta", "Cancelar resposta", "Clique aqui para cancelar a resposta", "Reactie annuleren", "Anuluj pisanie odpowiedzi", "Отменить ответ", "Скасувати коментар", "コメントをキャンセル", "返信をキャンセルする", "取消回复", "Batalkan balasan", "إلغاء الرد", "Yanıtı iptal et", "Zrušit odpověď",
	}
	moreEnd = []string{ // as the start of a line
		"Your email address will not be published", "Your email is never published", "Your e-mail address will not be published", "Required fields are marked", "Email (will not be published)", "Mail (will not be published)",
		"Votre adresse e-mail ne sera pas publiée", "Votre adresse de messagerie ne sera pas publiée", "Votre adresse email ne sera pas publiée", "Les champs obligatoires sont indiqués avec", "Your email address is never shared",
		"Deine E-Mail-Adresse wird nicht veröffentlicht", "Ihre E-Mail-Adresse wird nicht veröffentlicht", "Erforderliche Felder sind", "Die E-Mail-Adresse wird nicht veröffentlicht",
		"Tu dirección de correo electrónico no será publicada", "Il tuo indirizzo email non sarà pubblicato", "O seu endereço de e-mail não será publicado", "O seu endereço de email não será publicado", "Het e-mailadres wordt niet gepubliceerd", "Je e-mailadres wordt niet gepubliceerd", "Twój adres e-mail nie zostanie opublikowany", "Ваш адрес email не будет опубликован", "Ваша e-mail адреса не оприлюднюватиметься", "Din e-postadress kommer inte publiceras", "Din e-mailadresse vil ikke blive publiceret", "メールアドレスが公開されることはありません", "您的电子邮箱地址不会被公开", "您的邮箱地址不会被公开", "이메일 주소는 공개되지 않습니다", "E-posta hesabınız yayımlanmayacak", "Vaše e-mailová adresa nebude zveřejněna", "Alamat email Anda tidak akan dipublikasikan",
		"You must be logged in to", "You must log in to post", "Vous devez vous connecter pour", "Vous devez être connecté pour", "Du musst angemeldet sein, um", "Du musst eingeloggt sein, um", "Sie müssen angemeldet sein, um", "Debes estar conectado para", "Lo siento, debes estar conectado", "Devi essere connesso per", "Você precisa fazer o login para", "Tem de iniciar a sessão para", "Je moet inloggen om een", "Musisz się zalogować, aby", "Для отправки комментария вам необходимо", "Du måste vara inloggad för att", "コメントを投稿するにはログイン",
		"Les commentaires sont fermés", "Les commentaires sont clos", "Kommentare sind geschlossen", "Die Kommentarfunktion ist", "Kommentarfunktion ist", "Kommentare sind deaktiviert", "Los comentarios están cerrados", "I commenti sono chiusi", "Os comentários estão fechados", "Reacties zijn gesloten", "Komentarze są wyłączone", "Комментарии закрыты", "Kommentarer är stängda", "コメントは受け付けていません",
		"This site uses Akismet", "Ce site utilise Akismet", "Diese Website verwendet Akismet", "Este sitio usa Akismet", "Questo sito usa Akismet", "Questo sito utilizza Akismet", "Deze site gebruikt Akismet", "Este site utiliza o Akismet", "Ta strona używa Akismet", "Этот сайт использует Akismet", "Denna webbplats använder Akismet",
		"Notify me of follow-up comments", "Notify me of new comments", "Save my name, email, and website", "Enregistrer mon nom, mon e-mail", "Meinen Namen, meine E-Mail-Adresse", "Name, E-Mail-Adresse und Website in diesem Browser", "Fill in your details below", "Gib hier deinen Kommentar ein", "Enter your comment here",
		"RSS feed for comments on this post", "Some HTML is OK", "You may use these HTML tags", "Vous pouvez utiliser ces balises", "Du kannst folgende HTML",
	}
	moreClosed = []string{ // as the start of a line
		"Comments are closed", "Die Kommentare sind geschlossen", "Die Kommentare sind deaktiviert", "Les commentaires sont désactivés", "Comments have been disabled", "Comments are now closed", "Comments have been closed", "Both comments and pings are currently closed", "Both comments and trackbacks are currently closed", "Comments for this post are closed", "Comments are disabled",
	}
	moreAwaiting = []string{
		"Your comment is awaiting moderation", "Your comment is being held for moderation", "Votre commentaire est en attente de modération", "Dein Kommentar wartet auf Moderation", "Dein Kommentar wartet auf die Freischaltung", "Ihr Kommentar wartet auf Freischaltung", "Ihr Kommentar muss noch moderiert werden", "Tu comentario está pendiente de moderación", "Tu comentario está a la espera de moderación", "Il tuo commento è in attesa di moderazione", "Seu comentário está aguardando moderação", "Je reactie wacht op moderatie", "Twój komentarz czeka na moderację", "Ваш комментарий ожидает одобрения", "Din kommentar väntar på granskning", "コメントは承認待ちです",
	}
	morePingback  = []string{"Pingback", "Ping", "Пингбэк", "引用通告", "Retroenlace", "Pingback von", "Retroping"}
	moreTrackback = []string{"Trackback", "Rétrolien", "Трекбэк", "トラックバック", "引用"}
	moreNoise     = []string{
		"Edit", "Modifier", "Bearbeiten", "Éditer", "Permalink", "Permalien", "Permanent link", "Permanent Link to this comment", "Link to this comment", "Report", "Report comment", "Signaler", "Signaler un abus", "Melden", "Share", "Like", "Dislike", "Liked", "Loading...", "J'aime", "J'aimeJ'aime", "Gefällt mir", "Gefällt mirGefällt mir", "LikeLike", "LikeLiked by 1 person", "Like Like", "Me gusta", "Me gustaMe gusta", "Mi piace", "Delete", "Supprimer", "Löschen", "Eliminar", "Borrar", "Elimina", "Excluir", "Verwijderen", "Usuń", "Удалить", "Radera", "削除", "Hide replies", "View replies", "Show more", "Read more", "Vote up", "Vote down", "Author", "Auteur", "Autor", "Post author", "Auteur de l'article", "Beitragsautor", "Beitrags-Autor", "Autor del artículo", "Autore articolo", "Auteur du billet", "Upvote", "Downvote", "Vote Up", "Vote Down", "Daumen hoch", "Daumen runter", "Profile", "Report this comment", "Alerter", "Link to this",
	}
	moreQuote  = []string{"Quote", "Citer", "Zitieren", "Zitat", "Citar", "Cita", "Citeren", "Cytuj", "Цитировать", "Citera", "引用する"}
	moreCounts = []string{ // headings with their number left out
		"comments", "comment", "responses", "response", "replies", "reply", "thoughts", "thought", "reactions", "reader comments", "user comments", "comments so far", "responses so far", "comments already", "comments to date", "comments total",
		"this post has comments", "this post has comment", "this entry has comments", "this article has comments", "this article currently has comments", "this has comments", "there are comments", "there is comment", "there are responses", "all comments", "showing comments", "comments add yours", "comments add one", "comments leave a comment", "comments leave a reply", "comments published",
		"commentaires", "commentaire", "réponses", "réponse", "réactions", "réaction", "réflexions", "réflexion", "avis", "cet article a commentaires", "cette publication a commentaires", "cette publication a un commentaire", "il y a commentaires", "commentaires publiés", "messages", "messages de forum", "réponses de lecteurs",
		"kommentare", "kommentar", "antworten", "antwort", "gedanken", "gedanke", "reaktionen", "reaktion", "rückmeldungen", "bisher kommentare", "kommentare bisher", "dieser beitrag hat kommentare", "dieser beitrag hat kommentar", "dieser beitrag hat einen kommentar", "es gibt kommentare", "alle kommentare", "stimmen", "meinungen",
		"comentarios", "comentario", "respuestas", "respuesta", "pensamientos", "opiniones", "esta entrada tiene comentarios", "esta entrada tiene comentario",
		"commenti", "commento", "risposte", "risposta", "pensieri", "questo articolo ha commenti", "questo articolo ha commento", "comentários", "comentário", "respostas", "resposta", "pensamentos", "este post tem comentários",
		"reacties", "reactie", "gedachten", "antwoorden", "dit bericht heeft reacties", "komentarzy", "komentarze", "komentarz", "odpowiedzi", "odpowiedź", "myśli", "ten post ma komentarzy",
		"комментариев", "комментария", "комментарий", "комментарии", "ответов", "ответа", "ответ", "мнений", "коментарі", "коментарів", "коментаря", "відповідей", "відповіді",
		"kommentarer", "svar", "tankar", "kommenttia", "vastausta", "komentářů", "komentáře", "komentář", "odpovědí", "yorum", "yorumlar", "cevap", "yanıt", "σχόλια", "απαντήσεις", "comentarii", "răspunsuri", "hozzászólás", "vélemény", "comentaris", "respostes", "komentara", "komentari",
		"件のコメント", "件の返信", "件の返答", "コメント件", "コメント", "条评论", "条回复", "条留言", "則留言", "則迴響", "則回應", "个评论", "개의 댓글", "개의 답글", "댓글 개", "댓글", "komentar", "tanggapan", "balasan", "tanggapan untuk", "bình luận", "تعليقات", "تعليق", "ردود", "رد", "دیدگاه", "پاسخ", "תגובות", "ความเห็น",
	}
	moreBareCounts = []string{ // headings that declare no number
		"comments", "responses", "replies", "reader comments", "commentaires", "réponses", "réactions", "kommentare", "reaktionen", "comentarios", "respuestas", "commenti", "comentários", "reacties", "komentarze", "комментарии", "коментарі", "kommentarer", "kommentit", "komentáře", "yorumlar", "comentarii", "hozzászólások", "コメント", "コメント一覧", "评论", "留言", "댓글",
		"vos commentaires", "les commentaires", "vos réactions", "vos avis", "réactions des lecteurs", "commentaires des lecteurs", "leserkommentare", "ihre kommentare", "deine kommentare", "messages de forum", "forum de l'article", "user comments", "comments section", "discussion",
	}
	moreOne = []string{ // a heading that says one in words, or the start of it
		"one thought on", "one response to", "one comment on", "one reply to", "one response", "one comment", "one reply", "this post has one comment", "une réflexion au sujet de", "une réflexion sur", "une réponse à", "un commentaire sur", "un commentaire", "une réponse", "un avis sur", "une réaction", "cette publication a un commentaire",
		"ein gedanke zu", "ein kommentar zu", "eine antwort auf", "eine antwort zu", "ein kommentar", "eine antwort", "eine reaktion auf", "dieser beitrag hat einen kommentar", "un pensamiento en", "una respuesta a", "un comentario en", "un comentario", "una respuesta", "un comentario sobre", "esta entrada tiene un comentario",
		"un commento su", "una risposta a", "un commento", "un pensiero su", "uma resposta para", "um comentário em", "um comentário", "uma resposta", "um comentário sobre", "een reactie op", "een gedachte over", "één reactie", "één reactie op", "één gedachte over", "een reactie", "jeden komentarz", "jedna odpowiedź do", "jedna myśl na temat", "один комментарий", "один ответ", "один комментарий на", "en kommentar", "ett svar på", "en reaktion på", "et svar til", "ett svar", "yksi kommentti", "jeden komentář", "bir yorum", "bir cevap", "一条评论", "댓글 한 개",
	}
)

// glue are the words between the noun of a count heading and the title it names
// ("5 thoughts on …", "5 Gedanken zu …").
var glue = map[string]bool{
	"on": true, "to": true, "for": true, "about": true, "zu": true, "auf": true, "zum": true, "zur": true, "sur": true, "à": true, "au": true, "a": true, "en": true, "sobre": true, "su": true, "em": true, "para": true,
	"op": true, "over": true, "do": true, "na": true, "о": true, "к": true, "на": true, "до": true, "для": true, "til": true, "till": true, "på": true, "om": true, "k": true, "u": true, "la": true, "στο": true, "untuk": true, "pada": true, "için": true, "ke": true,
}
