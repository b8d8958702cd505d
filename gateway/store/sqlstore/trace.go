package sqlstore

import (
	"context"
	"database/sql"

	"parley/dialog"
)

// addStep appends a step to a turn's trace, after the turn has ended.
func addStep(tx *Tx, turn string, step *dialog.StepTrace) error {
	if turn == "" || step == nil || step.Name == "" {
		return nil
	}
	body, err := encode(step)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO trace_steps (turn, n, body) SELECT ?, COALESCE(MAX(n), 0) + 1, ? FROM trace_steps WHERE turn = ?`, turn, body, turn)
	return err
}

// putTrace writes the trace of a turn with the steps it has so far.
func putTrace(tx *Tx, conversation string, t preparedTrace) error {
	_, err := tx.Exec(`INSERT INTO traces (id, conversation, input_seq, started, input, steps) VALUES (?,?,?,?,?,?)
		ON CONFLICT (id) DO UPDATE SET steps = excluded.steps`, t.id, conversation, t.seq, t.started, t.input, t.steps)
	return err
}

// Traces implements [store.Reader]: oldest turn first, each with the steps that
// came after its end: gate, deliver, confirm.
func (s *Store) Traces(ctx context.Context, conversation string) ([]dialog.TurnTrace, error) {
	return read(ctx, s.b, func(c Conn) ([]dialog.TurnTrace, error) {
		place := map[string]int{}
		rows, err := c.Query(`SELECT id, input_seq, started, steps FROM traces WHERE conversation = ? ORDER BY started, id`, conversation)
		all, err := collect(rows, err, func(rows *sql.Rows) (dialog.TurnTrace, error) {
			t := dialog.TurnTrace{Conversation: conversation}
			var started int64
			var steps string
			if err := rows.Scan(&t.ID, &t.InputSeq, &started, &steps); err != nil {
				return t, err
			}
			place[t.ID] = len(place)
			t.Started = instant(started)
			return t, decode(steps, &t.Steps)
		})
		if err != nil {
			return nil, err
		}
		rows, err = c.Query(`SELECT s.turn, s.body FROM trace_steps s JOIN traces t ON t.id = s.turn WHERE t.conversation = ? ORDER BY s.turn, s.n`, conversation)
		_, err = collect(rows, err, func(rows *sql.Rows) (struct{}, error) {
			var turn, body string
			var step dialog.StepTrace
			if err := rows.Scan(&turn, &body); err != nil {
				return struct{}{}, err
			}
			err := decode(body, &step)
			all[place[turn]].Steps = append(all[place[turn]].Steps, step)
			return struct{}{}, err
		})
		return all, err
	})
}
