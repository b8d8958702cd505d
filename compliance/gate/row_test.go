package gate

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheSampleRowsAreAllRight(t *testing.T) {
	t.Parallel()
	file, err := os.Open("testdata/contact_gate.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows := 0
	for sc := bufio.NewScanner(file); sc.Scan(); rows++ {
		var want struct {
			ID     string
			Expect map[string]any
		}
		if err := json.Unmarshal(sc.Bytes(), &want); err != nil {
			t.Fatal(err)
		}
		got, err := CheckRow(json.RawMessage(sc.Bytes()))
		if err != nil {
			t.Errorf("%s: %v", want.ID, err)
			continue
		}
		data, _ := json.Marshal(got)
		var flat map[string]any
		if err := json.Unmarshal(data, &flat); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.Expect, flat); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", want.ID, diff)
		}
	}
	if rows == 0 {
		t.Fatal("no rows")
	}
}

func TestRowsOfOtherValues(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, rule, given, want string }{
		{"strict hours", "BC-TIME-01", `{"now":"2026-11-24T01:30:00Z","tz_candidates":["America/New_York"],"profile":"strict","channel":"sms"}`, `{"decision":"delay","until":"2026-11-24T14:00:00Z"}`},
		{"a window by start and end", "BC-TIME-02", `{"now":"2026-11-24T20:30:00Z","tz_candidates":["America/New_York"],"inconvenient_windows":[{"start":"15:00","end":"17:00"}],"channel":"sms","profile":"legal"}`, `{"decision":"delay","until":"2026-11-24T22:00:00Z"}`},
		{"never before noon", "BC-TIME-02", `{"now":"2026-11-24T15:30:00Z","tz_candidates":["America/New_York"],"inconvenient_windows":[{"before":"12:00"}],"channel":"sms","profile":"legal"}`, `{"decision":"delay","until":"2026-11-24T17:00:00Z"}`},
		{"five calls, two of them busy", "BC-FREQ-01", `{"call_log":[{"date":"2026-04-01","connected":true},{"date":"2026-04-02","connected":true},{"date":"2026-04-03","connected":true},{"date":"2026-04-04","connected":true},{"date":"2026-04-05","connected":true},{"date":"2026-04-06","connected":false},{"date":"2026-04-07","connected":false}],"date":"2026-04-07","tz":"America/New_York","person":"P1","debt":"D1","profile":"legal"}`, `{"decision":"allow"}`},
		{"calls to the spouse", "BC-FREQ-01", `{"call_log":[{"date":"2026-04-01","person":"P2"},{"date":"2026-04-02","person":"P2"},{"date":"2026-04-03","person":"P2"},{"date":"2026-04-04","person":"P2"},{"date":"2026-04-05","person":"P1"},{"date":"2026-04-06","person":"P1"},{"date":"2026-04-07","person":"P1"}],"date":"2026-04-07","tz":"America/New_York","person":"P1","debt":"D1","profile":"legal"}`, `{"decision":"allow"}`},
		{"a call about no debt counts for all", "BC-FREQ-01", `{"call_log":[{"date":"2026-04-01","debt":"D1"},{"date":"2026-04-02"},{"date":"2026-04-03","debts":["D1","D2"]},{"date":"2026-04-04","debt":"D1"},{"date":"2026-04-05","debt":"D1"},{"date":"2026-04-06","debt":"D1"},{"date":"2026-04-07","medium":"ringless_voicemail","debt":"D1"}],"date":"2026-04-07","tz":"America/New_York","debt":"D1","profile":"legal"}`, `{"decision":"delay","until":"2026-04-08"}`},
		{"what lies after the day does not count", "BC-FREQ-02", `{"call_log":[{"date":"2026-08-20","conversation":true}],"date":"2026-08-19","tz":"America/New_York","profile":"legal"}`, `{"decision":"allow"}`},
		{"six days after a conversation", "BC-FREQ-02", `{"call_log":[{"date":"2026-08-13","conversation":true,"initiated_by":"consumer"}],"date":"2026-08-19","tz":"America/New_York","profile":"legal"}`, `{"decision":"delay","until":"2026-08-20"}`},
		{"consent renewed", "BC-SMS-01", `{"today":"2026-11-23","basis":"direct_consent","consent":"2026-05-01","renewed":"2026-11-01"}`, `{"decision":"allow"}`},
		{"the creditor's consent", "BC-SMS-01", `{"today":"2026-11-23","basis":"creditor_obtained_consent","consent":"2026-11-01"}`, `{"decision":"block"}`},
		{"consent on day 61 without a check", "BC-SMS-01", `{"today":"2026-11-23","basis":"direct_consent","consent":"2026-09-23"}`, `{"decision":"delay"}`},
		{"a validation notice of a Monday", "BC-VAL-02", `{"sent":"2026-11-23"}`, `{"earliest_end":"2026-12-31"}`},
		{"a notice mailed on Thursday after a text on Monday", "BC-VAL-01", `{"initial":"2026-11-23","notice_sent":"2026-11-26"}`, `{"decision":"allow"}`},
		{"a notice mailed on the Tuesday after", "BC-VAL-01", `{"initial":"2026-11-23","notice_sent":"2026-12-01"}`, `{"decision":"block"}`},
		{"a notice by link without E-SIGN consent", "BC-VAL-01", `{"initial":"2026-11-23","notice_sent":"2026-11-26","electronic":true}`, `{"decision":"block"}`},
		{"no notice on day six", "BC-VAL-01", `{"initial":"2026-11-23","today":"2026-11-29"}`, `{"decision":"block"}`},
		{"the ceiling", "BC-TCPA-02", `{"received":"2026-11-23"}`, `{"legal_ceiling":"2026-12-08","policy":"immediate"}`},
		{"six seconds after STOP", "BC-TCPA-02", `{"received":"2026-11-23T12:00:00Z","now":"2026-11-23T12:00:06Z"}`, `{"decision":"block"}`},
		{"the notice that efforts end", "BC-CEASE-01", `{"cease_received":"2026-11-23T15:00:00Z","now":"2026-11-25T15:01:00Z","purpose":"6c2_terminating_efforts","times_sent":0}`, `{"decision":"allow"}`},
		{"sent before the notice came", "BC-CEASE-01", `{"cease_received":"2026-11-23T15:00:00Z","now":"2026-11-23T14:59:59Z","purpose":"payment_reminder"}`, `{"decision":"allow"}`},
		{"STOP leaves letters", "BC-MEDIUM-01", `{"address_opted_out":true,"debt":"D1","opted_out_on_debt":"D1","medium":"letter"}`, `{"decision":"allow"}`},
		{"no calls leaves texts", "BC-MEDIUM-01", `{"prohibited_media":["voice"],"medium":"sms"}`, `{"decision":"allow"}`},
		{"disputed in the period", "BC-DISPUTE-01", `{"disputed_on":"2026-12-10","validation_end":"2026-12-31","purpose":"payment_request"}`, `{"decision":"block"}`},
		{"a status notice", "BC-DISPUTE-01", `{"disputed_on":"2026-12-10","validation_end":"2026-12-31","purpose":"status_notice"}`, `{"decision":"allow"}`},
		{"the undisputed part", "BC-DISPUTE-01", `{"disputed_on":"2026-12-10","validation_end":"2026-12-31","purpose":"payment_request","disputed_amount":"200.00","balance":1240,"amount":"1040.00"}`, `{"decision":"allow"}`},
		{"a cent of the disputed part", "BC-DISPUTE-01", `{"disputed_on":"2026-12-10","validation_end":"2026-12-31","purpose":"payment_request","disputed_amount":"200.00","balance":1240,"amount":"1040.01"}`, `{"decision":"block"}`},
		{"no bounce", "BC-FURNISH-01", `{"mailed":"2026-05-01","undeliverable":null,"spoke":false,"furnish_on":"2026-05-20"}`, `{"decision":"allow"}`},
		{"day 36", "BC-EMAIL-01", `{"basis":"creditor_notice","notice":"2026-10-01","today":"2026-11-06","opt_out_window_days":35}`, `{"decision":"allow"}`},
		{"Twilio and a third party", "BC-CARRIER-01", `{"actor":"third_party","provider":"twilio","channel":"sms","campaign_status":"approved"}`, `{"decision":"block"}`},
		{"four calls in the District", "BC-STATE-DC", `{"state":"DC","contact_log":[{"date":"2026-11-18","medium":"voice"},{"date":"2026-11-19","medium":"voice"},{"date":"2026-11-20","medium":"voice"},{"date":"2026-11-21","medium":"voice"}],"date":"2026-11-23"}`, `{"decision":"delay"}`},
		{"New York City before its date", "BC-STATE-NYC", `{"state":"NYC","contact_log":[{"date":"2026-08-18","medium":"sms"},{"date":"2026-08-19","medium":"voice"},{"date":"2026-08-20","medium":"email"}],"date":"2026-08-21"}`, `{"decision":"allow"}`},
		{"their own messages do not count", "BC-STATE-MA", `{"state":"MA","contact_log":[{"date":"2026-11-20","medium":"sms","initiated_by":"consumer"},{"date":"2026-11-21","medium":"sms","initiated_by":"collector"}],"date":"2026-11-23"}`, `{"decision":"allow"}`},
		{"another debt has its own count", "BC-STATE-MA", `{"state":"MA","debt":"D1","contact_log":[{"date":"2026-11-20","medium":"sms","debt":"D2"},{"date":"2026-11-21","medium":"sms","debt":"D1"}],"date":"2026-11-23"}`, `{"decision":"allow"}`},
		{"a name that tells of collection", "BC-AIVOICE-01", `{"medium":"ai_voice","legal_name":"Harbor Debt Recovery LLC","consent":"2026-11-01","today":"2026-11-23"}`, `{"decision":"block"}`},
		{"a registered trade name that does not", "BC-AIVOICE-01", `{"medium":"ai_voice","legal_name":"Harbor Debt Recovery LLC","dba":"HR Services","consent":"2026-11-01","today":"2026-11-23"}`, `{"decision":"allow"}`},
		{"the husband without consent", "BC-3P-01", `{"recipient":"spouse"}`, `{"decision":"block"}`},
		{"a minor's mother, verified", "BC-3P-01", `{"recipient":"parent_of_minor","relationship_verified":true}`, `{"decision":"allow"}`},
		{"they text although they barred texts", "BC-MEDIUM-01", `{"prohibited_media":["sms"],"medium":"sms","replies_since_inbound":0}`, `{"decision":"allow"}`},
		{"and a second reply", "BC-MEDIUM-01", `{"prohibited_media":["sms"],"medium":"sms","replies_since_inbound":1}`, `{"decision":"block"}`},
		{"the work number of an employer who forbids it", "BC-WORK-01", `{"employer_prohibits":true,"number_type":"work","channel":"voice"}`, `{"decision":"block"}`},
		{"not at home: mail", "BC-PLACE-01", `{"inconvenient_places":["home"],"medium":"mail"}`, `{"decision":"block"}`},
		{"not at home: the mobile", "BC-PLACE-01", `{"inconvenient_places":["home"],"medium":"mobile"}`, `{"decision":"allow"}`},
		{"at night, with no message of theirs", "BC-TIME-01", `{"now":"2026-11-24T03:00:00Z","tz_candidates":["America/New_York"],"profile":"legal","channel":"sms","reply_to_inbound_at":null,"replies_since_inbound":0}`, `{"decision":"delay","until":"2026-11-24T13:00:01Z"}`},
		{"a window that was lifted", "BC-TIME-02", `{"now":"2026-11-24T20:30:00Z","tz_candidates":["America/New_York"],"inconvenient_windows":[{"from":"15:00","to":"17:00","lifted":true}],"channel":"sms","profile":"legal"}`, `{"decision":"allow"}`},
		{"a represented person's question", "BC-ATTY-01", `{"represented":true,"purpose":"reply","replies_since_inbound":0}`, `{"decision":"allow"}`},
		{"a campaign to a represented person", "BC-ATTY-01", `{"represented":true,"purpose":"campaign"}`, `{"decision":"block"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := CheckRow(json.RawMessage(`{"id":"x","rule":"` + tt.rule + `","given":` + tt.given + `}`))
			if err != nil {
				t.Fatal(err)
			}
			data, _ := json.Marshal(got)
			if string(data) != tt.want {
				t.Errorf("%s, want %s", data, tt.want)
			}
		})
	}
}

func TestUnusableRowsAreErrorsThatNameTheField(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, row, want string }{
		{"an unknown field given", `{"id":"x","rule":"BC-TIME-01","given":{"nwo":"2026-11-24T01:30:00Z"}}`, "nwo"},
		{"an unknown field of the row", `{"id":"x","rool":"BC-TIME-01","given":{}}`, "rool"},
		{"an unknown field of a log", `{"rule":"BC-FREQ-01","given":{"date":"2026-04-07","call_log":[{"datum":"2026-04-01"}]}}`, "datum"},
		{"no rule", `{"given":{}}`, "rule"},
		{"an unknown rule", `{"rule":"BC-NONE-01","given":{}}`, "BC-NONE-01"},
		{"nothing given", `{"rule":"BC-TIME-01"}`, "given"},
		{"no instant", `{"rule":"BC-TIME-01","given":{"tz_candidates":["America/New_York"]}}`, "now"},
		{"no day sent", `{"rule":"BC-VAL-02","given":{}}`, "sent"},
		{"a zone that is none", `{"rule":"BC-TIME-01","given":{"now":"2026-11-24T01:30:00Z","tz_candidates":["America/Nowhere"]}}`, "Nowhere"},
		{"a date that is none", `{"rule":"BC-VAL-02","given":{"sent":"2026-02-30"}}`, "2026-02-30"},
		{"a profile that is none", `{"rule":"BC-TIME-01","given":{"now":"2026-11-24T01:30:00Z","profile":"lax"}}`, "profile"},
		{"a day that is none", `{"rule":"BC-TIME-02","given":{"now":"2026-11-24T01:30:00Z","inconvenient_windows":[{"days":["xday"]}]}}`, "xday"},
		{"no JSON", `{`, "EOF"},
		{"two values", `{"rule":"BC-VAL-02","given":{"sent":"2026-11-23"}} {}`, "more than one"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := CheckRow(json.RawMessage(tt.row))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want one with %q", err, tt.want)
			}
		})
	}
}

func FuzzCheckRow(f *testing.F) {
	data, err := os.ReadFile("testdata/contact_gate.jsonl")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, row []byte) {
		got, err := CheckRow(row)
		if (got == nil) == (err == nil) {
			t.Fatalf("%v with error %v", got, err)
		}
		if a, ok := got.(Answer); ok && a.Decision == Deny {
			t.Fatal("an answer without a decision")
		}
	})
}
