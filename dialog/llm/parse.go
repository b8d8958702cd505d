package llm

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/golang-sql/civil"
)

// Parse reads a model's answer and holds it to the brief. It takes exactly one
// JSON object of the answer's shape, bare or in one code fence: unknown,
// misspelt or doubled fields, a move that isn't among the options, a
// placeholder nobody can fill and an amount or date the person never said are
// all refused. The error is an [*Error] of kind Malformed.
func Parse(raw []byte, b Brief) (Answer, error) {
	var a Answer
	if len(raw) > maxRaw {
		return Answer{}, malformed("answer is longer than %d bytes", maxRaw)
	}
	if !utf8.Valid(raw) {
		return Answer{}, malformed("answer is not UTF-8")
	}
	raw = unfence(raw)
	if len(raw) == 0 {
		return Answer{}, malformed("empty answer")
	}
	if err := checkShape(raw); err != nil {
		return Answer{}, err
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&a); err != nil {
		return Answer{}, malformed("a field has the wrong type")
	}
	if err := check(a, b); err != nil {
		return Answer{}, err
	}
	return a, nil
}

// unfence takes the answer out of one Markdown code fence.
func unfence(raw []byte) []byte {
	s := bytes.TrimSpace(raw)
	if !bytes.HasPrefix(s, []byte("```")) || !bytes.HasSuffix(s, []byte("```")) || len(s) < 7 {
		return s
	}
	s = s[3 : len(s)-3]
	if i := bytes.IndexByte(s, '\n'); i >= 0 && !bytes.ContainsAny(s[:i], "{}") {
		s = s[i+1:]
	}
	return bytes.TrimSpace(s)
}

var (
	answerFields  = []string{"commands", "move", "reply", "confidence"}
	required      = []string{"commands", "move", "reply"}
	commandFields = []string{"name", "amount", "cadence", "date", "reason"}
)

// checkShape walks the tokens, since encoding/json forgives doubled keys and
// keys in another case.
func checkShape(raw []byte) *Error {
	d := json.NewDecoder(bytes.NewReader(raw))
	t, err := d.Token()
	if err != nil || t != json.Delim('{') {
		return malformed("not a JSON object")
	}
	seen, e := keys(d, answerFields, func(key string) *Error {
		if key != "commands" {
			return skip(d)
		}
		return checkCommandShapes(d)
	})
	if e != nil {
		return e
	}
	for _, f := range required {
		if !slices.Contains(seen, f) {
			return malformed("field %q is missing", f)
		}
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return malformed("more than one JSON value")
	}
	return nil
}

func checkCommandShapes(d *json.Decoder) *Error {
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return malformed("field \"commands\" is not a list")
	}
	for d.More() {
		if t, err := d.Token(); err != nil || t != json.Delim('{') {
			return malformed("a command is not an object")
		}
		seen, e := keys(d, commandFields, func(string) *Error { return skip(d) })
		if e != nil {
			return e
		}
		if !slices.Contains(seen, "name") {
			return malformed("a command has no name")
		}
	}
	if _, err := d.Token(); err != nil {
		return malformed("broken JSON")
	}
	return nil
}

// keys reads an object whose brace was read, up to its end.
func keys(d *json.Decoder, allowed []string, value func(key string) *Error) ([]string, *Error) {
	var seen []string
	for d.More() {
		t, err := d.Token()
		key, ok := t.(string)
		if err != nil || !ok {
			return nil, malformed("broken JSON")
		}
		if !slices.Contains(allowed, key) {
			return nil, malformed("unknown field")
		}
		if slices.Contains(seen, key) {
			return nil, malformed("field %q twice", key)
		}
		seen = append(seen, key)
		if e := value(key); e != nil {
			return nil, e
		}
	}
	if _, err := d.Token(); err != nil {
		return nil, malformed("broken JSON")
	}
	return seen, nil
}

