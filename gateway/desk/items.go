package desk

import (
	"cmp"
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"parley/dialog"
	"parley/gateway/desk/staff"
	"parley/gateway/live"
	"parley/gateway/store"
)

// Item is one conversation as a list shows it, personal data masked.
type Item struct {
	Conversation  string     `json:"conversation"`
	Handoff       *string    `json:"handoff"`
	Name          string     `json:"name" doc:"the first name and the initial of the last; empty where nobody is known"`
	Channel       string     `json:"channel"`
	Language      string     `json:"language"`
	Account       string     `json:"account" doc:"the last four digits"`
	Portfolio     string     `json:"portfolio"`
	Control       string     `json:"control"`
	Epoch         int64      `json:"epoch"`
	Holder        *string    `json:"holder"`
	HolderDisplay string     `json:"holder_display,omitempty"`
	OfferedTo     *string    `json:"offered_to"`
	OfferUntil    *time.Time `json:"offer_until"`
	TransferTo    *string    `json:"transfer_to"`
	Reasons       []string   `json:"reasons"`
	ReasonText    string     `json:"reason_text"`
	Words         string     `json:"words" doc:"the person's words that caused it"`
	Priority      int        `json:"priority" doc:"0 routine, 1 raised, 2 urgent, 3 distress"`
	Lane          string     `json:"lane"`
	Since         *time.Time `json:"since"`
	WaitingSince  *time.Time `json:"waiting_since" doc:"when the person wrote the first message nobody has answered"`
	Deadline      *time.Time `json:"deadline" doc:"by when a human should have answered first"`
	Unread        int        `json:"unread"`
	Last          *LastWord  `json:"last"`
	Mode          string     `json:"mode"`
	Approvals     int        `json:"approvals"`
	Viewers       []string   `json:"viewers"`
}

// LastWord is the newest message of a conversation, shortened.
type LastWord struct {
	From string    `json:"from"`
	Text string    `json:"text"`
	At   time.Time `json:"at"`
}

// ItemList is a page of a view.
type ItemList struct {
	Items           []Item         `json:"items"`
	Next            string         `json:"next,omitempty" doc:"the cursor of the next page; absent at the end"`
	Counts          map[string]int `json:"counts" doc:"how many each view holds, up to 1000"`
	OldestWaitSince *time.Time     `json:"oldest_wait_since"`
}

// ItemsQuery asks for a page.
type ItemsQuery struct {
	View, Sort, Text, Cursor string
	Limit                    int
}

// lastWords is how much of the newest message a list shows, in characters.
const lastWords = 120

// Items lists a view.
func (s *Service) Items(ctx context.Context, q ItemsQuery) (ItemList, error) {
	a, err := staff.Demand(ctx, staff.QueueRead)
	if err != nil {
		return ItemList{}, err
	}
	view, order := store.View(cmp.Or(q.View, string(store.ViewTeam))), store.Sort(q.Sort)
	if order == "" {
		if order = store.SortPriority; view == store.ViewBot || view == store.ViewAll {
			order = store.SortActivity
		}
	}
	page, err := s.Record.Items(ctx, store.ItemQuery{View: view, Who: a.Name, Scope: Scope(a), Text: q.Text, Sort: order, Cursor: q.Cursor, Limit: q.Limit})
	if err != nil {
		return ItemList{}, err
	}
	there := s.Live.There(s.now())
	out := ItemList{Items: []Item{}, Next: page.Next, Counts: map[string]int{}, OldestWaitSince: instant(page.Oldest)}
	for _, it := range page.Items {
		out.Items = append(out.Items, s.item(it, a, there))
	}
	for view, n := range page.Counts {
		out.Counts[string(view)] = n
	}
	return out, nil
}

func (s *Service) item(it store.Item, a staff.Actor, there []live.Seen) Item {
	c := it.Conversation
	out := Item{
		Conversation: c.ID, Channel: c.Channel, Language: c.Language, Control: string(c.Control), Epoch: c.Epoch, Mode: string(cmp.Or(c.Mode, dialog.ModeAuto)),
		Reasons: codes(it.Handoff), Unread: it.Unread, Approvals: it.Approvals, Viewers: viewers(there, c.ID), WaitingSince: instant(c.WaitingSince),
	}
	if acc := it.Account; acc != nil && (c.Account != "" || it.Others == 0) && a.Covers(acc.Portfolio) {
		out.Name, out.Account, out.Portfolio = briefName(acc.Person.Name), maskLast4(acc.Last4), acc.Portfolio
	}
	if h := it.Handoff; h.Open() {
		out.handoff(h, s)
	}
	if it.Last.Seq > 0 && a.May(staff.ConversationRead) {
		out.Last = &LastWord{From: it.Last.From, Text: shorten(cmp.Or(it.Last.Text, it.Last.Happened()), lastWords), At: it.Last.At.UTC()}
	}
	return out
}

func (i *Item) handoff(h *dialog.Handoff, s *Service) {
	i.Handoff, i.Priority, i.Lane = some(h.ID), h.Priority, h.Lane
	i.Holder, i.HolderDisplay = some(h.Holder), s.display(h.Holder)
	i.Since, i.Deadline = instant(h.Since), instant(h.Deadline)
	if !h.RepliedAt.IsZero() {
		i.Deadline = nil // answered in time, or too late; either way it is done
	}
	if n := len(h.Reasons); n > 0 {
		last := h.Reasons[n-1]
		i.ReasonText, i.Words = ReasonText(last.Code), last.Words
	}
	if r := h.Reserved; r != nil {
		i.OfferedTo, i.OfferUntil = some(r.To), instant(r.Until)
		if h.Holder != "" {
			i.TransferTo = some(r.To)
		}
	}
}

// viewers are those who look at a conversation.
func viewers(there []live.Seen, conversation string) []string {
	out := []string{}
	for _, p := range there {
		if slices.Contains(p.Viewing, conversation) {
			out = append(out, p.Name)
		}
	}
	return out
}

// shorten is the beginning of a text.
func shorten(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return string([]rune(text)[:n-1]) + "…"
}
