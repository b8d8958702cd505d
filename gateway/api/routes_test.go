package api_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"parley/gateway/desk/staff"
)

// route is what a path must ask for, written by hand: a path without an entry here fails the test, and so does an entry without a path.
type route struct {
	// needs are all asked for; none: whoever is signed in.
	needs []staff.Permission
	// path has the ids of things that are there; of says that they belong to a portfolio.
	path string
	of   bool
	body string
}

func needs(p ...staff.Permission) []staff.Permission { return p }

const (
	anAccount = `{"portfolio":"p","person":{"id":"p-1","name":"A B","addresses":[{"channel":"sms","value":"+15125550199"}]},"creditor":{"current":"N"},"account_last4":"4421","balance":{"amount":"10.00","currency":"USD"}}`
	aText     = `{"text":"Good morning. How can I help?"}`
	aCanned   = `{"shortcut":"bye","title":"Bye","text":"Goodbye","scope":"all"}`
	terms     = `{"kind":"settlement","terms":{"kind":"settlement","total":{"amount":"700.00","currency":"USD"}}}`
)

var routes = map[string]route{
	"PUT /api/v1/accounts/{id}":            {needs(staff.AccountWrite), "accounts/acct-1", true, anAccount},
	"GET /api/v1/accounts/{id}":            {needs(staff.AccountRead), "accounts/acct-1", true, ""},
	"POST /api/v1/accounts/{id}/chat-link": {needs(staff.PaymentWrite), "accounts/acct-1/chat-link", true, ""},
	"POST /api/v1/payments": {needs(staff.PaymentWrite), "payments", true,
		`{"id":"pay-1","account":"acct-1","amount":{"amount":"10.00","currency":"USD"},"date":"2026-11-23"}`},
	"GET /api/v1/conversations":                {needs(staff.ConversationRead), "conversations", false, ""},
	"POST /api/v1/conversations":               {needs(staff.ConversationStart), "conversations", true, `{"account":"acct-1","channel":"sms","purpose":"payment_reminder"}`},
	"GET /api/v1/conversations/{id}":           {needs(staff.ConversationRead), "conversations/cv-1", true, ""},
	"GET /api/v1/conversations/{id}/trace":     {needs(staff.ConversationRead), "conversations/cv-1/trace", true, ""},
	"GET /api/v1/conversations/{id}/export":    {needs(staff.Export, staff.ConversationRead), "conversations/cv-1/export", true, ""},
	"POST /api/v1/conversations/{id}/messages": {needs(staff.ConversationReply), "conversations/cv-1/messages", true, aText},

	"GET /api/v1/handoffs":                       {needs(staff.QueueRead), "handoffs", false, ""},
	"POST /api/v1/handoffs/{id}/claim":           {needs(staff.HandoffClaim), "handoffs/h-1/claim", true, ""},
	"POST /api/v1/handoffs/{id}/accept":          {needs(staff.HandoffClaim), "handoffs/h-1/accept", true, ""},
	"POST /api/v1/handoffs/{id}/decline":         {needs(staff.HandoffClaim), "handoffs/h-1/decline", true, `{"why":"busy"}`},
	"POST /api/v1/handoffs/{id}/offer":           {needs(staff.HandoffReassign), "handoffs/h-1/offer", true, `{"to":"ada"}`},
	"POST /api/v1/handoffs/{id}/release":         {needs(staff.HandoffClaim), "handoffs/h-1/release", true, ""},
	"POST /api/v1/handoffs/{id}/transfer":        {needs(staff.HandoffTransfer), "handoffs/h-1/transfer", true, `{"to":"ada","comment":"see notes"}`},
	"POST /api/v1/handoffs/{id}/transfer/cancel": {needs(staff.HandoffTransfer), "handoffs/h-1/transfer/cancel", true, ""},
	"POST /api/v1/handoffs/{id}/wrap":            {needs(staff.HandoffResolve), "handoffs/h-1/wrap", true, ""},
	"POST /api/v1/handoffs/{id}/resolve":         {needs(staff.HandoffResolve), "handoffs/h-1/resolve", true, `{"disposition":"no_resolution"}`},

	"GET /api/v1/approvals":                {needs(staff.ApprovalRead), "approvals", false, ""},
	"POST /api/v1/approvals/{id}/decision": {needs(staff.ApprovalDecide), "approvals/ap-1/decision", true, `{"decision":"reject","comment":"no"}`},

	"GET /api/v1/me":        {nil, "me", false, ""},
	"PUT /api/v1/me/status": {needs(staff.HandoffClaim), "me/status", false, `{"status":"available"}`},
	"GET /api/v1/agents":    {needs(staff.QueueRead), "agents", false, ""},

	"GET /api/v1/desk/items":                                        {needs(staff.QueueRead), "desk/items?view=all&q=" + secretName, false, ""},
	"GET /api/v1/desk/conversations/{id}":                           {needs(staff.ConversationRead), "desk/conversations/cv-1", true, ""},
	"GET /api/v1/desk/conversations/{id}/panel":                     {needs(staff.ConversationRead), "desk/conversations/cv-1/panel", true, ""},
	"POST /api/v1/desk/conversations/{id}/check":                    {needs(staff.ConversationReply), "desk/conversations/cv-1/check", true, aText},
	"PUT /api/v1/desk/conversations/{id}/draft":                     {needs(staff.ConversationReply), "desk/conversations/cv-1/draft", true, aText},
	"DELETE /api/v1/desk/conversations/{id}/draft":                  {needs(staff.ConversationReply), "desk/conversations/cv-1/draft", true, ""},
	"GET /api/v1/desk/conversations/{id}/suggestions":               {needs(staff.ConversationReply), "desk/conversations/cv-1/suggestions", true, ""},
	"POST /api/v1/desk/conversations/{id}/suggestions/{sid}/reject": {needs(staff.ConversationReply), "desk/conversations/cv-1/suggestions/sg-1/reject", true, `{"why":"tone"}`},
	"GET /api/v1/desk/conversations/{id}/notes":                     {needs(staff.ConversationRead), "desk/conversations/cv-1/notes", true, ""},
	"POST /api/v1/desk/conversations/{id}/notes":                    {needs(staff.NoteWrite), "desk/conversations/cv-1/notes", true, aText},
	"POST /api/v1/desk/conversations/{id}/whisper":                  {needs(staff.Whisper), "desk/conversations/cv-1/whisper", true, aText},
	"POST /api/v1/desk/conversations/{id}/takeover":                 {needs(staff.TakeOver), "desk/conversations/cv-1/takeover", true, `{"why":"urgent"}`},
	"POST /api/v1/desk/conversations/{id}/mode":                     {needs(staff.TakeOver), "desk/conversations/cv-1/mode", true, `{"mode":"draft_only"}`},
	"GET /api/v1/desk/conversations/{id}/offers":                    {needs(staff.ConversationReply), "desk/conversations/cv-1/offers", true, ""},
	"POST /api/v1/desk/conversations/{id}/agreement":                {needs(staff.ConversationReply), "desk/conversations/cv-1/agreement", true, `{"offer":"agreed.1"}`},
	"POST /api/v1/desk/conversations/{id}/approvals":                {needs(staff.ConversationReply), "desk/conversations/cv-1/approvals", true, terms},
	"POST /api/v1/desk/accounts/{id}/reveal":                        {needs(staff.Reveal), "desk/accounts/acct-1/reveal", true, `{"field":"phone","why":"they ask to be called"}`},
	"GET /api/v1/desk/dispositions":                                 {needs(staff.QueueRead), "desk/dispositions", false, ""},
	"GET /api/v1/desk/canned":                                       {nil, "desk/canned", false, ""}, // who replies, or who writes them
	"POST /api/v1/desk/canned":                                      {needs(staff.CannedWrite), "desk/canned", false, aCanned},
	"PUT /api/v1/desk/canned/{id}":                                  {needs(staff.CannedWrite), "desk/canned/ct-1", false, aCanned},
	"DELETE /api/v1/desk/canned/{id}":                               {needs(staff.CannedWrite), "desk/canned/ct-1", false, ""},
	"GET /api/v1/desk/team":                                         {needs(staff.Monitor), "desk/team", false, ""},
	"GET /api/v1/desk/blocked":                                      {needs(staff.BlockedRead), "desk/blocked", false, ""},
	"GET /api/v1/reports/reliability":                               {needs(staff.ReportsRead), "reports/reliability", false, ""},
	"GET /api/v1/events":                                            {needs(staff.QueueRead), "events", false, ""},
}

