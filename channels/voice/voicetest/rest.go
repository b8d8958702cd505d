package voicetest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// Fault is how the API meets one request to place a call. The zero Fault takes it.
type Fault struct {
	// Status and Code are the answer: HTTP's and Twilio's.
	Status, Code int
	RetryAfter   string
	// Hang never answers, Drop breaks the connection, Garbage answers nonsense.
	Hang, Drop, Garbage bool
	// Accept places the call before it strikes.
	Accept bool
	// Reached is called when the request has come.
	Reached func()
}

// Tape is one order to record a call, or to stop.
type Tape struct {
	Call string
	On   bool
}

// Fail has the API meet the next requests for a call so, one each.
func (t *Twilio) Fail(faults ...Fault) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.faults = append(t.faults, faults...)
}

// Tapes are the orders to record.
func (t *Twilio) Tapes() []Tape {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.tapes)
}

// ServeHTTP is the REST API: it places, lists and records calls.
func (t *Twilio) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	user, password, _ := r.BasicAuth()
	if user != t.cfg.AccountSID || password != t.cfg.AuthToken {
		refuse(w, http.StatusUnauthorized, 20003)
		return
	}
	t.mux.ServeHTTP(w, r)
}

func (t *Twilio) routes() {
	calls := "/2010-04-01/Accounts/" + t.cfg.AccountSID + "/Calls"
	t.mux.HandleFunc("POST "+calls+".json", t.create)
	t.mux.HandleFunc("GET "+calls+".json", t.list)
	tape := func(on bool) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			t.mu.Lock()
			t.tapes = append(t.tapes, Tape{r.PathValue("call"), on})
			t.mu.Unlock()
			reply(w, http.StatusCreated, map[string]any{"sid": "RE1", "call_sid": r.PathValue("call")})
		}
	}
	t.mux.HandleFunc("POST "+calls+"/{call}/Recordings.json", tape(true))
	t.mux.HandleFunc("POST "+calls+"/{call}/Recordings/{recording}", tape(false))
}

// create is POST Calls.json.
func (t *Twilio) create(w http.ResponseWriter, r *http.Request) {
	if r.ParseForm() != nil {
		refuse(w, http.StatusBadRequest, 21102)
		return
	}
	t.mu.Lock()
	var f Fault
	if len(t.faults) > 0 {
		f, t.faults = t.faults[0], t.faults[1:]
	}
	t.mu.Unlock()
	if f.Reached != nil {
		f.Reached()
	}
	if !f.Accept && f.strike(t, w, r) {
		return
	}
	form := r.PostForm
	switch {
	case form.Get("To") == "":
		refuse(w, http.StatusBadRequest, 21201)
		return
	case form.Get("From") != t.cfg.Number:
		refuse(w, http.StatusBadRequest, 21212)
		return
	}
	p := t.peer(form.Get("From"), form.Get("To"), "outbound-api")
	p.Params = form
	if f.Accept && f.strike(t, w, r) {
		return
	}
	reply(w, http.StatusCreated, p.resource())
}

// strike does what the fault says and reports whether that was an answer.
func (f Fault) strike(t *Twilio, w http.ResponseWriter, r *http.Request) bool {
	switch {
	case f.Hang:
		select {
		case <-r.Context().Done():
		case <-t.ctx.Done():
		}
	case f.Drop:
		if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
			conn.Close()
		}
	case f.Garbage:
		w.WriteHeader(http.StatusCreated)
		_, _ = w.Write([]byte("<html>"))
	case f.Status != 0:
		if f.RetryAfter != "" {
			w.Header().Set("Retry-After", f.RetryAfter)
		}
		refuse(w, f.Status, f.Code)
	default:
		return false
	}
	return true
}

// list is GET Calls.json, newest first.
func (t *Twilio) list(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	rows := []map[string]any{}
	for _, p := range slices.Backward(t.Calls()) {
		if to := query.Get("To"); to != "" && to != p.To {
			continue
		}
		if from := query.Get("From"); from != "" && from != p.From {
			continue
		}
		rows = append(rows, p.resource())
	}
	reply(w, http.StatusOK, map[string]any{"calls": rows, "next_page_uri": nil, "page": 0, "page_size": len(rows)})
}

// resource is the call as the API shows it.
func (p *Peer) resource() map[string]any {
	return map[string]any{
		"sid": p.SID, "account_sid": p.t.cfg.AccountSID, "from": p.From, "to": p.To, "direction": p.Direction, "status": "queued",
		"date_created": p.began.UTC().Format(time.RFC1123Z),
	}
}

// form is what Twilio says of the call in every request.
func (p *Peer) form(more ...string) url.Values {
	p.mu.Lock()
	defer p.mu.Unlock()
	v := url.Values{
		"AccountSid": {p.t.cfg.AccountSID}, "ApiVersion": {"2010-04-01"}, "CallSid": {p.SID},
		"From": {p.From}, "To": {p.To}, "Direction": {p.Direction}, "CallStatus": {p.status},
	}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return v
}

func refuse(w http.ResponseWriter, status, code int) {
	// Twilio's texts quote numbers.
	reply(w, status, map[string]any{"code": code, "message": "+15125550123 was refused", "status": status})
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
