#!/usr/bin/env bash
# Builds the desk's page anew and compares it with the committed one, byte for byte.
# Without node it says so and succeeds: the page that is served is the committed one.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
	echo "skipped: node and npm are needed to build the desk's page, and are not on the PATH" >&2
	exit 0
fi
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
cd gateway/desk/web
[ -d node_modules ] || npm ci --ignore-scripts --silent
npx tsc --noEmit
npx vite build --logLevel warn --outDir "$made/dist" --emptyOutDir
if ! diff -rq "$made/dist" ../page/dist; then
	echo "gateway/desk/page/dist is not what its sources give: run make desk and commit it" >&2
	exit 1
fi
echo "the desk's page is what its sources give"
