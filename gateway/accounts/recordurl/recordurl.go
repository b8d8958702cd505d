// Package recordurl checks the URL of a system of record, for the configuration
// and for the connector.
package recordurl

import (
	"errors"
	"net"
	"net/url"
	"strings"
)

// Check says what is wrong with a URL that has {id} where an account's id goes.
func Check(text string) error {
	before, after, found := strings.Cut(text, "{id}")
	if !found || strings.Contains(after, "{id}") {
		return errors.New("must have {id} once, in its path")
	}
	u, err := url.Parse(before + "id" + after)
	if err != nil || u.Host == "" || u.Hostname() == "" {
		return errors.New("must be a URL such as https://core.example.com/accounts/{id}")
	}
	_, path, _ := strings.Cut(before, "://")
	switch {
	case !strings.Contains(path, "/") || strings.ContainsAny(before, "?#"):
		return errors.New("must have {id} once, in its path")
	case u.User != nil || u.Fragment != "":
		return errors.New("must have neither a user nor a fragment; the token has a key of its own")
	case u.Scheme != "https" && (u.Scheme != "http" || !local(u.Hostname())):
		return errors.New("must be https: accounts are people's data; plain http only to localhost")
	}
	return nil
}

func local(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}