// skip reads one scalar value.
func skip(d *json.Decoder) *Error {
	t, err := d.Token()
	if err != nil {
		return malformed("broken JSON")
	}
	if _, isDelim := t.(json.Delim); isDelim {
		return malformed("a field has the wrong type")
	}
	if t == nil {
		return malformed("a field is null")
	}
	return nil
}

// check holds the values to the brief.
func check(a Answer, b Brief) *Error {
	if err := checkActs(a, b); err != nil {
		return err
	}
	return checkReply(a, b)
}

// checkActs holds what an answer does, as far as it is known, to the brief.
func checkActs(a Answer, b Brief) *Error {
	if a.Move != "" {
		if _, ok := b.Option(a.Move); !ok {
			return malformed("move is not one of the options")
		}
	}
	if a.Confidence != nil && (*a.Confidence < 0 || *a.Confidence > 1) {
		return malformed("confidence is outside 0 to 1")
	}
	if len(a.Commands) > MaxCommands {
		return malformed("more than %d commands", MaxCommands)
	}
	for _, c := range a.Commands {
		if err := checkCommand(c, b); err != nil {
			return err
		}
	}
	return nil
}

func checkCommand(c Command, b Brief) *Error {
	if !slices.Contains(commandNames, c.Name) {
		return malformed("unknown command")
	}
	if !slices.Contains([]string{"", "weekly", "biweekly", "monthly"}, c.Cadence) {
		return malformed("unknown cadence")
	}
	if utf8.RuneCountInString(c.Reason) > maxReason {
		return malformed("reason is longer than %d characters", maxReason)
	}
	if c.Amount != "" {
		cents, ok := Cents(c.Amount)
		if !ok {
			return malformed("amount is not a decimal")
		}
		if !saidAmount(cents, b) {
			return malformed("an amount nobody said")
		}
	}
	if c.Date != "" {
		day, err := civil.ParseDate(c.Date)
		if err != nil || !day.IsValid() {
			return malformed("date is not YYYY-MM-DD")
		}
		if b.Today.IsValid() && (day.Before(b.Today) || day.DaysSince(b.Today) > 5*366) {
			return malformed("date is past or too far away")
		}
	}
	return nil
}

// Cents reads a decimal such as "60", "60.5" or "1240.00" as cents. Signs,
// separators, exponents and amounts beyond ten million dollars are refused.
func Cents(s string) (int64, bool) {
	whole, frac, dotted := strings.Cut(s, ".")
	if whole == "" || len(whole) > 8 || len(frac) > 2 || (dotted && frac == "") {
		return 0, false
	}
	for len(frac) < 2 {
		frac += "0"
	}
	for _, r := range whole + frac {
		if r < '0' || r > '9' {
			return 0, false
		}
	}
	n, err := strconv.ParseInt(whole+frac, 10, 64)
	return n, err == nil
}

// saidAmount reports whether the person named the amount: as the rules heard
// it, or as digits in a recent message of theirs.
func saidAmount(cents int64, b Brief) bool { return slices.Contains(saidAmounts(b), cents) }

// saidAmounts are the amounts in cents that the person named, in order, each once.
func saidAmounts(b Brief) []int64 {
	var out []int64
	for _, m := range b.Heard.Amounts {
		out = append(out, m.Money.Minor)
	}
	texts := []string{b.Text}
	for _, m := range b.Recent {
		if m.From == "person" {
			texts = append(texts, m.Text)
		}
	}
	for _, t := range texts {
		for _, f := range strings.FieldsFunc(t, func(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != ',' }) {
			if n, ok := Cents(strings.Trim(strings.ReplaceAll(f, ",", ""), ".")); ok {
				out = append(out, n)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// maxSaid bounds the amounts that a schema lists: providers bound their enums.
const maxSaid = 50

// saidDecimals are the amounts a command may hold, in the form of [Command.Amount].
func saidDecimals(b Brief) []string {
	out := []string{""}
	for _, n := range saidAmounts(b) {
		if len(out) <= maxSaid && n >= 0 {
			out = append(out, fmt.Sprintf("%d.%02d", n/100, n%100))
		}
	}
	return out
}
