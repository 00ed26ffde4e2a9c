package build

import (
	"threadheat/metrics"
	"threadheat/thread"
)

// frenchOddities say in French what a diagnostic says in English, without its
// particulars: those stand beside it in the table.
var frenchOddities = map[thread.Code]string{
	thread.MissingParent:   "Le commentaire auquel celui-ci répond n’est pas dans l’entrée ; un fantôme en tient la place.",
	thread.Cycle:           "Le commentaire répondait à l’une de ses propres réponses ; le cercle est coupé ici.",
	thread.SelfParent:      "Le commentaire répondait à lui-même ; il est au premier niveau.",
	thread.DuplicateID:     "L’identifiant sert deux fois ; le second commentaire est renommé, ou mis de côté s’il est le même.",
	thread.MissingID:       "Le commentaire n’avait pas d’identifiant ; il en a reçu un.",
	thread.ChildBefore:     "La réponse est datée d’avant le commentaire auquel elle répond.",
	thread.InvalidText:     "Des caractères de contrôle ou des octets hors UTF-8 ont été remplacés.",
	thread.CountMismatch:   "Le nombre de commentaires annoncé n’est pas celui qui a été trouvé.",
	thread.DepthJump:       "Le retrait saute un niveau.",
	thread.UnknownDate:     "La date n’a pas pu être lue.",
	thread.AmbiguousDate:   "Le jour et le mois de la date peuvent être échangés.",
	thread.EncodingGuessed: "L’encodage des caractères a été deviné.",
	thread.AuthorMissing:   "Le commentaire n’a pas d’auteur.",
	thread.MoreComments:    "D’autres commentaires de cette discussion sont ailleurs.",
	thread.BadRecord:       "Un enregistrement n’a pas pu être lu.",
	thread.Truncated:       "L’entrée est coupée ; ce qui précède est gardé.",
	thread.NoComments:      "Aucun commentaire n’a été trouvé.",
	thread.SameSubject:     "Le parent n’est connu que par le titre du message.",
	thread.LeftOut:         "Des parties de l’entrée qui ne sont pas du texte ont été laissées de côté.",
	thread.NearDuplicate:   "Le commentaire en répète un autre en partie.",
}

// oddity is what a diagnostic says, in the language of the report.
func (b *builder) oddity(d thread.Diagnostic) string {
	if fr, ok := frenchOddities[d.Code]; ok && b.lang == metrics.French {
		return b.t2("", fr)
	}
	return d.Message
}
