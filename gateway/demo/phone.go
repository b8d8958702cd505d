package demo

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"time"
)

// text sends a text message from the phone.
func (p *Page) text(w http.ResponseWriter, r *http.Request) {
	var in struct{ From, Text string }
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 32<<10)).Decode(&in); err != nil {
		fail(w, http.StatusBadRequest, "the message can't be read")
		return
	}
	if p.deps.Provider == nil {
		fail(w, http.StatusConflict, "a real provider is configured: text the gateway's number from a real phone")
		return
	}
	if err := p.deps.Text(r.Context(), in.From, in.Text); err != nil {
		fail(w, http.StatusBadGateway, err.Error())
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// text is one bubble on the phone's screen; the direction is the phone's.
type text struct {
	ID        string    `json:"id"`
	Direction string    `json:"direction"` // out: the person wrote it
	Text      string    `json:"text"`
	Status    string    `json:"status"`
	At        time.Time `json:"at"`
}

// texts is what the phone has sent and received, from the provider's log; what was
// said before the stand-in started comes from the record.
func (p *Page) texts(w http.ResponseWriter, r *http.Request) {
	phone := r.URL.Query().Get("phone")
	out := []text{}
	known := map[string]bool{}
	if p.deps.Provider != nil {
		for _, m := range p.deps.Provider.Log() {
			switch phone {
			case m.From:
				out = append(out, text{m.SID, "out", m.Body, m.Status, m.CreatedAt})
			case m.To:
				out = append(out, text{m.SID, "in", m.Body, m.Status, m.CreatedAt})
			}
			known[m.SID] = true
		}
	}
	earlier, err := p.recorded(r.Context(), phone, known)
	if err != nil {
		fail(w, http.StatusServiceUnavailable, "the record did not answer")
		return
	}
	out = append(out, earlier...)
	slices.SortStableFunc(out, func(a, b text) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	reply(w, r, map[string]any{"texts": out})
}

// recorded are the messages of the phone's conversation that the provider does not know.
func (p *Page) recorded(ctx context.Context, phone string, known map[string]bool) ([]text, error) {
	id, err := p.deps.Record.OpenConversation(ctx, "sms", phone)
	if err != nil || id == "" {
		return nil, err
	}
	said, err := p.deps.Record.Feed(ctx, id, 0, shownMessages)
	if err != nil {
		return nil, err
	}
	var out []text
	for _, m := range said {
		if known[m.ProviderID] {
			continue
		}
		direction := "out"
		if m.Direction == "out" {
			direction = "in"
		}
		out = append(out, text{m.ID, direction, m.Text, string(m.Status), m.At})
	}
	return out, nil
}
