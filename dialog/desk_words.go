package dialog

import (
	"fmt"
	"strings"
	"time"

	"github.com/golang-sql/civil"
)

// deskState is whether a human can answer now, as far as it is known.
type deskState struct {
	// From is when one can, where that is not now; zero: not known. Again: only if the person
	// writes again then, since they may not be contacted without.
	From  time.Time
	Again bool
	// Away: not now.
	Away bool
	// Closed: the desk is not open; else it is, and nobody is there.
	Closed bool
}

// deskNow looks at the desk, and at the hours in which the person may be contacted.
func (t *turn) deskNow() deskState {
	desk := t.e.Settings.Desk
	if !desk.Calendar.Open(t.now) {
		from, ok := t.answerable(t.now)
		if !ok {
			from = desk.Calendar.NextOpen(t.now)
		}
		return deskState{From: from, Again: !ok, Away: true, Closed: true}
	}
	if desk.AgentsOnline != nil && desk.AgentsOnline() == 0 {
		return deskState{Away: true}
	}
	return deskState{}
}

// deskWords are what is said of the desk, by language. A time is filled in as {when}.
type deskWords struct{ ClosedUntil, WriteAgain, Nobody, Sorry, OrContinue, CrisisAway string }

var deskSays = map[string]deskWords{
	"en": {
		ClosedUntil: "Our team is away right now. A person will answer here {when}.",
		WriteAgain:  "Our team is away right now. Please write here again {when}, and a person will answer.",
		Nobody:      "Nobody on our team is free right now. A person will answer here as soon as they can.",
		Sorry:       "I'm sorry you are still waiting. Your message is now ahead of others. A person will answer here as soon as they can.",
		OrContinue:  " If you'd rather go on with me, write CONTINUE.",
		CrisisAway: "I'm really sorry you're going through this. Please call or text 988 any time to reach the Suicide & Crisis Lifeline, " +
			"or 911 if you are in danger. Our team has been alerted.",
	},
	"es": {
		ClosedUntil: "Nuestro equipo no está disponible en este momento. Una persona le responderá aquí {when}.",
		WriteAgain:  "Nuestro equipo no está disponible en este momento. Escriba aquí de nuevo {when} y una persona le responderá.",
		Nobody:      "En este momento no hay nadie libre en nuestro equipo. Una persona le responderá aquí en cuanto pueda.",
		Sorry:       "Lamento que siga esperando. Su mensaje está ahora por delante de otros. Una persona le responderá aquí en cuanto pueda.",
		OrContinue:  " Si prefiere seguir conmigo, escriba CONTINUAR.",
		CrisisAway: "Siento mucho que esté pasando por esto. Llame al 988 y oprima 2, o mande un texto al 988, a cualquier hora; " +
			"si está en peligro, llame al 911. Nuestro equipo ha sido avisado.",
	},
}

func (t *turn) deskWords() deskWords {
	if w, ok := deskSays[t.conv.Language]; ok {
		return w
	}
	return deskSays["en"]
}

// sayWhen tells a person whom nobody can answer now when somebody will; false: somebody
// can, or the words did not pass.
func (t *turn) sayWhen(template, purpose string) bool {
	d := t.deskNow()
	if !d.Away || purpose != "handoff" && purpose != "crisis" {
		return false
	}
	w := t.deskWords()
	text, days := w.Nobody, []civil.Date(nil)
	switch {
	case purpose == "crisis":
		text = w.CrisisAway
	case template != "handoff":
		return false
	case d.Closed && !d.From.IsZero():
		text, days = t.closedWords(w, d)
	}
	if !t.send(outgoing{Text: text, Purpose: purpose, From: "bot", Days: days, AnyEpoch: true}) {
		return false
	}
	t.told(d.From)
	return true
}

// closedWords say when a human will answer, the desk being closed.
func (t *turn) closedWords(w deskWords, d deskState) (string, []civil.Date) {
	words := w.ClosedUntil
	if d.Again {
		words = w.WriteAgain
	}
	when, day := t.when(d.From)
	return strings.ReplaceAll(words, "{when}", when), []civil.Date{day}
}

// told remembers the time that was named.
func (t *turn) told(at time.Time) {
	h := t.conv.Handoff
	if at.IsZero() || !h.Open() {
		return
	}
	next := *h
	next.Told = at.UTC()
	t.conv.Handoff, t.fx.Handoff = &next, &next
}

// apologise tells a person who has waited too long the truth: that, and when.
func (t *turn) apologise() {
	if t.optedOut() {
		return
	}
	w, d := t.deskWords(), t.deskNow()
	text, days := w.Sorry, []civil.Date(nil)
	if d.Closed && !d.From.IsZero() {
		text, days = t.closedWords(w, d)
	}
	if t.mayCancel() {
		text += w.OrContinue
	}
	if t.send(outgoing{Text: text, Purpose: "handoff", From: "bot", Days: days, AnyEpoch: true}) {
		t.told(d.From)
	}
}

// when names a moment where the person is, or where the desk is when that is not known: "Monday,
// Nov 30, after 8:00 am". The day is given as well, for the guard.
func (t *turn) when(at time.Time) (string, civil.Date) {
	loc, known := t.personZone(at)
	local := at.In(loc)
	day := civil.DateOf(local)
	zone := ""
	if !known {
		zone = " " + local.Format("MST")
	}
	if t.conv.Language == "es" {
		return fmt.Sprintf("el %s %d de %s, después de las %s%s", esDays[local.Weekday()], local.Day(), esMonths[local.Month()-1], esTime(local), zone), day
	}
	return local.Format("Monday, Jan 2") + ", after " + local.Format("3:04 pm") + zone, day
}

var esDays = [...]string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"}

var esMonths = [...]string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"}

func esTime(local time.Time) string {
	half := "a. m."
	if local.Hour() >= 12 {
		half = "p. m."
	}
	return local.Format("3:04") + " " + half
}

// personZone is where the person's clock stands at a moment: known where all zones
// they might be in agree on it. Else the desk's.
func (t *turn) personZone(at time.Time) (*time.Location, bool) {
	var found *time.Location
	for _, name := range t.zones() {
		loc, err := time.LoadLocation(name)
		if err != nil {
			return t.e.Settings.Desk.Calendar.zone(), false
		}
		if found != nil && at.In(found).Format(time.DateTime) != at.In(loc).Format(time.DateTime) {
			return t.e.Settings.Desk.Calendar.zone(), false
		}
		found = loc
	}
	if found == nil {
		return t.e.Settings.Desk.Calendar.zone(), false
	}
	return found, true
}
