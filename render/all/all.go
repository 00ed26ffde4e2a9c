// Package all lists every output of a report.
package all

import (
	"threadheat/render"
	"threadheat/render/html"
	"threadheat/render/json"
	"threadheat/render/markdown"
	"threadheat/render/text"
)

// Renderers are all outputs, the one that is meant for a reader first.
var Renderers = []*render.Renderer{html.Renderer, markdown.Renderer, text.Renderer, json.Renderer}
