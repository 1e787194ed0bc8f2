package catalog

import (
	"fmt"
	"io/fs"
	"path"

	"go.yaml.in/yaml/v3"
)

// Untranslated are the texts of a folder laid over a shop that lack one of the shop's
// languages: of each file and language how many, and the line of the first. Of files
// that are no YAML nothing is told.
func Untranslated(files fs.FS, languages []string) (Mistakes, error) {
	o, laid := files.(overlay)
	if !laid {
		return nil, nil
	}
	var all Mistakes
	err := fs.WalkDir(o.over, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || path.Ext(name) != ".yaml" {
			return err
		}
		document, err := fs.ReadFile(o.over, name)
		if err != nil {
			return err
		}
		var root yaml.Node
		if yaml.Unmarshal(document, &root) != nil {
			return nil
		}
		for _, lang := range languages {
			lines := lacking(&root, lang)
			if n := len(lines); n > 0 {
				all = append(all, Mistake{File: name, Line: lines[0], Reason: fmt.Sprintf("texts without %s: %d; who speaks it reads them in Finnish", lang, n)})
			}
		}
		return nil
	})
	return all, err
}

// lacking are the lines of the texts under a node that are told in Finnish and not in
// another language.
func lacking(n *yaml.Node, lang string) (lines []int) {
	if n.Kind == yaml.MappingNode {
		finnish, told := 0, false
		for i := 0; i < len(n.Content); i += 2 {
			switch in, value := n.Content[i].Value, n.Content[i+1]; {
			case in == "fi" && value.Kind == yaml.ScalarNode:
				finnish = value.Line
			case in == lang:
				told = true
			}
		}
		if finnish > 0 && lang != "fi" && !told {
			lines = append(lines, finnish)
		}
	}
	for _, child := range n.Content {
		lines = append(lines, lacking(child, lang)...)
	}
	return lines
}
