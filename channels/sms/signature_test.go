package sms

import (
	"net/url"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parley/channels/sms/twiliotest"
)

// The published vectors of Twilio's own libraries (token "12345").
const (
	vectorURL  = "https://mycompany.com/myapp.php?foo=1&bar=2"
	vectorHash = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"
	vectorJSON = `{"property": "value", "boolean": true}`
)

func vectorForm() url.Values {
	return url.Values{
		"Digits": {"1234"}, "CallSid": {"CA1234567890ABCDE"}, "To": {"+18005551212"}, "Caller": {"+14158675309"},
		"From": {"+14158675309"}, "ReasonConferenceEnded": {"test"}, "Reason": {"Participant"},
	}
}

func TestVerify(t *testing.T) {
	t.Parallel()
	tokens := [][]byte{[]byte("12345")}
	cases := []struct {
		name      string
		url       string
		form      url.Values
		signature string
		want      bool
	}{
		{"Twilio's vector for a form is good", vectorURL, vectorForm(), "vOEb5UThFn24KEfnOFLQY2AE5FY=", true},
		{"Twilio's vector signed without the configured port is good", "https://mycompany.com:1234/myapp.php?foo=1&bar=2", vectorForm(), "vOEb5UThFn24KEfnOFLQY2AE5FY=", true},
		{"Twilio's vector for http is good", "http://mycompany.com/myapp.php?foo=1&bar=2", vectorForm(), "n2xBNyzSW7rfYStDtOFiFMv7qNo=", true},
		{"Twilio's vector for http is good with a port configured", "http://mycompany.com:1234/myapp.php?foo=1&bar=2", vectorForm(), "n2xBNyzSW7rfYStDtOFiFMv7qNo=", true},
		{"Twilio's vector with the fields in the wrong order is bad", vectorURL, vectorForm(), "95+Bu0JVPi0r/SsESZCVf0dWAjw=", false},
		{"Twilio's vector for a small form is good", vectorURL, url.Values{"property": {"value"}, "boolean": {"true"}}, "NBdBDr/T/lgjI+tlgpXjKZQZs/k=", true},
		{"Twilio's vector for a body's hash in the query is good", vectorURL + "&bodySHA256=" + vectorHash, nil, "a9nBmqA0ju/hNViExpshrM61xv4=", true},
		{"Twilio's vector for a body's hash alone is good", "https://mycompany.com/myapp.php?bodySHA256=" + vectorHash, nil, "y77kIzt2vzLz71DgmJGsen2scGs=", true},
		{"another query is bad", "https://mycompany.com/myapp.php?foo=1&bar=3", vectorForm(), "vOEb5UThFn24KEfnOFLQY2AE5FY=", false},
		{"another scheme is bad", "http://mycompany.com/myapp.php?foo=1&bar=2", vectorForm(), "vOEb5UThFn24KEfnOFLQY2AE5FY=", false},
		{"one field more is bad", vectorURL, func() url.Values { f := vectorForm(); f.Set("X", "1"); return f }(), "vOEb5UThFn24KEfnOFLQY2AE5FY=", false},
		{"no signature is bad", vectorURL, vectorForm(), "", false},
		{"a signature that is no base64 is bad", vectorURL, vectorForm(), "!OEb5UThFn24KEfnOFLQY2AE5FY=", false},
		{"half a signature is bad", vectorURL, vectorForm(), "vOEb5UThFn24KE", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := verify(tokens, c.url, c.form, c.signature); got != c.want {
				t.Errorf("verify is %v", got)
			}
		})
	}
	t.Run("any of several tokens will do, none will not", func(t *testing.T) {
		t.Parallel()
		two := [][]byte{[]byte("new"), []byte("12345")}
		if !verify(two, vectorURL, vectorForm(), "vOEb5UThFn24KEfnOFLQY2AE5FY=") {
			t.Error("the second token is not tried")
		}
		if verify(nil, vectorURL, vectorForm(), "vOEb5UThFn24KEfnOFLQY2AE5FY=") {
			t.Error("no token verifies")
		}
	})
	t.Run("the hash is of the very body", func(t *testing.T) {
		t.Parallel()
		if !verifyBody([]byte(vectorJSON), vectorHash) {
			t.Error("Twilio's vector is refused")
		}
		for _, sum := range []string{"", "zz", vectorHash[:62], "00" + vectorHash[2:]} {
			if verifyBody([]byte(vectorJSON), sum) {
				t.Errorf("%q is accepted", sum)
			}
		}
	})
}

func TestSignedFields(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name string
		form url.Values
		want string
	}{
		{"keys are sorted", url.Values{"b": {"2"}, "a": {"1"}}, "a1b2"},
		{"a key that begins like another comes first", url.Values{"ab": {"2"}, "a": {"1"}}, "a1ab2"},
		{"values of a repeated key are sorted", url.Values{"a": {"2", "1"}}, "a1a2"},
		{"and each counts once", url.Values{"a": {"2", "1", "2"}}, "a1a2"},
		{"an empty value leaves its key", url.Values{"a": {""}}, "a"},
		{"no field is nothing", nil, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := string(signedFields(c.form)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	t.Run("the form is left as it was", func(t *testing.T) {
		t.Parallel()
		form := url.Values{"a": {"2", "1"}}
		signedFields(form)
		if !slices.Equal(form["a"], []string{"2", "1"}) {
			t.Errorf("it is now %v", form["a"])
		}
	})
}

func TestPorts(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, in, other string }{
		{"https has port 443", "https://a.example/x?y=1", "https://a.example:443/x?y=1"},
		{"http has port 80", "http://a.example/x", "http://a.example:80/x"},
		{"a port is taken away", "https://a.example:8443/x?u=http://b:1/", "https://a.example/x?u=http://b:1/"},
		{"an IPv6 host keeps its colons", "http://[::1]/x", "http://[::1]:80/x"},
		{"an IPv6 host loses its port", "http://[::1]:8080/x", "http://[::1]/x"},
		{"a query may follow the host", "https://a.example?x=1:2", "https://a.example:443?x=1:2"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := withAndWithoutPort(c.in); !slices.Equal(got, []string{c.in, c.other}) {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestVerifyAgreesWithTheStandIn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		form := url.Values(rapid.MapOf(rapid.StringMatching(`[A-Za-z]{1,4}`), rapid.SliceOfN(rapid.String(), 1, 4)).Draw(r, "form"))
		signature := twiliotest.Sign("t0ken", vectorURL, form)
		if !verify([][]byte{[]byte("t0ken")}, vectorURL, form, signature) {
			r.Fatal("a good signature is refused")
		}
		if verify([][]byte{[]byte("t0keN")}, vectorURL, form, signature) {
			r.Fatal("another token's signature is accepted")
		}
		form.Add("added", "x")
		if verify([][]byte{[]byte("t0ken")}, vectorURL, form, signature) {
			r.Fatal("a form with a field more is accepted")
		}
	})
}
