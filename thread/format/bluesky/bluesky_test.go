package bluesky

import (
	"testing"

	"threadheat/thread/internal/jsondoc/jsontest"
)

// The thread of the rosetta samples, as their expected.json has it. The post that was
// not found is missing, for nobody tells who deleted it.
func TestRosetta(t *testing.T) {
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "rosetta", In: jsontest.File(t, "rosetta.json"),
		Meta: []string{"at://did:plc:zoe/app.bsky.feed.post/3k0 |  | https://bsky.app/profile/zoe.bsky.social/post/3k0 | "},
		Comments: []string{
			`at://did:plc:alice/app.bsky.feed.post/3k1 | Alice (did:plc:alice) | 2021-12-25T07:12:00Z | 5 | | "Premier paragraphe.\n\nDeuxième <b>paragraphe</b> & fin."`,
			`at://did:plc:bob/app.bsky.feed.post/3k2 <at://did:plc:alice/app.bsky.feed.post/3k1 declared | Bob (did:plc:bob) | 2021-12-26T08:44:00Z | 0 | | "Je ne suis pas d’accord."`,
			`at://did:plc:alice/app.bsky.feed.post/3k3 <at://did:plc:bob/app.bsky.feed.post/3k2 declared | Alice (did:plc:alice) | 2021-12-26T14:17:00Z | 3 | | "Relisez donc : tout y est."`,
			`at://did:plc:carol/app.bsky.feed.post/3k4 | Carol (did:plc:carol) | 2021-12-27T20:09:00Z | 1 | | "Hors sujet ?"`,
			`at://did:plc:gone/app.bsky.feed.post/3k5 <at://did:plc:carol/app.bsky.feed.post/3k4 nested |  |  |  | missing | ""`,
		},
		Diagnostics: []string{"missing-parent at://did:plc:gone/app.bsky.feed.post/3k5"},
	}})
}

// A post from the middle of a thread: its parent above, a block and a hole
// below, a clock that is seven years ahead, two people of one name and one with
// two, and four more replies than there are.
func TestQuirks(t *testing.T) {
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "quirks", In: jsontest.File(t, "quirks.json"),
		Meta: []string{"at://did:plc:a/app.bsky.feed.post/1 |  | https://bsky.app/profile/al.example/post/1 | "},
		Comments: []string{
			`at://did:plc:b/app.bsky.feed.post/2 | bo.example (did:plc:b) | 2024-02-02T10:00:00Z | 2 | | "The one asked for."`,
			`at://did:plc:c/app.bsky.feed.post/3 <at://did:plc:b/app.bsky.feed.post/2 declared | Al (did:plc:c) | 2024-02-02T11:00:00Z | 0 | | "From tomorrow."`,
			`at://did:plc:d/app.bsky.feed.post/4 <at://did:plc:c/app.bsky.feed.post/3 nested |  (did:plc:d) |  |  | removed | ""`,
			`at://did:plc:e/app.bsky.feed.post/5 <at://did:plc:b/app.bsky.feed.post/2 nested |  |  |  | missing | ""`,
			`at://did:plc:a/app.bsky.feed.post/6 <at://did:plc:b/app.bsky.feed.post/2 declared | Al renamed (did:plc:a) | 2024-02-02T12:00:00+01:00 | 1 | | "Last."`,
		},
		Diagnostics: []string{"missing-parent at://did:plc:e/app.bsky.feed.post/5", "more-comments"},
	}, {
		Name: "the parent above is not in the answer",
		In:   `{"thread":{"$type":"app.bsky.feed.defs#threadViewPost","post":{"uri":"at://x/2","author":{"did":"d"},"record":{"text":"t","reply":{"parent":{"uri":"at://x/1"}}}}}}`,
		Meta: []string{"at://x/2 |  |  | "},
		Comments: []string{
			`at://x/1 |  |  |  | missing | ""`,
			`at://x/2 <at://x/1 declared |  (d) |  |  | | "t"`,
		},
		Diagnostics: []string{"missing-parent at://x/2"},
	}, {
		Name:        "the post itself was not found",
		In:          `{"thread":{"$type":"app.bsky.feed.defs#notFoundPost","uri":"at://x/1","notFound":true}}`,
		Meta:        []string{"at://x/1 |  |  | "},
		Comments:    []string{`at://x/1 |  |  |  | missing | ""`},
		Diagnostics: []string{"missing-parent at://x/1"},
	}})
}

func TestBadInputs(t *testing.T) {
	for _, name := range []string{"rosetta.json", "quirks.json"} {
		jsontest.BadInputs(t, Format, jsontest.File(t, name))
	}
}

func FuzzDecode(f *testing.F) {
	jsontest.Fuzz(f, Format, jsontest.File(f, "rosetta.json"), jsontest.File(f, "quirks.json"))
}
