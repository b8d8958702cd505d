package eval

import (
	"bytes"
	"math"
	"os"
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
	if !strings.Contains(b.String(), "| opt_out | 1.000 | 0.34–1.00 | 2/2 |") {
		t.Fatal(b.String())
	}
}

func TestTheIntervalIsWilsons(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		n, of     int
		low, high float64
	}{{0, 0, 0, 1}, {10, 10, 0.7225, 1}, {0, 45, 0, 0.0787}, {95, 100, 0.8882, 0.9785}} {
		low, high := Wilson(c.n, c.of)
		if math.Abs(low-c.low) > 1e-3 || math.Abs(high-c.high) > 1e-3 {
			t.Errorf("%d of %d: %.4f–%.4f", c.n, c.of, low, high)
		}
	}
}

func TestRowsWordedAsATrainingPhraseAreSetApart(t *testing.T) {
	t.Parallel()
	rows, err := Unlike([]Row{{Text: "Lawyered up!"}, {Text: "the zeppelin hums at four"}})
	if err != nil || len(rows) != 1 || rows[0].Text[:3] != "the" {
		t.Fatal(rows, err)
	}
}

// The second author's rows, seen and unseen: a change that loses them is heard of here.
func TestTheSecondAuthorsRowsAreHeard(t *testing.T) {
	t.Parallel()
	d := inbound.NewDetector()
	for _, set := range Sets() {
		f, err := os.Open("../testdata/" + set.File)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := Read(f, set.File)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		r := Evaluate(d, rows)
		// The held-out rows hold few ordinary messages, and one of them fires.
		least, plain := 0.97, 0.05
		if set.Seen {
			least, plain = 0.98, 0.02
		}
		heard, want := r.Total()
		if ratio(heard, want, 1) < least || ratio(r.FalseAlike, r.Alike, 0) > 0.05 || ratio(r.FalsePlain, r.Plain, 0) > plain {
			t.Errorf("%s: %s", set.File, r.Summary())
		}
	}
}
