package heat

import (
	"math"

	"threadheat/metrics"
)

// Confidence is how far the heat of a comment can be trusted, in three classes.
type Confidence uint8

// The classes. A comment without a heat has none.
//
// Low is where the model and the cues disagree: one finds the comment hot, the
// other does not. Medium is where they agree, but the comment is short or the
// model near its limit; High where neither is so.
//
// The rule was chosen among four on the development sets of the model card, which
// label comments in no thread. In each class, low, medium and high, the AUC of the
// heat was: newspaper comments, antagonizing, .65, .69, .79; news threads .55, .57,
// .65; French prompts .67, .84, .95; talk comments, English .54, .68, .89 and French
// .56, .69, .89. It did not rise on the sentences of HateCheck, .60, .58, .49, which
// are made to mislead: a score that is sure can be wrong, most of all about irony,
// quotations and names of groups.
const (
	NoConfidence Confidence = iota
	Low
	Medium
	High
)

var confidenceTitles = [...]metrics.Text{
	Low:    {EN: "low", FR: "faible"},
	Medium: {EN: "medium", FR: "moyenne"},
	High:   {EN: "high", FR: "élevée"},
}

// String is the name of the class, "" for NoConfidence.
func (c Confidence) String() string { return confidenceTitles[c].EN }

// Title is the name of the class in both languages.
func (c Confidence) Title() metrics.Text { return confidenceTitles[c] }

// The limits of the classes.
const (
	modelHot  = 0.35 // from which on the model finds a comment hot
	cuesHot   = 0.15 // above which the cues do
	modelBase = 0.3  // what the model says where it knows nothing
	modelFar  = 0.15 // how far from that it is sure
	sureWords = 8    // the fewest
)

// Confidence is how far the heat can be trusted; see the classes. O(1).
func (s *Score) Confidence() Confidence {
	switch {
	case s.Reason != nil || s.Tokens == 0:
		return NoConfidence
	case (s.ByModel >= modelHot) != (s.ByCues > cuesHot):
		return Low
	case s.Tokens < sureWords || math.Abs(s.ByModel-modelBase) <= modelFar:
		return Medium
	}
	return High
}

// ConfidenceRests says in a sentence what a class rests on.
var ConfidenceRests = [...]metrics.Text{
	Low: {
		EN: "the model and the cues disagree",
		FR: "le modèle et les indices se contredisent",
	},
	Medium: {
		EN: "the model and the cues agree, but the comment is short or the model undecided",
		FR: "le modèle et les indices s’accordent, mais le commentaire est court ou le modèle hésite",
	},
	High: {
		EN: "the model and the cues agree, the model is decided, and there are words enough",
		FR: "le modèle et les indices s’accordent, le modèle est net et il y a assez de mots",
	},
}
