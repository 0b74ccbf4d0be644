// Records the Go types that the genuine client reads the engine's answers into, by reflection.
//
//	GO111MODULE=off go run record-api-types.go > ../src/template/golden/api-types.ts
//
// Stand in a copy of docker/cli of the version that is played (its vendor folder is needed).
package main

import (
	"fmt"
	"os"
	"reflect"
	"sort"
	"strings"

	"github.com/docker/docker/api/types"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/events"
	"github.com/docker/docker/api/types/filters"
	"github.com/docker/docker/api/types/image"
	"github.com/docker/docker/api/types/network"
	"github.com/docker/docker/api/types/registry"
	"github.com/docker/docker/api/types/swarm"
	"github.com/docker/docker/api/types/volume"
)

var roots = []interface{}{
	types.Container{}, types.ContainerJSON{}, types.ContainerStats{}, types.DiskUsage{},
	types.ImageInspect{}, types.ImageSummary{}, types.Info{}, types.NetworkResource{},
	types.Plugin{}, types.StatsJSON{}, types.Version{}, types.Volume{},
	container.ContainerTopOKBody{}, container.ContainerChangeResponseItem{},
	events.Message{}, filters.Args{}, image.HistoryResponseItem{}, network.NetworkingConfig{},
	registry.SearchResult{}, volume.VolumeListOKBody{},
	swarm.Config{}, swarm.Node{}, swarm.Secret{}, swarm.Service{}, swarm.Swarm{}, swarm.Task{},
}

// What other types are made of; Go's reflection says the rest.
var plain = map[reflect.Kind]string{
	reflect.Bool: "bool", reflect.String: "string", reflect.Interface: "interface",
	reflect.Int: "int", reflect.Int8: "int", reflect.Int16: "int", reflect.Int32: "int",
	reflect.Int64: "int", reflect.Uint: "uint", reflect.Uint8: "uint", reflect.Uint16: "uint",
	reflect.Uint32: "uint", reflect.Uint64: "uint", reflect.Float32: "float", reflect.Float64: "float",
}

var lines = map[string]string{}

func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", "\\'") + "'" }

func walk(t reflect.Type) {
	name := t.String()
	if _, known := lines[name]; known {
		return
	}
	lines[name] = "" // before its parts: types may hold themselves
	// A Time is read from text, whatever it is made of.
	if kind, ok := plain[t.Kind()]; ok || name == "time.Time" {
		if name == "time.Time" {
			kind = "time"
		}
		lines[name] = fmt.Sprintf("{ kind: %s }", quoted(kind))
		return
	}
	// The names of pointers, lists and most maps say what they are made of.
	if t.Name() == "" && t.Kind() != reflect.Struct {
		delete(lines, name)
	}
	switch t.Kind() {
	case reflect.Struct:
		lines[name] = structLine(t)
		return
	case reflect.Slice, reflect.Array:
		if t.Name() != "" {
			lines[name] = fmt.Sprintf("{ kind: 'list', elem: %s }", quoted(t.Elem().String()))
		}
	case reflect.Map:
		walk(t.Key())
		if t.Name() != "" {
			lines[name] = fmt.Sprintf("{ kind: 'map', key: %s, elem: %s }",
				quoted(t.Key().String()), quoted(t.Elem().String()))
		}
	case reflect.Ptr:
	default:
		fmt.Fprintf(os.Stderr, "%s: nothing is known of %s\n", name, t.Kind())
		os.Exit(1)
	}
	walk(t.Elem())
}

func structLine(t reflect.Type) string {
	fields := []string{}
	for i := 0; i < t.NumField(); i++ {
		field := t.Field(i)
		// What is not exported neither templates nor JSON can see, unless it is embedded.
		if field.Type.Kind() == reflect.Func || field.Type.Kind() == reflect.Chan {
			continue
		}
		if field.Type.String() == "io.ReadCloser" {
			continue
		}
		walk(field.Type)
		tag, _ := field.Tag.Lookup("json")
		parts := strings.Split(tag, ",")
		marks := []string{}
		for _, mark := range parts[1:] {
			if mark != "" {
				marks = append(marks, mark)
			}
		}
		if field.Anonymous {
			marks = append(marks, "embedded")
		}
		if field.PkgPath != "" {
			marks = append(marks, "hidden")
		}
		fields = append(fields, fmt.Sprintf("      [%s, %s, %s, %s],\n", quoted(field.Name),
			quoted(field.Type.String()), quoted(parts[0]), quoted(strings.Join(marks, " "))))
	}
	return fmt.Sprintf("{\n    kind: 'struct',\n    fields: [\n%s    ],\n  }", strings.Join(fields, ""))
}

func main() {
	for _, root := range roots {
		walk(reflect.TypeOf(root))
	}
	names := []string{}
	for name := range lines {
		names = append(names, name)
	}
	sort.Strings(names)
	fmt.Println("// Recorded by recordings/record-api-types.go from docker/cli v20.10.24.")
	fmt.Println("import type { GoShape } from '../go-shape.ts';")
	fmt.Println("\n/** What the engine's answers are read into, by the name of the Go type. */")
	fmt.Println("export const apiTypes: Readonly<Record<string, GoShape>> = {")
	for _, name := range names {
		fmt.Printf("  %s: %s,\n", quoted(name), lines[name])
	}
	fmt.Println("};")
}