var everyRole = append([]staff.Role{staff.Viewer, staff.Integrator, staff.Unlimited, "stranger"}, staff.PeopleRoles...)

// registered are the paths the API says it has, and the socket, which is not of HTTP.
func registered(t *testing.T, o *office) []string {
	t.Helper()
	w := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/openapi.json", nil)
	o.h.ServeHTTP(w, r)
	var doc struct {
		Paths map[string]map[string]json.RawMessage `json:"paths"`
	}
	if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	all := []string{"GET /api/v1/events"}
	for path, methods := range doc.Paths {
		for method := range methods {
			all = append(all, strings.ToUpper(method)+" "+path)
		}
	}
	return all
}

// sensitive is what a path that may not be seen must not say.
func sensitive(body string) string {
	for _, s := range []string{secretWords, secretName, secretPhone, "acct-1", "4421"} {
		if strings.Contains(body, s) {
			return s
		}
	}
	return ""
}

func TestEveryPathAsksWhoAndWhoseAndNothingLeaks(t *testing.T) {
	t.Parallel()
	o := settled(t)
	paths := registered(t, o)
	for _, p := range paths {
		if _, ok := routes[p]; !ok {
			t.Errorf("%s is registered and nobody has written down what it asks for", p)
		}
	}
	for p := range routes {
		if !slices.Contains(paths, p) {
			t.Errorf("%s is written down and not registered", p)
		}
	}
	if len(paths) < 45 {
		t.Errorf("only %d paths were found", len(paths))
	}
	t.Run("nobody", func(t *testing.T) {
		for name, r := range routes {
			method, _, _ := strings.Cut(name, " ")
			w := o.ask(nil, method, r.path, r.body)
			if leak := sensitive(w.Body.String()); w.Code != http.StatusUnauthorized || leak != "" {
				t.Errorf("%s: %d, says %q", name, w.Code, leak)
			}
		}
	})
	for _, role := range everyRole {
		who := as(role, "x-"+string(role), "other")
		t.Run("of another portfolio: "+string(role), func(t *testing.T) {
			o := settled(t)
			for name, r := range routes {
				method, _, _ := strings.Cut(name, " ")
				w := o.ask(&who, method, r.path, r.body)
				want := w.Code
				switch {
				case !allows(role, name, r):
					want = http.StatusForbidden
				case r.of:
					want = http.StatusNotFound
				}
				if strings.Contains(name, "canned/{id}") && w.Code == http.StatusNotFound {
					want = w.Code // dropped on the way
				}
				if name == "PUT /api/v1/accounts/{id}" && want == http.StatusNotFound {
					want = http.StatusUnprocessableEntity // the portfolio in the body is not theirs either
				}
				if leak := sensitive(w.Body.String()); w.Code != want || leak != "" {
					t.Errorf("%s: %d, want %d, says %q: %s", name, w.Code, want, leak, w.Body)
				}
			}
		})
	}
}

