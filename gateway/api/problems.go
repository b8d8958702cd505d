package api

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// withoutValues takes the values out of a problem document: what a request held
// may be a birth date or digits of a social security number, and an error says
// where the fault is, never what was there.
func withoutValues(_ huma.Context, _ string, v any) (any, error) {
	var details []*huma.ErrorDetail
	switch p := v.(type) {
	case *huma.ErrorModel:
		details = p.Errors
	case *Refusal:
		details = p.Errors
	}
	for _, d := range details {
		d.Value = nil
	}
	return v, nil
}

// fallback is the pattern under which everything below /api/v1 comes that no operation takes.
const fallback = "/api/v1/"

// otherwise answers such a request with a problem document: 405 with the methods
// where the path exists, else 404.
func otherwise(mux *http.ServeMux) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var allowed []string
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
			probe := r.Clone(r.Context())
			probe.Method = method
			if _, pattern := mux.Handler(probe); pattern != "" && pattern != fallback && strings.HasPrefix(pattern, method+" ") {
				allowed = append(allowed, method)
			}
		}
		p := huma.ErrorModel{Status: http.StatusNotFound, Detail: "there is nothing at this path; /api/v1/openapi.json lists what there is"}
		if len(allowed) > 0 && !slices.Contains(allowed, r.Method) {
			w.Header().Set("Allow", strings.Join(allowed, ", "))
			p.Status, p.Detail = http.StatusMethodNotAllowed, "the method may be "+strings.Join(allowed, ", ")
		}
		p.Title = http.StatusText(p.Status)
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(p.Status)
		_ = json.NewEncoder(w).Encode(p) // the client may be gone
	}
}
