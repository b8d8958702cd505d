package eval

import (
	"bytes"
	"strings"
	"testing"

	"parley/compliance/inbound"
)

func TestTheHeldOutPhrasesAreHeard(t *testing.T) {
	t.Parallel()
	rows, err := HeldOut()
	if err != nil {
		t.Fatal(err)
	}
	r := Evaluate(inbound.NewDetector(), rows)
	want, heard := 0, 0
	for _, s := range r.Scores {
		want, heard = want+s.Want, heard+s.Heard
	}
	if ratio(heard, want, 0) < 0.96 {
		t.Errorf("recall %d/%d; missed %q", heard, want, r.Missed)
	}
	if ratio(r.FalseAlike, r.Alike, 1) > 0.05 || ratio(r.FalsePlain, r.Plain, 1) > 0.02 {
		t.Errorf("look-alikes %d/%d, ordinary %d/%d; wrong %q", r.FalseAlike, r.Alike, r.FalsePlain, r.Plain, r.Wrong)
	}
}

func TestARowsNoteIsHonoured(t *testing.T) {
	t.Parallel()
	d := inbound.NewDetector()
	r := Evaluate(d, []Row{
		{Text: "STOP", Labels: []inbound.Label{inbound.OptOut}},
		{Text: "I'm dead broke until Friday", Note: "family=deceased; hard negative for deceased: idiom; accept either hardship or none"},
		{Text: "leave me alone", Labels: []inbound.Label{inbound.CeaseContact}},
		{Text: "hello"},
	})
	if len(r.Missed)+len(r.Wrong) != 0 || r.Alike != 1 || r.Plain != 1 {
		t.Fatalf("%+v", r)
	}
	var b bytes.Buffer
	r.Markdown(&b, "title")
	if !strings.Contains(b.String(), "| opt_out | 1.000 | 2/2 |") {
		t.Fatal(b.String())
	}
}
