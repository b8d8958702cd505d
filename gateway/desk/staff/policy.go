package staff

import (
	"crypto/rand"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MinPassword and MaxPassword are the lengths of a password, in characters.
const (
	MinPassword = 12
	MaxPassword = 128
)

// common are what guessed passwords are made of. One that is nothing but these, digits and signs is refused.
var common = []string{
	"administrator", "password", "passwort", "passwd", "contrasena", "qwertyuiop", "qwertzuiop", "asdfghjkl", "zxcvbnm", "qwerty", "qwertz", "azerty", "asdf", "qazwsxedc", "qazwsx",
	"letmein", "welcome", "bienvenido", "changeme", "iloveyou", "sunshine", "princess", "football", "baseball", "superman", "batman", "dragon", "monkey", "master",
	"shadow", "trustno", "whatever", "starwars", "computer", "internet", "january", "february", "march", "april", "june", "july", "august", "september", "october",
	"november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "spring", "summer", "autumn", "winter", "america", "london", "texas",
	"company", "default", "secret", "hello", "login", "admin", "user", "guest", "root", "test", "temp", "demo", "parley", "agent", "supervisor", "collections", "collect", "abcdefghijklmnopqrstuvwxyz", "abcdef", "abc", "pass", "word", "love", "god",
}

// plain undoes the usual disguises of letters.
var plain = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i")

// normal is a password as it is hashed: two ways of typing the same characters are one (NIST SP 800-63B, 3.1.1.2).
func normal(password string) string { return norm.NFKC.String(password) }

// CheckPassword says what is wrong with a password somebody wants, nil for nothing. name is their login.
func CheckPassword(name, password string) error {
	password = normal(password)
	refuse := func(what string) error { return &Invalid{Field: "password", What: what} }
	switch n := utf8.RuneCountInString(password); {
	case !utf8.ValidString(password):
		return refuse("must be text")
	case n < MinPassword:
		return refuse("must have at least 12 characters")
	case n > MaxPassword:
		return refuse("must have at most 128 characters")
	}
	lower := strings.ToLower(password)
	distinct := map[rune]bool{}
	for _, r := range lower {
		distinct[r] = true
	}
	switch {
	case len(distinct) < 5:
		return refuse("repeats too few characters")
	case strings.Trim(lower, "0123456789") == "":
		return refuse("must not be digits alone")
	case len(name) > 2 && strings.Contains(lower, strings.ToLower(name)):
		return refuse("must not have the name in it")
	case guessed(lower), guessed(plain.Replace(lower)):
		return refuse("is among the first that are guessed; take a few unrelated words")
	}
	return nil
}

// guessed reports whether hardly a letter is left once the common words are taken out.
func guessed(lower string) bool {
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, lower)
	rest := letters
	for _, w := range common {
		rest = strings.ReplaceAll(rest, w, "")
	}
	return rest != letters && utf8.RuneCountInString(rest) < 4
}

// GeneratePassword makes one of 80 random bits, in groups that can be read out.
func GeneratePassword() string {
	text := strings.ToLower(rand.Text())[:16]
	return strings.Join(slices.Collect(chunks(text, 4)), "-")
}

// chunks are the parts of a text of ASCII, n bytes each.
func chunks(text string, n int) func(func(string) bool) {
	return func(yield func(string) bool) {
		for len(text) > 0 {
			k := min(n, len(text))
			if !yield(text[:k]) {
				return
			}
			text = text[k:]
		}
	}
}
