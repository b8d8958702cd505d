// Package staff is who works at the desk: people, roles, what each may do, how
// they sign in and out, and what is recorded of it. Permissions are asked for
// where things are done, not where pages are drawn.
package staff

import "errors"

// ErrNobody is returned where a request carries neither a session nor a key.
var ErrNobody = errors.New("staff: nobody is signed in")

// Denied says which permission was missing; it is a 403.
type Denied struct {
	Permission Permission
	Role       Role
}

func (d Denied) Error() string {
	return "the role " + string(d.Role) + " may not do this; it needs " + string(d.Permission)
}

// Invalid is a value that can't be taken, by its field; it is a 422. What never quotes the value.
type Invalid struct{ Field, What string }

func (i *Invalid) Error() string { return i.Field + ": " + i.What }
