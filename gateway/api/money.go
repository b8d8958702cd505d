package api

import (
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/golang-sql/civil"

	"parley/negotiation"
)

// Money is an amount as the API writes it.
type Money struct {
	Amount   string `json:"amount" pattern:"^-?[0-9]{1,12}(\\.[0-9]{2})?$" example:"1240.00"`
	Currency string `json:"currency" enum:"USD" example:"USD"`
}

func money(m negotiation.Money) Money {
	c := m.Currency
	if c == "" {
		c = "USD"
	}
	return Money{Amount: m.Decimal(), Currency: c}
}

// fields collects what is wrong with the values of a body, each under its name.
type fields struct{ errs []error }

func (f *fields) bad(location, message string) {
	f.errs = append(f.errs, &huma.ErrorDetail{Location: location, Message: message})
}

func (f *fields) err() error {
	if len(f.errs) == 0 {
		return nil
	}
	return huma.Error422UnprocessableEntity("validation failed", f.errs...)
}

func (f *fields) decimal(location, text string) negotiation.Money {
	m, err := negotiation.ParseMoney(strings.TrimSpace(text), "USD")
	if err != nil || m.Minor < 0 {
		f.bad(location, "must be a decimal such as \"1240.00\"")
	}
	return m
}

func (f *fields) date(location, text string) civil.Date {
	d, err := civil.ParseDate(text)
	if err != nil || !d.IsValid() {
		f.bad(location, "must be a date that exists, as YYYY-MM-DD")
	}
	return d
}
