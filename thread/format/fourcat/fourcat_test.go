package fourcat

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/rosetta"
)

func file(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func read(t testing.TB, in string) []*thread.Thread {
	t.Helper()
	threads, err := rosetta.Read(Format, in, format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return threads
}

func TestRosetta(t *testing.T) {
	threads := read(t, file(t, "rosetta.csv"))
	if len(threads) != 1 {
		t.Fatalf("%d threads, want 1", len(threads))
	}
	want := rosetta.Want(t)
	for i := range want {
		want[i].Edited = "" // not in the format
	}
	rosetta.Check(t, want, rosetta.Got(threads[0], func(id string) string { return id }))
	if got := threads[0].Meta().ID; got != "post" {
		t.Errorf("the thread is %q, want post", got)
	}
}

func TestItems(t *testing.T) {
	want := []string{
		"7 Gelées",
		"7 | Ann | 2020-04-03T10:00:00 | post: Qui a gelé ?",
		"8 < 7 | Bo | 2020-04-03T10:01:00: Moi.",
	}
	threads := read(t, file(t, "items.ndjson"))
	if len(threads) != 1 {
		t.Fatalf("%d threads, want 1", len(threads))
	}
	got := rosetta.Summary(threads[0])
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// Each source says in its own columns who answers whom.
func TestSources(t *testing.T) {
	for _, test := range []struct {
		name, in string
		want     []string
	}{
		{
			"TikTok: the thread of an answer is the comment it answers",
			"id,thread_id,author,body,timestamp,unix_timestamp,likes,post_id,is_comment_on_comment\n" +
				"11,900,ann,First,2020-04-03 10:00:00,1585908000,3,900,no\n" +
				"12,11,bo,Second,2020-04-03 10:01:00,1585908060,0,900,yes\n",
			[]string{"900 ", "11 | ann | 2020-04-03T10:00:00Z: First", "12 < 11 | bo | 2020-04-03T10:01:00Z: Second"},
		},
		{
			"TikTok, raw",
			`{"cid":"11","aweme_id":"900","reply_id":"0","text":"First","create_time":1585908000,"digg_count":3,"user":{"unique_id":"ann","uid":"5"},"__import_meta":{}}` + "\n" +
				`{"cid":"12","aweme_id":"900","reply_id":"11","text":"Second","create_time":1585908060,"user":{"unique_id":"bo","uid":"6"},"__import_meta":{}}` + "\n" +
				`{"cid":"13","aweme_id":"900","reply_id":"11","reply_to_reply_id":"12","text":"Third","create_time":1585908120,"user":{"unique_id":"ann","uid":"5"},"__import_meta":{}}` + "\n",
			[]string{"900 ", "11 | ann | 2020-04-03T10:00:00Z: First", "12 < 11 | bo | 2020-04-03T10:01:00Z: Second", "13 < 12 | ann | 2020-04-03T10:02:00Z: Third"},
		},
		{
			"Telegram: IDs carry the chat, replies do not",
			"id,thread_id,chat,author,author_username,author_name,body,is_reply,reply_to,timestamp,unix_timestamp\n" +
				"kettles-7,kettles,kettles,501,ann,Ann A,Hum?,False,,2020-04-03 10:00:00,1585908000\n" +
				"kettles-8,kettles,kettles,502,bo,,Yes.,True,7,2020-04-03 10:01:00,1585908060\n",
			[]string{"kettles ", "kettles-7 | Ann A | 2020-04-03T10:00:00Z: Hum?", "kettles-8 < kettles-7 | bo | 2020-04-03T10:01:00Z: Yes."},
		},
		{
			"Telegram, raw",
			`{"_type":"Message","id":7,"message":"Hum?","date":1585908000,"_chat":{"_type":"Channel","id":44,"username":"kettles"},"_sender":{"id":501,"first_name":"Ann","last_name":"A"}}` + "\n" +
				`{"_type":"Message","id":8,"message":"Yes.","date":1585908060,"reply_to":{"reply_to_msg_id":7},"_chat":{"_type":"Channel","id":44},"_sender":{"id":502,"username":"bo"}}` + "\n",
			[]string{"44 ", "7 | Ann A | 2020-04-03T10:00:00Z: Hum?", "8 < 7 | bo | 2020-04-03T10:01:00Z: Yes."},
		},
		{
			"Bluesky: addresses and links end with the same key",
			"id,thread_id,created_at,author,author_id,body,like_count,replied_to_post,replied_to_user,timestamp\n" +
				"at://did:plc:a/app.bsky.feed.post/3k1,at://did:plc:a/app.bsky.feed.post/3k1,2020-04-03T10:00:00+00:00,ann.example,did:plc:a,Hum?,2,,,1585908000\n" +
				"at://did:plc:b/app.bsky.feed.post/3k2,at://did:plc:a/app.bsky.feed.post/3k1,2020-04-03T10:01:00+00:00,bo.example,did:plc:b,Yes.,0,https://bsky.app/profile/ann.example/post/3k1,ann.example,1585908060\n",
			[]string{"3k1 ", "3k1 | ann.example | 2020-04-03T10:00:00Z | post: Hum?", "3k2 < 3k1 | bo.example | 2020-04-03T10:01:00Z: Yes."},
		},
		{
			"Bluesky, raw",
			`{"uri":"at://did:plc:a/app.bsky.feed.post/3k1","author":{"did":"did:plc:a","handle":"ann.example"},"record":{"text":"Hum?","created_at":"2020-04-03T10:00:00Z"},"like_count":2,"4CAT_metadata":{}}` + "\n" +
				`{"uri":"at://did:plc:b/app.bsky.feed.post/3k2","author":{"did":"did:plc:b","handle":"bo.example"},"record":{"text":"Yes.","created_at":"2020-04-03T10:01:00Z","reply":{"parent":{"uri":"at://did:plc:a/app.bsky.feed.post/3k1"},"root":{"uri":"at://did:plc:a/app.bsky.feed.post/3k1"}}},"4CAT_metadata":{}}` + "\n",
			[]string{"3k1 ", "3k1 | ann.example | 2020-04-03T10:00:00Z | post: Hum?", "3k2 < 3k1 | bo.example | 2020-04-03T10:01:00Z: Yes."},
		},
		{
			"X, raw",
			`{"rest_id":"70","legacy":{"full_text":"Hum?","conversation_id_str":"70","created_at":"Fri Apr 03 10:00:00 +0000 2020","user_id_str":"5","favorite_count":2},"core":{"user_results":{"result":{"legacy":{"screen_name":"ann"}}}},"__import_meta":{}}` + "\n" +
				`{"rest_id":"71","legacy":{"full_text":"Yes.","conversation_id_str":"70","in_reply_to_status_id_str":"70","created_at":"Fri Apr 03 10:01:00 +0000 2020","user_id_str":"6"},"core":{"user_results":{"result":{"legacy":{"screen_name":"bo"}}}},"__import_meta":{}}` + "\n",
			[]string{"70 ", "70 | ann | 2020-04-03T10:00:00Z | post: Hum?", "71 < 70 | bo | 2020-04-03T10:01:00Z: Yes."},
		},
		{
			"VK",
			"id,thread_id,timestamp,unix_timestamp,item_type,body,author_id,author_screen_name,author_name,in_reply_to_user,in_reply_to_comment_id,author\n" +
				"31,30,2020-04-03 10:00:00,1585908000,comment,Hum?,5,ann,Ann A,,,\n32,30,2020-04-03 10:01:00,1585908060,comment,Yes.,6,bo,,5,31,\n",
			[]string{"30 ", "31 | Ann A | 2020-04-03T10:00:00Z: Hum?", "32 < 31 | bo | 2020-04-03T10:01:00Z: Yes."},
		},
		{
			"Truth Social: texts are HTML",
			"id,created_at,body,account_id,account_username,reblogs_count,thread_id,timestamp\n7,2020-04-03T10:00:00.000Z,<p>Hum &amp; steam?</p>,5,ann,0,7,2020-04-03 10:00:00\n",
			[]string{"7 ", "7 | ann | 2020-04-03T10:00:00Z | post: Hum & steam?"},
		},
		{
			"4chan: a quotation of a post of the thread is an answer; those of other threads and boards are none",
			"thread_id,id,timestamp,unix_timestamp,board,body,subject,author,image_file,image_md5\n" +
				"100,100,2020-04-03 10:00:00,1585908000,ck,Hum?,Kettles,Anonymous,,\n" +
				"100,101,2020-04-03 10:01:00,1585908060,ck,\">>90\n>>100\nYes.\",,Anonymous,,\n" +
				"100,102,2020-04-03 10:02:00,1585908120,ck,>>>/b/101 no,,Anonymous,,\n" +
				"100,103,2020-04-03 10:03:00,1585908180,ck,\">>101\n>hum\nSure.\",,ann,,\n",
			[]string{
				"100 Kettles", "100 | Anonymous | 2020-04-03T10:00:00Z | post: Hum?",
				"101 < 100 | Anonymous | 2020-04-03T10:01:00Z: >>90/>>100/Yes.",
				"102 | Anonymous | 2020-04-03T10:02:00Z: >>>/b/101 no", "103 < 101 | ann | 2020-04-03T10:03:00Z: >>101/>hum/Sure.",
			},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, why := Format.Sniff(format.Head{Bytes: []byte(test.in)}); got != format.Certain {
				t.Errorf("Sniff = %s (%s), want certain", got, why)
			}
			threads := read(t, test.in)
			if len(threads) != 1 {
				t.Fatalf("%d threads, want 1", len(threads))
			}
			if d := cmp.Diff(test.want, rosetta.Summary(threads[0])); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// Two people without a name are two, and quotations are no declaration.
func TestBoards(t *testing.T) {
	th := read(t, "thread_id,id,timestamp,unix_timestamp,board,body,subject,author,image_file,image_md5\n1,1,,,ck,a,,Anonymous,,\n1,2,,,ck,>>1 b,,Anonymous,,\n")[0]
	if th.Author(0) == th.Author(1) {
		t.Error("two anonymous posts have one author, want two")
	}
	if b := th.Comment(1).Basis; b != thread.Quoted {
		t.Errorf("the basis of a quotation is %s, want quoted", b)
	}
}

// What the user says of the columns counts more than what is known of a source.
func TestColumnsGiven(t *testing.T) {
	threads, err := rosetta.Read(Format, "id,thread_id,author,body,timestamp,unix_timestamp,post_id,is_comment_on_comment,other\n11,900,ann,First,,,900,no,x\n12,11,bo,Second,,,900,yes,11\n",
		format.Options{Columns: map[string]string{"parent": "other", "thread": "post_id"}})
	if err != nil || len(threads) != 1 {
		t.Fatalf("%d threads, %v", len(threads), err)
	}
	for i := range threads[0].All() {
		if c := threads[0].Comment(i); c.ID == "11" && c.Parent != "x" {
			t.Errorf("comment 11 answers %q, want x", c.Parent)
		}
	}
}

// Sources without replies give flat threads; whatever else is broken is said.
func TestBad(t *testing.T) {
	const start = "id,thread_id,timestamp,unix_timestamp,author,body\n"
	for in, want := range map[string][]string{
		start: {" ", "! no-comments"},
		start + "1,1,2020-04-03 10:00:00,1585908000,Ann,x\n2,1,,x,Bo,y": {"1 ", "1 | Ann | 2020-04-03T10:00:00Z | post: x", "2 | Bo | : y", "! unknown-date 2"},
		start + "1,9,,,Ann":                            {"9 ", "1 | Ann | : ", "! bad-record 1"},
		`{"__import_meta":{},"id":1,"body":"x"` + "\n": {" ", "1 |  | : x", "! truncated 1"},
	} {
		threads := read(t, in)
		if len(threads) != 1 {
			t.Fatalf("%q: %d threads, want 1", in, len(threads))
		}
		if d := cmp.Diff(want, rosetta.Summary(threads[0])); d != "" {
			t.Errorf("%q (-want +got):\n%s", in, d)
		}
	}
}

func TestSniff(t *testing.T) {
	for in, want := range map[string]format.Confidence{
		file(t, "rosetta.csv"):              format.Certain,
		file(t, "items.ndjson"):             format.Certain,
		"id,thread_id,author,body\n1,1,a,b": format.No,
		`{"id":1,"body":"__import_meta"}`:   format.No,
		"":                                  format.No,
	} {
		if got, why := Format.Sniff(format.Head{Bytes: []byte(in)}); got != want {
			t.Errorf("%.60q: %s (%s), want %s", in, got, why, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	rosetta.Fuzz(f, Format, file(f, "rosetta.csv"), file(f, "items.ndjson"),
		"id,thread_id,chat,author,author_username,author_name,body,is_reply,reply_to,timestamp,unix_timestamp\na-7,a,a,501,ann,Ann,Hum?,False,,x,1\na-8,a,a,502,bo,,Yes.,True,7",
		"thread_id,id,timestamp,board,body,author,image_md5\n1,1,,ck,a,Anonymous,\n1,2,,ck,>>1 b,Anonymous,\n",
		`{"cid":"11","aweme_id":"900","reply_id":"0","text":"First","__import_meta":{}}`)
}
