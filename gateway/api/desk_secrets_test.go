package api_test

import (
	"net/http"
	"strings"
	"testing"

	"parley/gateway/desk/staff"
	"parley/gateway/store"
)

func TestACardNumberThatIsBlockedIsNotKeptEither(t *testing.T) {
	t.Parallel()
	o := settled(t)
	dana := o.member(staff.Agent, "dana", "p")
	o.must(dana, http.StatusOK, http.MethodPost, "handoffs/h-1/claim", "")
	for _, number := range []string{"4012888888881881", "4012 8888 8888 1881"} {
		o.must(dana, http.StatusUnprocessableEntity, http.MethodPost, "conversations/cv-1/messages", `{"text":"I have your card `+number+` here."}`)
		list, err := o.record.Blocked(t.Context(), store.Scope{}, 0, 1)
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		if got := list[0]; strings.Contains(got.Text+string(got.Findings), number) || strings.Contains(string(got.Findings), "8888") || !strings.Contains(string(got.Findings), "OD-CARD-01") {
			t.Errorf("%s: kept %s %s", number, got.Text, got.Findings)
		}
	}
}
