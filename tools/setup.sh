#!/usr/bin/env bash
# Installs what the tests need beyond Go, by package name, on Debian as root. Elsewhere it
# says what is missing; tests that need it then say so too.
set -euo pipefail
need=()
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || need+=(chromium)
command -v flite >/dev/null 2>&1 || need+=(flite)
command -v pocketsphinx_continuous >/dev/null 2>&1 || need+=(pocketsphinx pocketsphinx-en-us)
command -v sox >/dev/null 2>&1 || need+=(sox)
[ ${#need[@]} -eq 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
	echo "installing for the tests: ${need[*]}"
	export DEBIAN_FRONTEND=noninteractive
	apt-get update -qq >/dev/null
	apt-get install -y -qq --no-install-recommends "${need[@]}" >/dev/null
else
	echo "The tests need these packages, which this script installs only as root on Debian: ${need[*]}" >&2
	echo "Without them the tests of the browser pages or of the telephone's audio are skipped, and say so." >&2
fi
