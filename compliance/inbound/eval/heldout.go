package eval

import (
	"parley/compliance/inbound"
	"parley/compliance/inbound/phrases"
)

// HeldOut returns the repository's own held-out rows.
func HeldOut() ([]Row, error) {
	ps, err := phrases.Heldout()
	if err != nil {
		return nil, err
	}
	rows := make([]Row, 0, len(ps))
	for _, p := range ps {
		row := Row{Text: p.Text, Like: inbound.Label(p.Like)}
		for _, l := range p.Labels {
			row.Labels = append(row.Labels, inbound.Label(l))
		}
		rows = append(rows, row)
	}
	return rows, nil
}
