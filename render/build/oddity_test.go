package build

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"

	"threadheat/thread"
)

// TestEveryOddityIsSaidInFrench reads the codes from their source, so that a
// new one without French words shows.
func TestEveryOddityIsSaidInFrench(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../../thread/diagnostic.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	codes := 0
	ast.Inspect(file, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok || len(v.Values) != 1 {
			return true
		}
		if kind, ok := v.Type.(*ast.Ident); !ok || kind.Name != "Code" {
			return true
		}
		codes++
		code := v.Values[0].(*ast.BasicLit).Value
		if frenchOddities[thread.Code(code[1:len(code)-1])] == "" {
			t.Errorf("the code %s has no French words", code)
		}
		return true
	})
	if codes < 10 {
		t.Errorf("found %d codes in thread/diagnostic.go, want all", codes)
	}
}
