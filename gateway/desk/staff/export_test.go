package staff

import (
	"context"
	"time"
)

// What tests need of the inside.

func (s *Service) Watch(ctx context.Context) { s.watch(ctx) }

func (s *Service) Sweep(ctx context.Context) error {
	return s.record.SweepStaff(ctx, s.now(), s.now().Add(-tryWindow))
}

func CanonicalPHC(text string) (string, error) {
	h, err := parsePHC(text)
	return h.String(), err
}

func MatchTOTP(secret, code string, now time.Time, last int64) (int64, bool) {
	return matchTOTP(secret, code, now, last)
}

func BackTo(path string) string { return backTo(path) }

type Hashes struct{ h *hashes }

func NewHashes(cost Argon2, atOnce int) Hashes { return Hashes{newHashes(cost, atOnce)} }

func (h Hashes) Hash(ctx context.Context, password string) (string, error) {
	return h.h.hash(ctx, password)
}

func (h Hashes) Verify(ctx context.Context, text, password string) (ok, again bool, err error) {
	return h.h.verify(ctx, text, password)
}

// Fill takes a place, as a hash under way does.
func (h Hashes) Fill() { h.h.slots <- struct{}{} }
