// Command threadheat reads places where people argue, rebuilds who answered
// whom, measures it and writes a report.
//
// Run `threadheat help` for the commands. Results go to standard output or to
// the file named with -o, messages to standard error. It exits with 0 when
// done, 1 when it failed, 2 when it was misused, and 3 when --strict was given
// and a comment had to be quarantined.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	_ "time/tzdata" // --time-zone must work where the system has no zones
	"unicode"
)

// version is that of the program, as reports print it.
const version = "0.1.0"

// Exit codes.
const (
	exitFailed      = 1
	exitMisused     = 2
	exitQuarantined = 3
)

// misuse is an error of the person at the keyboard.
type misuse struct{ error }

func misusef(format string, args ...any) error { return misuse{fmt.Errorf(format, args...)} }

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// run is main without the process: it returns the exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	stop := removePartsOnInterrupt(stderr)
	defer stop()
	app := &app{stdin: stdin, stdout: stdout, stderr: stderr}
	root := newRoot(app)
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.Execute()
	var wrong misuse
	switch {
	case err == nil && app.in.strict && app.quarantined:
		app.say("done, but comments were set aside and --strict was given")
		return exitQuarantined
	case err == nil:
		return 0
	case errors.As(err, &wrong) || isCobraMisuse(err):
		app.say("%v", err)
		app.say("`threadheat help` lists the commands, `threadheat COMMAND --help` explains one")
		return exitMisused
	}
	app.say("%v", err)
	return exitFailed
}

// isCobraMisuse tells cobra's own complaints about the command line, which it
// returns as plain errors.
func isCobraMisuse(err error) bool {
	for _, start := range []string{"unknown command", "unknown flag", "unknown shorthand flag", "flag needs an argument", "invalid argument", "required flag", "accepts ", "requires at least"} {
		if strings.HasPrefix(err.Error(), start) {
			return true
		}
	}
	return false
}

// app is what every command shares.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	in             inputFlags
	quarantined    bool // a comment was set aside
}

// say writes a message to standard error. What it says of strangers' files must
// not steer the terminal.
func (a *app) say(format string, args ...any) {
	message := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, fmt.Sprintf(format, args...))
	fmt.Fprintf(a.stderr, "threadheat: %s\n", message)
}
