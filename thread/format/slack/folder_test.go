package slack

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/jsondoc/jsontest"
	"threadheat/thread/internal/rosetta"
)

// export is a folder with the given files.
func export(files ...string) fstest.MapFS {
	folder := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		folder[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return folder
}

func rosettaExport(t testing.TB) fstest.MapFS {
	return export(
		"channels.json", `[{"id":"C1","name":"general","created":1640416320,"members":["UALICE","UBOB","UCAROL"]}]`,
		"users.json", `[{"id":"UALICE","name":"alice","real_name":"Alice"},{"id":"UBOB","name":"bob","real_name":"Bob"},{"id":"UCAROL","name":"carol","real_name":"Carol"}]`,
		"general/2021-12-25.json", jsontest.File(t, "rosetta.json"),
		"general/2021-12-26.json", jsontest.File(t, "rosetta-26.json"),
		"general/2021-12-27.json", jsontest.File(t, "rosetta-27.json"),
	)
}

func readExport(t testing.TB, folder fs.FS) []*thread.Thread {
	t.Helper()
	var threads []*thread.Thread
	for th, err := range format.Threads(Format, format.Source{Name: "export", Beside: folder}, thread.Source{Name: "export"}) {
		if err != nil {
			t.Fatal(err)
		}
		threads = append(threads, th)
	}
	return threads
}

// Slack has no scores here and two levels, and what was deleted is gone: c3
// answers c1, and there is no c5.
func TestRosettaFolder(t *testing.T) {
	folder := rosettaExport(t)
	if c, why := Format.SniffFolder(folder); c != format.Certain {
		t.Errorf("SniffFolder = %s (%s), want certain", c, why)
	}
	threads := readExport(t, folder)
	if len(threads) != 1 || threads[0].Meta().ID != "general" || len(threads[0].Diagnostics()) > 0 {
		t.Fatalf("%d threads, want the channel general", len(threads))
	}
	want := rosetta.Want(t)[:4]
	for i := range want {
		want[i].Score = 0
	}
	want[2].Parent = "c1"
	ids := map[string]string{"1640416320.000001": "c1", "1640508240.000002": "c2", "1640528220.000003": "c3", "1640635740.000004": "c4"}
	rosetta.Check(t, want, rosetta.Got(threads[0], func(id string) string { return ids[id] }))
	if p := threads[0].Comment(1).Pos; p.File != "export/general/2021-12-26.json" {
		t.Errorf("c2 stands in %q", p.File)
	}
}

func message1(ts, user, more string) string {
	return fmt.Sprintf(`{"type":"message","ts":%q,"user":%q,"text":"hello <@U2>"%s}`, ts, user, more)
}

// Channels of all kinds, days out of order, a day that breaks off, one that is
// empty, files that are no days, folders that no list names or that hold nothing.
func TestFolder(t *testing.T) {
	folder := export(
		"users.json", "\uFEFF"+`[{"id":"U1","profile":{"display_name":"una"},"real_name":"Una B."},{"id":"U2","profile":{"display_name":"","real_name":"Two"}}]`,
		"channels.json", `[{"id":"C1","name":"talk"},{"id":"C2","name":"silent"},{"id":"C3","name":"../up"},7]`,
		"dms.json", `[{"id":"D1","members":["U1","U3"]}]`,
		"talk/2020-01-10.json", "["+message1("1578650000.000200", "U2", `,"thread_ts":"1577900000.000100"`)+"]",
		"talk/2020-01-01.json", "["+message1("1577900000.000100", "U1", "")+","+message1("1577900001.000100", "U1", `,"subtype":"channel_join"`)+"]",
		"talk/2020-01-02.json", "[]",
		"talk/2020-01-03.json", "["+message1("1578000000.000100", "U1", "")+`,{"type":"mess`,
		"talk/canvas.json", "{}",
		"D1/2020-01-01.json", "["+message1("1577900000.000100", "U3", "")+"]",
		"old/2019-01-01.json", "[]",
		"attachments/x.png", "",
	)
	var got []string
	for _, th := range readExport(t, folder) {
		got = append(got, fmt.Sprintf("= %s %q", th.Meta().ID, th.Meta().Title))
		for _, line := range jsontest.Lines(th) {
			line, _, _ = strings.Cut(line, " | 20")
			got = append(got, line)
		}
		if th.Len() > 0 {
			got = append(got, th.Text(0))
		}
		for _, d := range th.Diagnostics() {
			got = append(got, strings.TrimSpace("! "+string(d.Code)+" "+d.Pos.File))
		}
	}
	want := []string{
		`= talk "talk"`,
		"1577900000.000100 | una (U1)",
		"1577900001.000100 | una (U1)",
		"1578000000.000100 | una (U1)",
		"1578650000.000200 <1577900000.000100 declared | Two (U2)",
		"hello @Two",
		"! truncated export/talk/2020-01-03.json",
		`= D1 "una, U3"`,
		"1577900000.000100 | U3 (U3)",
		"hello @Two",
		`= old "old"`,
		"! no-comments",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestNoChannels(t *testing.T) {
	threads := readExport(t, export("channels.json", "[]"))
	if len(threads) != 1 || len(threads[0].Diagnostics()) != 1 || threads[0].Diagnostics()[0].Code != thread.NoComments {
		t.Errorf("%d threads of an empty export, want one that says so", len(threads))
	}
}

func TestSniffFolder(t *testing.T) {
	day := "[" + message1("1577900000.000100", "U1", "") + "]"
	for _, c := range []struct {
		name   string
		folder fs.FS
		want   format.Confidence
	}{
		{"private channels only", export("groups.json", "[]", "x/2020-01-01.json", day), format.Certain},
		{"an empty day first", export("channels.json", "[]", "x/2020-01-01.json", "[]", "x/2020-01-02.json", day), format.Certain},
		{"no list", export("users.json", "[]", "x/2020-01-01.json", day), format.No},
		{"no days", export("channels.json", "[]", "x/y.json", day), format.No},
		{"other days", export("channels.json", "[]", "x/2020-01-01.json", `{"a":1}`), format.No},
		{"a day's folder", export("2020-01-01.json", day), format.No},
		{"nothing", export(), format.No},
	} {
		if got, why := Format.SniffFolder(c.folder); got != c.want || why == "" {
			t.Errorf("%s: SniffFolder = %s (%s), want %s", c.name, got, why, c.want)
		}
	}
}

// FuzzFolder reads an export whose files hold anything.
func FuzzFolder(f *testing.F) {
	f.Add(`[{"id":"C1","name":"a"}]`, `[{"id":"U1","name":"n"}]`, "["+message1("1.1", "U1", "")+"]")
	f.Add(`[{"name":"/"},{"name":".."},{"name":7},{"id":"a","members":7}]`, `[{"id":{},"profile":[]}]`, "[[")
	f.Fuzz(func(t *testing.T, channels, users, day string) {
		folder := export("channels.json", channels, "users.json", users, "a/2020-01-01.json", day, "b/2020-01-01.json", "[]")
		Format.SniffFolder(folder)
		if threads := readExport(t, folder); len(threads) != 2 {
			t.Fatalf("%d threads, want the channels a and b", len(threads))
		}
	})
}
