package dialog

import "parley/compliance/guard"

// opening is the first text of a contact we begin. It names nobody's debt: who
// reads it is not known yet.
func (e *Engine) opening(a Account, lang string) string {
	b := e.Settings.Brand
	return guard.Template("identify", lang, e.Settings.Actor, map[string]string{
		"brand": b.Name, "name": b.Assistant, "assistant": b.Assistant, "phone": b.Phone, "first_name": firstName(a.Person.Name)})
}
