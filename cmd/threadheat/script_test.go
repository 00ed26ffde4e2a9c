package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
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
			return os.CopyFS(env.WorkDir+"/fixtures", os.DirFS("../../fixtures"))
		},
	})
}
