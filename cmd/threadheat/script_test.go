package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"threadheat/fixtures"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"threadheat": main})
}

// TestScripts runs the commands as a user does, in a folder that holds the
// fixtures.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			return errors.Join(
				os.CopyFS(env.WorkDir+"/fixtures", os.DirFS("../../fixtures")),
				os.CopyFS(env.WorkDir+"/wrapped", os.DirFS("../../thread/unpack/testdata")),
				writeWrapped(env.WorkDir+"/wrapped/"),
			)
		},
	})
}

// writeWrapped writes cloud.txt.gz, the same cut short, and site.zip with three pages,
// one of them compressed, and a picture.
func writeWrapped(dir string) error {
	var gz, archive bytes.Buffer
	w := gzip.NewWriter(&gz)
	w.Write(fixtures.Bytes("cloud.txt"))
	w.Close()
	z := zip.NewWriter(&archive)
	for _, file := range []struct{ name, content string }{
		{"a/garden.html", string(fixtures.Bytes("garden.html"))},
		{"b.gz", gz.String()},
		{"logo.png", "\x89PNG\r\n\x1a\n\x00\x00"},
		{"c.txt", string(fixtures.Bytes("hosting.txt"))},
	} {
		f, err := z.Create(file.name)
		if err != nil {
			return err
		}
		io.WriteString(f, file.content)
	}
	z.Close()
	return errors.Join(
		os.WriteFile(dir+"cloud.txt.gz", gz.Bytes(), 0o644),
		os.WriteFile(dir+"cut.gz", gz.Bytes()[:gz.Len()-200], 0o644),
		os.WriteFile(dir+"site.zip", archive.Bytes(), 0o644),
	)
}
