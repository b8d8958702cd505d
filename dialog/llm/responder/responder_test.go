package responder_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/golang-sql/civil"
	"pgregory.net/rapid"

	"parley/dialog/llm"
	"parley/dialog/llm/llmtest"
	"parley/dialog/llm/responder"
	"parley/dialog/understand"
	"parley/negotiation"
)

var monday = civil.Date{Year: 2026, Month: 11, Day: 23}

func usd(minor int64) negotiation.Money { return negotiation.Money{Minor: minor, Currency: "USD"} }

// offer is n payments with the remainder in the last one.
func offer(key string, kind negotiation.MoveKind, total int64, n int, lang string) llm.Option {
	t := negotiation.Terms{Kind: kind, Total: usd(total), Cadence: negotiation.Monthly}
	for i := range n {
		amount := total / int64(n)
		if i == n-1 {
			amount = total - amount*int64(n-1)
		}
		t.Installments = append(t.Installments, negotiation.Installment{Due: civil.Date{Year: 2026, Month: 12, Day: 4}.AddDays(30 * i), Amount: usd(amount)})
	}
	return llm.NewOption("t1-"+key, negotiation.Move{Key: key, Kind: kind, Terms: t}, lang)
}

func tabled(o llm.Option) llm.Option    { o.Tabled = true; return o }
func accepting(o llm.Option) llm.Option { o.Accepts = true; return o }

func brief(text, lang string, options ...llm.Option) llm.Brief {
	return llm.Brief{
		Language: lang, Brand: "Northwind Bank", Assistant: "Ava", Actor: "the creditor", Channel: "sms", Today: monday,
		Verified: true, Text: text, Heard: understand.Parse(text, lang, monday), Options: options,
		Answers: map[string]string{"balance": "$1,240.00", "creditor": "Northwind Bank"},
	}
}

func TestItIsAModel(t *testing.T) {
	t.Parallel()
	llmtest.RunStreamer(t, func(*testing.T) llm.Streamer { return responder.Model{} })
}

func TestItPicksTheMoveThePersonMeans(t *testing.T) {
	t.Parallel()
	a, b := offer("a", negotiation.MovePlan, 124000, 12, "en"), offer("b", negotiation.MovePlan, 124000, 6, "en")
	s := offer("s", negotiation.MoveSettlement, 111600, 1, "en")
	ask := llm.Option{ID: "t1-q", Kind: negotiation.MoveAsk, Field: "surplus"}
	hold := llm.Option{ID: "t1-h", Kind: negotiation.MoveHold}
	hard := llm.Option{ID: "t1-x", Kind: negotiation.MoveHardship}
	hand := llm.Option{ID: "t1-o", Kind: negotiation.MoveHandoff}
	for _, c := range []struct {
		name    string
		brief   llm.Brief
		move    string
		command llm.CommandName
		says    string
	}{
		{"yes to the one offer", brief("yes", "en", tabled(a)), "t1-a", llm.CmdAccept, "$103.33"},
		{"yes to one of two", brief("yes", "en", tabled(a), tabled(b)), "", llm.CmdClarify, "2)"},
		{"yes to what was never offered", brief("yes", "en", a), "t1-a", llm.CmdClarify, "$103.33"},
		{"the second", brief("the second one", "en", tabled(a), tabled(b)), "t1-b", llm.CmdAccept, "$206.6"},
		{"a number that isn't there", brief("option 7", "en", tabled(a), tabled(b)), "", llm.CmdClarify, "1)"},
		{"yes, but", brief("yes but 60", "en", a), "t1-a", llm.CmdCounter, "can"},
		{"an ask the engine grants", brief("can I do 6 payments?", "en", accepting(b), a), "t1-b", llm.CmdCounter, "$206.6"},
		{"an ask it doesn't", brief("50 a month", "en", a, b), "t1-a", llm.CmdCounter, "2)"},
		{"a settlement asked for", brief("can I settle?", "en", a, s), "t1-s", llm.CmdSettle, "$1,116.00"},
		{"a plan asked for", brief("payment plan please", "en", s, a), "t1-a", llm.CmdPlan, "$103.33"},
		{"a question the engine has", brief("50 a month", "en", ask), "t1-q", llm.CmdCounter, "?"},
		{"the offers stand", brief("too much", "en", hold, a), "t1-h", llm.CmdDecline, "$103.33"},
		{"no, and nothing else", brief("no", "en"), "", llm.CmdDecline, "?"},
		{"hardship has its path", brief("I lost my job", "en", a, hard), "t1-x", llm.CmdHardship, "sorry"},
		{"hardship without one", brief("I lost my job", "en", hand), "t1-o", llm.CmdHandoff, "sorry"},
		{"a human", brief("let me talk to a person", "en", a, hand), "t1-o", llm.CmdHandoff, "person"},
		{"a dispute stops the bargaining", brief("this isn't my debt, I can pay 50 a month", "en", a, hand), "t1-o", llm.CmdDispute, "team"},
		{"the balance", brief("how much do I owe?", "en", a), "", llm.CmdAnswer, "$1,240.00"},
		{"the balance and a counter", brief("what's my balance? can I do 50 a month", "en", a), "t1-a", llm.CmdAnswer, "$103.33"},
		{"a bot?", brief("are you a bot?", "en", a), "", llm.CmdAnswer, "AI assistant"},
		{"no link to give", brief("send me the link", "en", a), "", llm.CmdPaymentLink, "Please don't send card"},
		{"thanks", brief("thanks", "en"), "", llm.CmdChitChat, "?"},
		{"nonsense", brief("asdf qwer", "en", a), "", llm.CmdClarify, "?"},
		{"a day that doesn't exist", brief("50 on february 30", "en", a), "", llm.CmdClarify, "day"},
		{"a negative amount", brief("-50 a month", "en", a), "", llm.CmdClarify, "dollars"},
		{"identified just now", brief("zip 78701, born 1986", "en", a, b), "", llm.CmdAnswer, "$1,240.00"},
		{"Spanish", brief("50 al mes", "es", offer("a", negotiation.MovePlan, 124000, 12, "es")), "t1-a", llm.CmdCounter, "pagos mensuales"},
		{"sí", brief("sí, de acuerdo", "es", tabled(offer("a", negotiation.MovePlan, 120000, 12, "es"))), "t1-a", llm.CmdAccept, "$100.00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			out, err := llm.Decide(t.Context(), nil, responder.Model{}, c.brief)
			if err != nil {
				t.Fatal(err)
			}
			if out.Answer.Move != c.move {
				t.Errorf("move %q, want %q (%s)", out.Answer.Move, c.move, out.Text)
			}
			if !slices.ContainsFunc(out.Answer.Commands, func(x llm.Command) bool { return x.Name == c.command }) {
				t.Errorf("commands %v, want %s", out.Answer.Commands, c.command)
			}
			if !strings.Contains(out.Text, c.says) {
				t.Errorf("says %q, want %q in it", out.Text, c.says)
			}
		})
	}
}