// allows is what the table says of a role.
func allows(role staff.Role, name string, r route) bool {
	if name == "GET /api/v1/desk/canned" {
		return role.May(staff.CannedWrite) || role.May(staff.ConversationReply)
	}
	return !slices.ContainsFunc(r.needs, func(p staff.Permission) bool { return !role.May(p) })
}

func TestEachRoleMayDoWhatTheTableSays(t *testing.T) {
	t.Parallel()
	for _, role := range everyRole {
		t.Run(string(role), func(t *testing.T) {
			t.Parallel()
			o := settled(t)
			who := as(role, "worker", "p")
			for name, r := range routes {
				method, _, _ := strings.Cut(name, " ")
				w := o.ask(&who, method, r.path, r.body)
				if !allows(role, name, r) {
					named := strings.Contains(name, "canned") || slices.ContainsFunc(r.needs, func(p staff.Permission) bool { return strings.Contains(w.Body.String(), string(p)) })
					if w.Code != http.StatusForbidden || !named && len(r.needs) > 0 || sensitive(w.Body.String()) != "" {
						t.Errorf("%s: %d %s, want 403 that names %v", name, w.Code, w.Body, r.needs)
					}
					continue
				}
				gone := strings.Contains(name, "canned") || strings.Contains(name, "suggestions/{sid}") // may have been dropped on the way
				if w.Code == http.StatusForbidden || w.Code == http.StatusUnauthorized || w.Code >= 500 || w.Code == http.StatusNotFound && !gone {
					t.Errorf("%s: %d %s", name, w.Code, w.Body)
				}
			}
		})
	}
}
