package inbound

type classifier struct{}

func builtIn() *classifier { return nil }

func knownWords() map[string]bool { return nil }

func (d *Detector) hearClassifier(h *hearing, m *parsed, v []verdict) {}
