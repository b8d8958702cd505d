package desk

import (
	"context"
	"errors"
	"fmt"

	"parley/gateway/store"
)

// demoCanned are the prepared replies a demonstration begins with: short, and lawful in any conversation.
var demoCanned = []store.Canned{
	{ID: "ct_demo_hello", Shortcut: "hello", Title: "Hello", Language: "en", Text: "Hello, I'm a person on the team, and I have read what you wrote. How can I help?"},
	{ID: "ct_demo_hola", Shortcut: "hola", Title: "Saludo", Language: "es", Text: "Hola, soy una persona del equipo y ya leí lo que escribió. ¿Cómo le puedo ayudar?"},
	{ID: "ct_demo_time", Shortcut: "time", Title: "No hurry", Language: "en", Text: "Take the time you need. Write here whenever it suits you."},
	{ID: "ct_demo_tiempo", Shortcut: "tiempo", Title: "Sin prisa", Language: "es", Text: "Tómese el tiempo que necesite. Escríbanos aquí cuando le convenga."},
	{ID: "ct_demo_copy", Shortcut: "copy", Title: "In writing", Language: "en", Text: "I can have that sent to you in writing. Would you like that?"},
}

// SeedDemo puts the demonstration's prepared replies into the record; one that is there stays as it is.
func (s *Service) SeedDemo(ctx context.Context) error {
	for _, c := range demoCanned {
		if _, err := s.Record.CannedText(ctx, c.ID); !errors.Is(err, store.ErrNotFound) {
			if err != nil {
				return err
			}
			continue
		}
		c.Scope, c.UpdatedAt, c.UpdatedBy = "all", s.now(), "demo"
		if err := s.Record.PutCanned(ctx, c); err != nil && !errors.Is(err, store.ErrStale) {
			return fmt.Errorf("the prepared reply %s: %w", c.Shortcut, err)
		}
	}
	return nil
}
