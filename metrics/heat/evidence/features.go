package evidence

import "threadheat/metrics/internal/words"

// Features are the numbers of one comment for a model, by place:
//
//   - first, for each Cue, its strength in the whole comment, and then, for each
//     Cue again, that of the sentence where it is strongest, both as s/(1+s);
//   - then the others, whose names are in FeatureNames.
//
// Every feature is in [0, 1], and 0 for an empty text. SecondPerson counts in
// replies only; Outside holds what it is elsewhere. New features are put at the
// end, so that their places do not change.
type Features [NumFeatures]float32

// The features behind those of the cues.
const (
	Outside     = 2*NumCues + iota // second person outside replies, as s/(1+s)
	Length                         // own words, as n/(50+n)
	Lines                          // sentences, as n/(5+n)
	AllCapitals                    // 1 where no own word has a small letter and there are at least three
	Questions                      // question marks, as n/(1+n)
	YouFirst                       // share of the sentences that begin with "you"
	Denied                         // insults that a "not" takes back, as n/(1+n)
	AtAddressee                    // strength of insults, threats and dismissals aimed at the person answered or the readers, as s/(1+s)
	AtGroup                        // the same for groups
	AtArticle                      // the same for the article
	GroupNamed                     // 1 where a group is named; identity terms must carry no weight
	Unpleasant                     // -Sentiment where that is above 0
	Pleasant                       // Sentiment where that is above 0
	Disguised                      // words in disguise, as n/(1+n)
	Quoted                         // share of the words that are others'
	Links                          // addresses, as n/(1+n)
	Mentions                       // as n/(1+n)
	Hashtags                       // as n/(1+n)
	Emojis                         // as n/(1+n)
	InReply                        // 1 in a reply
	French                         // 1 where the text is French
	NumFeatures = 2*NumCues + iota
)

// FeatureNames are the names of the features: "insult" and "insult-peak" for
// those of cues.
var FeatureNames = func() (names [NumFeatures]string) {
	for c, name := range Names {
		names[c], names[NumCues+c] = name, name+"-peak"
	}
	copy(names[Outside:], []string{
		"you-outside-replies", "length", "lines", "all-capitals", "questions", "you-first", "denied-insults",
		"at-addressee", "at-group", "at-article", "group-named", "unpleasant", "pleasant", "disguised", "quoted",
		"links", "mentions", "hashtags", "emojis", "reply", "french",
	})
	return names
}()

// Features puts the features of the comment last read into f.
func (r *Reader) Features(f *Features) {
	*f = Features{}
	outside, lastSentence := float32(0), int32(-1)
	var peak [NumCues]float32
	for i := range r.Hits {
		h := &r.Hits[i]
		if h.Sentence != lastSentence {
			lastSentence = h.Sentence
			clear(peak[:])
		}
		if h.Cue == SecondPerson && !r.Reply {
			outside += h.Strength
			continue
		}
		f[h.Cue] += h.Strength
		peak[h.Cue] += h.Strength
		f[NumCues+h.Cue] = max(f[NumCues+h.Cue], peak[h.Cue])
		if angry(h.Cue) && h.Cue != Profanity {
			switch h.Target {
			case Addressee, Readers:
				f[AtAddressee] += h.Strength
			case Group:
				f[AtGroup] += h.Strength
			case Article:
				f[AtArticle] += h.Strength
			}
		}
	}
	f[Outside] = outside
	others := 0
	for k := range r.Words {
		switch w := &r.Words[k]; {
		case w.Zone == words.Others:
			others++
		case w.Zone != words.Own:
		case w.Kind == words.Address:
			f[Links]++
		case w.Kind == words.Mention:
			f[Mentions]++
		case w.Kind == words.Hashtag:
			f[Hashtags]++
		case w.Kind == words.Emoji:
			f[Emojis]++
		case w.Shape&words.Disguise != 0:
			f[Disguised]++
		}
	}
	for _, m := range r.Marks {
		if m.Asks && m.Zone == words.Own {
			f[Questions]++
		}
	}
	for i := range f {
		f[i] /= 1 + f[i]
	}
	n := float32(r.Own)
	f[Length] = n / (50 + n)
	f[Lines] = float32(len(r.Sentences)) / float32(5+len(r.Sentences))
	if n == 0 {
		f[Lines] = 0
	}
	if n >= 3 && !r.lower {
		f[AllCapitals] = 1
	}
	f[YouFirst] = float32(r.starts) / float32(len(r.Sentences))
	f[Denied] = float32(r.negated) / float32(1+r.negated)
	if others > 0 {
		f[Quoted] = float32(others) / float32(len(r.Words))
	}
	for _, s := range r.sentences {
		if s.group {
			f[GroupNamed] = 1
			break
		}
	}
	if v := float32(r.Sentiment()); v < 0 {
		f[Unpleasant] = -v
	} else {
		f[Pleasant] = v
	}
	if r.Reply {
		f[InReply] = 1
	}
	if r.Lang == words.FR {
		f[French] = 1
	}
}
