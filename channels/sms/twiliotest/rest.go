package twiliotest

import (
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// authenticated demands the account's credentials, in the path and in basic authentication.
func (s *Server) authenticated(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		good := subtle.ConstantTimeCompare([]byte(user), []byte(s.config.AccountSID)) &
			subtle.ConstantTimeCompare([]byte(password), []byte(s.config.AuthToken))
		if good != 1 {
			refuse(w, http.StatusUnauthorized, 20003, "Authenticate")
			return
		}
		if r.PathValue("account") != s.config.AccountSID {
			refuse(w, http.StatusNotFound, 20404, "The requested resource was not found")
			return
		}
		next(w, r)
	}
}

// create is POST Messages.json.
func (s *Server) create(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	err := r.ParseForm()
	fault := s.nextFault()
	if fault.strike(s, w, r) {
		return
	}
	if err != nil {
		refuse(w, http.StatusBadRequest, 21102, "the body is not a form")
		return
	}
	if code, text := s.fault(r.PostForm); code != 0 {
		refuse(w, http.StatusBadRequest, code, text)
		return
	}
	m := s.accept(r.PostForm)
	if fault.Accept {
		fault.Accept = false
		if fault.strike(s, w, r) {
			return
		}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	_ = json.NewEncoder(w).Encode(s.resource(m))
}

// accept logs a message and starts reporting on it.
func (s *Server) accept(form url.Values) Message {
	from := form.Get("From")
	if from == "" {
		from = s.firstNumber()
	}
	m := s.record(Message{
		From: from, To: form.Get("To"), Body: form.Get("Body"), Direction: Outbound, Status: "queued",
		MessagingServiceSID: form.Get("MessagingServiceSid"), StatusCallback: form.Get("StatusCallback"), Params: form,
	})
	if m.StatusCallback != "" && len(s.config.Statuses) > 0 {
		s.running.Go(func() { s.reportAll(m) })
	}
	return m
}

// fault is Twilio's error code for a message it would not take, and why; the
// texts quote numbers, as Twilio's do.
func (s *Server) fault(form url.Values) (code int, text string) {
	to, from, body := form.Get("To"), form.Get("From"), form.Get("Body")
	s.mu.Lock()
	stopped := s.optedOut[to]
	s.mu.Unlock()
	switch {
	case to == "":
		return 21604, "A 'To' phone number is required."
	case !numberForm.MatchString(to):
		return 21211, "The 'To' number " + to + " is not a valid phone number."
	case from == "" && form.Get("MessagingServiceSid") == "":
		return 21603, "A 'From' phone number is required."
	case from != "" && len(s.config.Numbers) > 0 && !slices.Contains(s.config.Numbers, from):
		return 21606, "The 'From' phone number " + from + " is not a valid, message-capable number for this account."
	case body == "" && len(form["MediaUrl"]) == 0:
		return 21602, "Message body is required."
	case utf8.RuneCountInString(body) > 1600:
		return 21617, "The concatenated message body exceeds the 1600 character limit."
	case stopped:
		return 21610, "Attempt to send to unsubscribed recipient " + to
	}
	return 0, ""
}

// list is GET Messages.json, newest first, by page.
func (s *Server) list(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	size, page := 50, 0
	if n, err := strconv.Atoi(query.Get("PageSize")); err == nil && n > 0 {
		size = min(n, 1000)
	}
	if n, err := strconv.Atoi(query.Get("Page")); err == nil && n >= 0 {
		page = n
	}
	rows := s.Log()
	slices.Reverse(rows)
	rows = slices.DeleteFunc(rows, func(m Message) bool {
		return !matches(query.Get("To"), m.To) || !matches(query.Get("From"), m.From) ||
			!onOrAfter(m.CreatedAt, query.Get("DateSent>")) || !onOrAfter(m.CreatedAt, query.Get("DateSent>="))
	})
	answer := map[string]any{"page": page, "page_size": size, "uri": r.URL.RequestURI()}
	first := min(page*size, len(rows))
	last := min(first+size, len(rows))
	if last < len(rows) {
		query.Set("Page", strconv.Itoa(page+1))
		answer["next_page_uri"] = r.URL.Path + "?" + query.Encode()
	}
	resources := []any{}
	for _, m := range rows[first:last] {
		resources = append(resources, s.resource(m))
	}
	answer["messages"] = resources
	writeJSON(w, http.StatusOK, answer)
}

func matches(want, got string) bool { return want == "" || want == got }

// onOrAfter reads a filter's date or time; one that can't be read filters nothing.
func onOrAfter(at time.Time, filter string) bool {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, filter); err == nil {
			return !at.Before(t)
		}
	}
	return true
}

// fetch is GET Messages/{sid}.json.
func (s *Server) fetch(w http.ResponseWriter, r *http.Request) {
	sid, ok := strings.CutSuffix(r.PathValue("file"), ".json")
	m, found := s.find(sid)
	if !ok || !found {
		refuse(w, http.StatusNotFound, 20404, "The requested resource was not found")
		return
	}
	writeJSON(w, http.StatusOK, s.resource(m))
}

// resource is a message in Twilio's JSON.
func (s *Server) resource(m Message) map[string]any {
	row := map[string]any{
		"sid": m.SID, "account_sid": s.config.AccountSID, "from": m.From, "to": m.To, "body": m.Body,
		"direction": m.Direction, "status": m.Status, "api_version": "2010-04-01",
		"date_created": m.CreatedAt.Format(time.RFC1123Z), "date_updated": m.CreatedAt.Format(time.RFC1123Z),
		"date_sent": nil, "error_code": nil, "messaging_service_sid": nil, "num_media": "0",
		"uri": "/2010-04-01/Accounts/" + s.config.AccountSID + "/Messages/" + m.SID + ".json",
	}
	if m.MessagingServiceSID != "" {
		row["messaging_service_sid"] = m.MessagingServiceSID
	}
	if code, err := strconv.Atoi(m.ErrorCode); err == nil {
		row["error_code"] = code
	}
	if m.Status != "queued" {
		row["date_sent"] = row["date_created"]
	}
	return row
}

// refuse answers with Twilio's error document.
func refuse(w http.ResponseWriter, status, code int, text string) {
	writeJSON(w, status, map[string]any{
		"code": code, "message": text, "status": status,
		"more_info": "https://www.twilio.com/docs/errors/" + strconv.Itoa(code),
	})
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}
