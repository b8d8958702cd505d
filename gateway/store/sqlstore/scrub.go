package sqlstore

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"parley/gateway/store"
)

// rewritten is a text that was taken out of a message.
type rewritten struct {
	seq      int64
	old, new string
}

// rewriteEarlier puts redacted texts in place of earlier ones, in the messages
// and wherever traces, hand-offs and waiting inputs quote them.
func rewriteEarlier(tx *Tx, id string, earlier map[int64]string, at int64) error {
	if len(earlier) == 0 {
		return nil
	}
	var all []rewritten
	for seq, text := range earlier {
		m, err := loadMessage(tx, id, seq)
		if err == nil && m.Direction != "in" {
			err = store.ErrNotFound
		}
		if err != nil {
			return fmt.Errorf("store: rewrite an earlier message: %w", err)
		}
		all = append(all, rewritten{seq, m.Text, text})
		m.Text = text
		tx.resealed(id, at, newSeal(m))
	}
	// The longest first: a shorter one may be a part of it.
	slices.SortFunc(all, func(a, b rewritten) int {
		return cmp.Or(cmp.Compare(len(b.old), len(a.old)), cmp.Compare(a.seq, b.seq))
	})
	for _, r := range all {
		if _, err := tx.Exec(`UPDATE messages SET text = ? WHERE conversation = ? AND seq = ?`, r.new, id, r.seq); err != nil {
			return err
		}
	}
	if err := scrub(tx, all, `SELECT id, steps FROM traces WHERE conversation = ?`, `UPDATE traces SET steps = ? WHERE id = ?`, id); err != nil {
		return err
	}
	if err := scrub(tx, all, `SELECT id, body FROM handoffs WHERE conversation = ?`, `UPDATE handoffs SET body = ? WHERE id = ?`, id); err != nil {
		return err
	}
	if err := scrub(tx, all, `SELECT conversation, body FROM conversation_bodies WHERE conversation = ?`, `UPDATE conversation_bodies SET body = ? WHERE conversation = ?`, id); err != nil {
		return err
	}
	return scrub(tx, all, `SELECT n, body FROM inbox WHERE conversation = ?`, `UPDATE inbox SET body = ? WHERE n = ? AND conversation = ?`, id, id)
}

// scrub replaces the texts wherever the JSON of a table's rows quotes them. The
// arguments after the first one are the update's.
func scrub(tx *Tx, all []rewritten, query, update, id string, more ...any) error {
	rows, err := tx.Query(query, id)
	found, err := collect(rows, err, scanPair)
	if err != nil {
		return fmt.Errorf("store: look for a redacted text: %w", err)
	}
	for _, f := range found {
		body, changed, err := replaceText(f[1], all)
		if err != nil {
			return err
		}
		if !changed {
			continue
		}
		if _, err := tx.Exec(update, append([]any{body, f[0]}, more...)...); err != nil {
			return fmt.Errorf("store: take out a redacted text: %w", err)
		}
	}
	return nil
}

// replaceText replaces texts in every string of a JSON document.
func replaceText(doc string, all []rewritten) (string, bool, error) {
	d := json.NewDecoder(strings.NewReader(doc))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return "", false, fmt.Errorf("store: read what may quote a redacted text: %w", err)
	}
	changed := false
	v = walkText(v, func(s string) string {
		for _, r := range all {
			// One as short as a word's ending is only taken out where it stands alone.
			if s == r.old || len(r.old) >= 4 && strings.Contains(s, r.old) {
				s = strings.ReplaceAll(s, r.old, r.new)
				changed = true
			}
		}
		return s
	})
	if !changed {
		return doc, false, nil
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return strings.TrimSpace(b.String()), true, err
}

func walkText(v any, do func(string) string) any {
	switch v := v.(type) {
	case string:
		return do(v)
	case []any:
		for i := range v {
			v[i] = walkText(v[i], do)
		}
	case map[string]any:
		for k := range v {
			v[k] = walkText(v[k], do)
		}
	}
	return v
}
