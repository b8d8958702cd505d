#!/usr/bin/env bash
# Plays simulated conversations with every kind of model, and writes docs/simulation.md.
# Fails when a rule was broken with any of them.
#
#   CONVERSATIONS   with each model, 1000 by default
#   SEED            the same seed plays the same conversations
set -uo pipefail
cd "$(dirname "$0")/.."
CONVERSATIONS=${CONVERSATIONS:-1000}
SEED=${SEED:-1}
DIR=$(mktemp -d)
trap 'rm -rf "$DIR"' EXIT
go build -o "$DIR/parley" ./cmd/parley || exit 1
STATUS=0
OUT="$DIR/simulation.md"
cat >"$OUT" <<'MD'
# Simulated conversations

Written by `make simulate`. Debtors with known means and intentions talk with the real engine, guard, gate, detector and
negotiation; a judge that shares no code with them reads every byte that reaches the person and does the sums of everything
that is committed again. These are figures of our own bench: simulated people are easier than people, and a stand-in for a
model shows that the system survives a bad one, not that a good one understands debtors.

MD
for run in "builtin 0" "builtin 0.1" "ideal 0" "noisy 0.1" "sycophant 0" "hostile 0" "adaptive 0" "broken 0.1" "gone 0"; do
	read -r model faults <<<"$run"
	echo "== $model, faults $faults" >&2
	"$DIR/parley" simulate --model "$model" --faults "$faults" --conversations "$CONVERSATIONS" --seed "$SEED" --report "$DIR/report.md" >"$DIR/summary" || STATUS=1
	cat "$DIR/summary"
	printf '## %s, every port failing %s of the time\n\n' "$model" "$faults" >>"$OUT"
	sed -n '/^| what/,/^$/p' "$DIR/report.md" >>"$OUT"
	echo >>"$OUT"
done
cp "$OUT" docs/simulation.md
exit $STATUS