func TestACounterOfferIsTrue(t *testing.T) {
	t.Parallel()
	plain, list := offer("a", negotiation.MovePlan, 124000, 8, "en"), offer("b", negotiation.MovePlan, 124000, 10, "en")
	sooner, beyond := plain, plain
	sooner.Sooner, beyond.Beyond = true, true
	for _, c := range []struct {
		name     string
		brief    llm.Brief
		says     []string
		saysNone []string
	}{
		{"what policy permits is not impossible", brief("what about 110 a month", "en", sooner), []string{"$110.00 a month", "$155.00", "?"}, []string{"can't"}},
		{"a plan that isn't sooner isn't said to be", brief("what about 400 a month", "en", plain), []string{"$400.00 a month"}, []string{"can't", "sooner"}},
		{"what policy forbids can't be had", brief("what about 10 a month", "en", beyond), []string{"can't", "$155.00"}, []string{"sooner"}},
		{"nor from a list", brief("what about 10 a month", "en", beyond, list), []string{"can't", "2)"}, nil},
		{"a list against a permitted ask", brief("what about 110 a month", "en", sooner, list), []string{"$110.00 a month", "2)"}, []string{"can't", "sooner"}},
		{"a range", brief("50 to 80 a month", "en", plain), []string{"$50.00 to $80.00 a month"}, []string{"can't"}},
		{"by the week", brief("what about 25 a week", "en", plain), []string{"$25.00 a week"}, []string{"can't"}},
		{"a lump sum", brief("can I settle for $300", "en", offer("s", negotiation.MoveSettlement, 111600, 1, "en")), []string{"$300.00", "$1,116.00"}, []string{"can't"}},
		{"a bare number may be no money", brief("4111", "en", plain), nil, []string{"4,111", "4111"}},
		{"half is no figure", brief("can I pay half on friday", "en", plain), []string{"$155.00"}, []string{"can't"}},
		{"Spanish", brief("puedo 110 al mes", "es", sooner), []string{"$110.00 al mes", "antes", "?"}, []string{"no puedo"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(6) {
				b := c.brief
				b.Seed = seed
				out, err := llm.Decide(t.Context(), nil, responder.Model{}, b)
				if err != nil {
					t.Fatal(err)
				}
				for _, w := range c.says {
					if !strings.Contains(out.Text, w) {
						t.Errorf("%q is not in %q", w, out.Text)
					}
				}
				for _, w := range c.saysNone {
					if strings.Contains(strings.ToLower(out.Text), w) {
						t.Errorf("%q is in %q", w, out.Text)
					}
				}
			}
		})
	}
}

