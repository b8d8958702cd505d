package gate

import (
	"testing"
	"time"

	"parley/compliance"
)

func date(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

// The eleven holidays of 5 USC 6103(a), by the statute's own words.
func TestFederalHolidays(t *testing.T) {
	t.Parallel()
	for year, days := range map[int][]string{
		2026: {"01-01", "01-19", "02-16", "05-25", "06-19", "07-04", "09-07", "10-12", "11-11", "11-26", "12-25"},
		2027: {"01-01", "01-18", "02-15", "05-31", "06-19", "07-04", "09-06", "10-11", "11-11", "11-25", "12-25"},
		2028: {"01-01", "01-17", "02-21", "05-29", "06-19", "07-04", "09-04", "10-09", "11-11", "11-23", "12-25"},
	} {
		want := map[string]bool{}
		for _, d := range days {
			want[d] = true
		}
		for d := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() == year; d = d.AddDate(0, 0, 1) {
			if IsHoliday(d) != want[d.Format("01-02")] {
				t.Errorf("%s: holiday %v", d.Format(time.DateOnly), IsHoliday(d))
			}
		}
	}
}

func TestDueDates(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name       string
		f          func(time.Time) time.Time
		from, want string
	}{
		{"the validation period of a notice of a Friday", ValidationEnd, "2026-11-20", "2026-12-30"},
		{"of a Monday", ValidationEnd, "2026-11-23", "2026-12-31"},
		{"over Christmas", ValidationEnd, "2026-12-18", "2027-01-27"},
		{"over New Year", ValidationEnd, "2026-12-28", "2027-02-04"},
		{"of a Saturday", ValidationEnd, "2026-11-21", "2026-12-30"},
		{"the opt-out's ceiling over Thanksgiving", OptOutCeiling, "2026-11-23", "2026-12-08"},
		{"over both holidays", OptOutCeiling, "2026-12-18", "2027-01-05"},
		{"the notice is due in calendar days", NoticeDue, "2026-11-23", "2026-11-28"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := tt.f(date(tt.from)).Format(time.DateOnly); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

func TestCarrierPolicy(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name                      string
		actor                     compliance.Actor
		provider, channel, status string
		answer                    bool
		refused                   int
	}{
		{"a third party over Twilio", compliance.ThirdParty, "twilio", "sms", "approved", false, 1},
		{"the creditor over Twilio", compliance.CreditorOwed, "twilio", "sms", "approved", false, 0},
		{"the creditor with a pending campaign", compliance.CreditorOwed, "twilio", "sms", "pending", false, 1},
		{"a third party on web chat", compliance.ThirdParty, "", "webchat", "", false, 0},
		{"a third party on voice", compliance.ThirdParty, "twilio", "voice", "", false, 0},
		{"a third party over another provider", compliance.ThirdParty, "other", "sms", "approved", false, 0},
		{"a debt buyer without an answer", compliance.DebtBuyerOwner, "twilio", "sms", "approved", false, 1},
		{"a debt buyer with one", compliance.DebtBuyerOwner, "twilio", "sms", "approved", true, 0},
		{"no actor", "", "twilio", "sms", "approved", false, 1},
		{"no provider", compliance.CreditorOwed, "", "sms", "approved", false, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := CheckCarrier(tt.actor, tt.provider, tt.channel, tt.status, tt.answer)
			if len(got) != tt.refused {
				t.Fatalf("%+v, want %d findings", got, tt.refused)
			}
			for _, f := range got {
				if f.Rule != "BC-CARRIER-01" || f.Cite == "" || f.Detail == "" || f.Outcome != compliance.Block {
					t.Errorf("%+v", f)
				}
			}
		})
	}
}

func TestLicensesOfAConfiguration(t *testing.T) {
	t.Parallel()
	if got := CheckLicenses(compliance.ThirdParty, nil); len(got) != 1 {
		t.Errorf("a third party without licences: %+v", got)
	}
	if got := CheckLicenses(compliance.ThirdParty, map[string]string{"CA": "1"}); len(got) != 0 {
		t.Errorf("with one: %+v", got)
	}
	if got := CheckLicenses(compliance.CreditorOwed, nil); len(got) != 0 {
		t.Errorf("a creditor: %+v", got)
	}
}

func TestFurnishing(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		f    Furnishing
		want compliance.Outcome
	}{
		{"the letter came back on day nine", Furnishing{Sent: date("2026-05-01"), Undeliverable: date("2026-05-10"), On: date("2026-05-20")}, compliance.Block},
		{"they spoke", Furnishing{Spoke: true, On: date("2026-05-02")}, compliance.Allow},
		{"fourteen days without word", Furnishing{Sent: date("2026-05-01"), On: date("2026-05-15")}, compliance.Allow},
		{"thirteen", Furnishing{Sent: date("2026-05-01"), On: date("2026-05-14")}, compliance.Delay},
		{"it came back after that", Furnishing{Sent: date("2026-05-01"), Undeliverable: date("2026-05-16"), On: date("2026-05-20")}, compliance.Allow},
		{"nothing was done", Furnishing{On: date("2026-05-20")}, compliance.Block},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := CheckFurnish(tt.f); got.Outcome != tt.want || got.Cite == "" {
				t.Errorf("%+v, want %s", got, tt.want)
			}
		})
	}
}
