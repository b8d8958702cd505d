package staff

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"

	"go.uber.org/zap"
)

// flowCookie holds a flow while somebody is at the provider. It must come back with a link of another site: Lax.
func (s *Service) flowCookie(value string, age int) *http.Cookie {
	c := &http.Cookie{Name: "parley_oidc", Value: value, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, MaxAge: age}
	if s.secure() {
		c.Name, c.Secure = "__Host-"+c.Name, true
	}
	return c
}

func (s *Service) startSSO(w http.ResponseWriter, r *http.Request) {
	f, to, err := s.sso.begin(r.Context(), backTo(r.URL.Query().Get("return")))
	if err != nil {
		s.log.Warn("the sign-on provider can't be asked", zap.Error(err))
		s.backWith(w, r, "/desk", "provider")
		return
	}
	text, err := json.Marshal(f)
	if err != nil {
		s.fail(w, err)
		return
	}
	http.SetCookie(w, s.flowCookie(encodeSealed(s.keys.lock("oidc flow", text)), int(ssoFor.Seconds())))
	http.Redirect(w, r, to, http.StatusFound)
}

func (s *Service) finishSSO(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, s.flowCookie("", -1))
	f, err := s.flowOf(r)
	if err != nil {
		s.backWith(w, r, "/desk", "state")
		return
	}
	c, err := s.sso.finish(r.Context(), f, r.URL.Query())
	if err == nil {
		var in opened
		if in, err = s.admit(r.Context(), c, s.ip(r)); err == nil {
			s.replace(r, in)
			in.write(w)
			http.Redirect(w, r, f.Return, http.StatusSeeOther)
			return
		}
	}
	for _, known := range []struct {
		err  error
		code string
	}{{errFlow, "state"}, {errNoRole, "role"}, {errNoPortfolio, "portfolio"}, {errDisabled, "disabled"}, {errNameTaken, "name"}} {
		if errors.Is(err, known.err) {
			s.backWith(w, r, f.Return, known.code)
			return
		}
	}
	s.log.Warn("a sign-on did not end well", zap.Error(err))
	s.backWith(w, r, f.Return, "provider")
}

func (s *Service) flowOf(r *http.Request) (flow, error) {
	cookie, err := r.Cookie(s.flowCookie("", 0).Name)
	if err != nil {
		return flow{}, errFlow
	}
	sealed, err := decodeSealed(cookie.Value)
	if err != nil {
		return flow{}, err
	}
	text, err := s.keys.unlock("oidc flow", sealed)
	if err != nil {
		return flow{}, err
	}
	var f flow
	return f, json.Unmarshal(text, &f)
}

// backWith sends somebody back to the desk, which says why: state, provider, role, portfolio, disabled or name.
func (s *Service) backWith(w http.ResponseWriter, r *http.Request, path, code string) {
	u, err := url.Parse(path)
	if err != nil {
		u = &url.URL{Path: "/desk"}
	}
	q := u.Query()
	q.Set("sign_in_refused", code)
	u.RawQuery = q.Encode()
	http.Redirect(w, r, u.String(), http.StatusSeeOther)
}