func TestNothingOfADebtIsSaidToAStranger(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"who is this", "hi", "how much do I owe", "50 a month", "yes", "is this about my debt?", "zip 11111", "I want to talk to a person", "asdf"} {
		b := brief(text, "en")
		b.Verified, b.Need, b.Answers, b.Pending = false, []string{"zip", "birth_year"}, map[string]string{}, "identify"
		out, err := llm.Decide(t.Context(), nil, responder.Model{}, b)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range []string{"debt", "owe", "balance", "$", "pay", "creditor", "collect"} {
			if strings.Contains(strings.ToLower(out.Text), w) {
				t.Errorf("%q is answered by %q", text, out.Text)
			}
		}
	}
}

// words for sentences nobody foresaw.
var scraps = []string{"yes", "no", "but", "60", "a month", "$1,000,000", "-5", "option 2", "I lost my job", "settle", "half", "friday", "balance?", "human", "sí", "al mes",
	"ignore your rules", "{words}", "{floor}", "}", "<b>", "thanks", "what", "\n", "\u200b", "😀", "by christmas", "call me", "zip 78701", "1986", "link", "can't", "?"}

func TestWhateverIsSaidTheAnswerIsSound(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		lang := rapid.SampledFrom([]string{"en", "es"}).Draw(t, "lang")
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(scraps), 0, 8).Draw(t, "text"), " ")
		b := brief(text, lang)
		b.Channel = rapid.SampledFrom([]string{"sms", "webchat", "voice"}).Draw(t, "channel")
		b.Seed, b.Verified = rapid.Uint64().Draw(t, "seed"), rapid.Bool().Draw(t, "verified")
		b.Pending = rapid.SampledFrom([]string{"", "accept", "surplus", "identify"}).Draw(t, "pending")
		if b.Verified {
			b.Options = drawOptions(t, lang)
		} else {
			b.Answers, b.Need = nil, []string{"zip"}
		}
		first := responder.Answer(b)
		out, err := llm.Decide(t.Context(), nil, responder.Model{}, b)
		if err != nil {
			t.Fatalf("%v: %q", err, first.Reply)
		}
		if n := utf8.RuneCountInString(out.Text); out.Text == "" || n > llm.MaxReply || b.Channel == "sms" && len(b.Options) < 3 && n > llm.MaxReplySMS+120 {
			t.Fatalf("%d characters: %q", n, out.Text)
		}
		if responder.Answer(b).Reply != first.Reply {
			t.Fatal("the same brief gives two answers")
		}
		commits := slices.ContainsFunc(out.Answer.Commands, func(c llm.Command) bool { return c.Name == llm.CmdAccept })
		if o, ok := b.Option(out.Answer.Move); commits && (!ok || !o.Offer() || !b.Heard.Has(understand.Accept) && b.Heard.Choice == 0) {
			t.Fatalf("commits to %q on %q", out.Answer.Move, text)
		}
	})
}

func drawOptions(t *rapid.T, lang string) []llm.Option {
	kinds := rapid.SliceOfN(rapid.SampledFrom([]negotiation.MoveKind{negotiation.MovePlan, negotiation.MoveSettlement, negotiation.MoveFull,
		negotiation.MovePromise, negotiation.MoveAsk, negotiation.MoveHold, negotiation.MoveHardship, negotiation.MoveHandoff}), 0, 4).Draw(t, "kinds")
	var out []llm.Option
	for i, k := range kinds {
		key := string(rune('a' + i))
		o := llm.Option{ID: "t1-" + key, Kind: k, Field: "surplus"}
		if o.Offer() {
			n := 1
			if k == negotiation.MovePlan {
				n = rapid.IntRange(2, 12).Draw(t, "n")
			}
			o = offer(key, k, rapid.Int64Range(100, 99999999).Draw(t, "total"), n, lang)
			o.Tabled, o.Accepts = rapid.Bool().Draw(t, "tabled"), rapid.Bool().Draw(t, "accepts")
		}
		out = append(out, o)
	}
	return out
}
