#!/usr/bin/env bash
# Measures what is heard, what is blocked and what is negotiated, and writes
# docs/compliance-evaluation.md and docs/negotiation-evaluation.md.
#
#   tools/eval.sh [INBOUND.jsonl [OUTBOUND.jsonl]]
#
# The two files, where given, are measured as well: rows as parley check reads them,
# with the labels or violations that are expected.
set -euo pipefail
inbound=${1:+$(realpath "$1")} outbound=${2:+$(realpath "$2")}
cd "$(dirname "$0")/.."
go=${GO:-go}
page=$(mktemp)
trap 'rm -f "$page"' EXIT

# The headings are the tools' own; only their level is ours.
deeper() { sed 's/^### /## /; s/^## \(.*\.jsonl\)$/### \1/'; }

{
	cat <<-'TEXT'
		# What is heard and what is blocked, measured

		Written by `make eval`. No model takes part: these are the detector and the guard alone, as `parley check` runs them.
		The goals are, for what comes in, recall of 0.97 a label and 0.99 for the critical ones with at most 5% false positives;
		for what goes out, recall of 0.98 with at most 3% false blocks; both on phrasings not seen before.

	TEXT
	$go run ./compliance/inbound/cmd/eval ${inbound:+"$inbound"} | deeper
	cat <<-'TEXT'

		## Outbound guard

		What each file is, and which of them the guard has learnt from, is in `compliance/guard/testdata/README.md`. A file it has
		learnt from shows that nothing was lost since, not how the guard meets new words; only an `unseen` one shows that.

	TEXT
	if [ -f compliance/guard/testdata/first.md ]; then
		printf '### First figures: each round before it was learnt from\n\n'
		cat compliance/guard/testdata/first.md
		echo
	fi
	$go run ./compliance/guard/cmd/eval $(find compliance/guard/testdata -name '*.jsonl' | sort -V) ${outbound:+"$outbound"} | deeper
} >"$page"
cat -s "$page" >docs/compliance-evaluation.md

$go run ./negotiation/cmd/eval >"$page"
cat "$page" >docs/negotiation-evaluation.md
echo "written: docs/compliance-evaluation.md docs/negotiation-evaluation.md"
