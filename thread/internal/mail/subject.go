package mail

import "strings"

// replies and forwards are what programs of many languages put before the
// subject of an answer and of a message that is passed on. Finnish "VS" is an
// answer where Danish "VS" passes on. The single letters of Italian ("R:",
// "I:") are not among them: they begin subjects of other kinds, too.
var (
	replies  = wordSet("re aw antw antwort sv vs vá odp rif res rép ynt yan απ σχετ atb bls ответ на 回复 回覆 答复 返信 답장 رد تشر השב")
	forwards = wordSet("fw fwd wg tr rv enc vb vl pd doorst ilt i̇lt fs trs πρθ továbbítás перенаправлено 转发 轉寄 転送 전달 إعادة הועבר")
)

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

// stripSubject takes "Re:", "AW:", "RE [2] :", "Fwd:" and the like off a
// subject, also where the name of a list in brackets stands before them. reply
// tells that one of them marks an answer.
func stripSubject(s string) (title string, reply bool) {
	s = strings.Join(strings.Fields(s), " ")
	tag := ""
	for range 100 { // of them in one subject
		if rest, answer, ok := cutPrefix(s); ok {
			s, reply = rest, reply || answer
			continue
		}
		if strings.HasPrefix(s, "[") && tag == "" {
			if end := strings.IndexByte(s, ']'); end > 0 && end < 60 {
				if _, _, ok := cutPrefix(strings.TrimSpace(s[end+1:])); ok {
					tag, s = s[:end+1]+" ", strings.TrimSpace(s[end+1:])
					continue
				}
			}
		}
		break
	}
	if cut, ok := strings.CutSuffix(s, " (fwd)"); ok {
		s = cut
	}
	return strings.TrimSpace(tag + s), reply
}

// cutPrefix takes one such mark off.
func cutPrefix(s string) (rest string, reply, ok bool) {
	head, _, ok := strings.Cut(s[:min(len(s), 40)], ":")
	colon := 1
	if wide, _, found := strings.Cut(s[:min(len(s), 40)], "："); found && (!ok || len(wide) < len(head)) {
		head, ok, colon = wide, true, len("：")
	}
	if !ok {
		return s, false, false
	}
	rest = strings.TrimSpace(s[len(head)+colon:])
	word := strings.ToLower(strings.TrimSpace(head))
	// "Re[4]", "Re(2)", "Re^3", "Re*2"
	if at := strings.IndexAny(word, "[(^*"); at > 0 && isDigits(strings.Trim(word[at:], "[()]^*")) {
		word = strings.TrimSpace(word[:at])
	}
	reply = replies[word]
	return rest, reply, reply || forwards[word]
}
