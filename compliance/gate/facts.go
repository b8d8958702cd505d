package gate

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"parley/compliance"
)

// facts is a Contact with the questions that several rules ask of it.
type facts struct {
	Contact
	places []*time.Location
	hours  []*compliance.Hours
}

// The kinds of medium the rules tell apart.
const (
	mediumCall    = "call"
	mediumText    = "sms"
	mediumEmail   = "email"
	mediumLetter  = "letter"
	mediumChat    = "webchat"
	mediumSocial  = "social"
	mediumUnknown = ""
)

// medium is the kind of medium, whatever its name: every way to make a telephone
// ring or to leave a voice message is a call (cmt 14(b)(2)-1).
func (f *facts) medium() string { return mediumOf(f.Medium, f.Channel) }

func mediumOf(medium, channel string) string {
	if medium == "" {
		medium = channel
	}
	switch medium {
	case "call", "voice", "ai_voice", "prerecorded", "ringless", "ringless_voicemail", "voicemail", "phone", "landline", "mobile", "mobile_call":
		return mediumCall
	case "sms", "text", "mms":
		return mediumText
	case "email", "e-mail":
		return mediumEmail
	case "letter", "mail":
		return mediumLetter
	case "webchat", "chat":
		return mediumChat
	case "social":
		return mediumSocial
	}
	return mediumUnknown
}

// artificial reports an artificial or prerecorded voice.
func (f *facts) artificial() bool {
	return f.Medium == "ai_voice" || f.Medium == "prerecorded" || f.Medium == "ringless" || f.Medium == "ringless_voicemail"
}

// electronic reports a written electronic message to an address.
func (f *facts) electronic() bool {
	m := f.medium()
	return m == mediumText || m == mediumEmail || m == mediumSocial
}

// live reports that the person is there now of their own will: navigating the web
// chat, or on a connected call. A text has no such state.
func (f *facts) live() bool {
	m := f.medium()
	return f.Live && (m == mediumChat || m == mediumCall)
}

// answers are the purposes that answer what the person has just said.
var answers = []string{"reply", "opt_out_confirmation", "help", "wrong_party", "handoff", "crisis"}

// demanded are the purposes the law demands or names.
var demanded = append([]string{"verification", "validation_notice", "written_copy"}, ceaseNotices...)

// services are the purposes that collect nothing: they answer, inform as the law
// demands, or end.
var services = slices.Concat(demanded, answers, []string{"location", "status_notice"})

// collects reports a contact that asks for payment or talks about paying.
func (f *facts) collects() bool { return !slices.Contains(services, f.Purpose) }

// proactive reports a contact the person did not ask for. A reply within 24 hours
// of their message is none, with one follow-up, and neither is a turn of a live
// session or of a talk with a person.
func (f *facts) proactive() bool {
	if f.live() || f.Human && f.heardWithin(time.Hour) {
		return false
	}
	if f.Purpose == "written_copy" && f.heardWithin(24*time.Hour) {
		return false // of what they have just agreed to
	}
	return !slices.Contains(answers, f.Purpose) || !f.heardWithin(24*time.Hour) || f.RepliesSince > 1
}

// heardWithin reports that they wrote on this address and medium at most d ago.
func (f *facts) heardWithin(d time.Duration) bool {
	return !f.LastInbound.IsZero() && !f.Now.Before(f.LastInbound) && f.Now.Sub(f.LastInbound) <= d
}

// credit reports that this is the one reply a message of theirs earns. A
// confirmation of an opt-out that comes late is none.
func (f *facts) credit() bool {
	if f.Purpose == "opt_out_confirmation" {
		return f.confirms()
	}
	return slices.Contains(answers, f.Purpose) && f.heardWithin(24*time.Hour) && f.RepliesSince == 0
}

// confirms reports the one confirmation of an opt-out, within five minutes of it
// (64.1200(a)(12), 1006.14(h)(2)(i)).
func (f *facts) confirms() bool {
	return f.Purpose == "opt_out_confirmation" && f.RepliesSince == 0 && f.heardWithin(5*time.Minute)
}

// crisis reports the message to someone in danger, which outranks every rule of
// time and medium.
func (f *facts) crisis() bool {
	return f.Purpose == "crisis" && (f.SelfHarm || f.live() || f.heardWithin(24*time.Hour))
}

// passesOn reports words on a connected call that convey nothing of a debt and pass it on or end
// it: whoever is on the line is not left in silence.
func (f *facts) passesOn() bool {
	return f.Purpose == "handoff" && f.medium() == mediumCall && f.live()
}

// zones are the locations of all candidate zones; an unknown name is an error of
// the rule that asks, and so denies.
func (f *facts) zones() []*time.Location {
	if f.places == nil {
		for _, name := range f.Zones {
			f.places = append(f.places, location(name))
		}
	}
	return f.places
}

// location is a zone by its IANA name. It panics when there is none such: the rule
// that asked must deny.
func location(name string) *time.Location {
	loc, err := load(name)
	if err != nil {
		panic(err)
	}
	return loc
}

// load finds a zone by its IANA name, and keeps it.
func load(name string) (*time.Location, error) {
	if loc, ok := loaded.Load(name); ok {
		return loc.(*time.Location), nil
	}
	if name == "" || name == "Local" {
		return nil, errors.New("gate: a zone without a name")
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("gate: %w", err)
	}
	loaded.Store(name, loc)
	return loc, nil
}
