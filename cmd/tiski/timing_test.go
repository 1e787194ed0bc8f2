package main

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// secretive are names of what must not be found out by how long it takes to
// compare it.
var secretive = regexp.MustCompile(`(?i)(secret|token|signature|signed|proof|password|hash|digest|mac|nonce|form|key|pass)$`)

// comparedOpenly are the comparisons of such names that tell nothing of a secret, and
// why.
var comparedOpenly = map[string]string{
	"bot/staff/password.go: encode(salt, key) == hash":                    "what is kept, with itself",
	"bot/staff/password.go: k.Hash == digest(token)":                      "hashes: who guesses tokens does not choose how they begin",
	"bot/staff/session.go: k.Hash == digest(token)":                       "the same",
	"bot/store/cases.go: numberKey(cases[i].Number) == numberKey(number)": "a number that letters tell",
	"catalog/file.go: k == key":                                           "a key of a file",
	"catalog/unread.go: path.Ext(form) == path.Ext(name)":                 "how files are named",
	"catalog/woocommerce/order.go: m.Key == key":                          "a name of metadata",
	`webhooks/console/report.go: t.Key == v.QueryParam("table")`:          "a name of a table",
}

// TestSecretsAreComparedInConstantTime reads all the program: what proves somebody
// is compared by crypto/subtle or crypto/hmac, or is in the list above.
func TestSecretsAreComparedInConstantTime(t *testing.T) {
	t.Parallel()
	listed := map[string]bool{}
	compared := 0
	for _, room := range []string{"bot", "catalog", "cmd", "webhooks"} {
		err := fs.WalkDir(os.DirFS("../.."), room, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if name == "bot/dialogue" || d.IsDir() && strings.HasSuffix(name, "test") { // it has no secrets; programs for tests
				return fs.SkipDir
			}
			if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return nil
			}
			files := token.NewFileSet()
			parsed, err := parser.ParseFile(files, filepath.Join("../..", name), nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(parsed, func(n ast.Node) bool {
				if isCall(n, "subtle.ConstantTimeCompare") || isCall(n, "hmac.Equal") {
					compared++
				}
				if !openly(n) {
					return true
				}
				var told bytes.Buffer
				if err := printer.Fprint(&told, files, n); err != nil {
					t.Error(err)
				}
				what := name + ": " + told.String()
				if listed[what] = true; comparedOpenly[what] == "" {
					t.Errorf("%s: is it a secret? Compare it by crypto/subtle, or say in the list why it is none", what)
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for what := range comparedOpenly {
		if !listed[what] {
			t.Errorf("%s is in the list, and nowhere else", what)
		}
	}
	if compared < 15 {
		t.Errorf("only %d comparisons take constant time", compared)
	}
}

// openly reports whether a secret may be compared here letter by letter.
func openly(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		return (n.Op == token.EQL || n.Op == token.NEQ) && (named(n.X) || named(n.Y)) && variable(n.X) && variable(n.Y)
	case *ast.CallExpr:
		return (isCall(n, "bytes.Equal") || isCall(n, "strings.EqualFold") || isCall(n, "bytes.Compare") || isCall(n, "slices.Equal")) && (named(n.Args[0]) || named(n.Args[1]))
	}
	return false
}

// named reports whether the last name in an expression is that of a secret, or it
// is asked for by one: r.Header.Get("X-Signature").
func named(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return secretive.MatchString(e.Name)
	case *ast.SelectorExpr:
		return secretive.MatchString(e.Sel.Name)
	case *ast.IndexExpr:
		return named(e.X) || named(e.Index)
	case *ast.SliceExpr:
		return named(e.X)
	case *ast.ParenExpr:
		return named(e.X)
	case *ast.BasicLit:
		return e.Kind == token.STRING && secretive.MatchString(strings.Trim(e.Value, "`\""))
	case *ast.CallExpr:
		if isCall(e, "len") {
			return false
		}
		for _, a := range e.Args {
			if named(a) {
				return true
			}
		}
		return named(e.Fun)
	}
	return false
}

// variable reports whether an expression is neither written in the program itself
// nor nil.
func variable(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BasicLit:
		return false
	case *ast.Ident:
		return e.Name != "nil" && e.Name != "true" && e.Name != "false"
	}
	return true
}

func isCall(n ast.Node, name string) bool {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return false
	}
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name == name
	case *ast.SelectorExpr:
		of, ok := f.X.(*ast.Ident)
		return ok && of.Name+"."+f.Sel.Name == name
	}
	return false
}
