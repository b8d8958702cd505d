#!/usr/bin/env bash
# Holds a telephone call with a real Asterisk: a SIP telephone (baresip, G.722) calls, a
# voice (flite) speaks, Parley's channel answers over chan_websocket, and a recogniser
# (PocketSphinx) hears. Apart from `make test`: Asterisk 22.8 is in Debian's unstable
# distribution alone, which is fetched into a chroot, about 600 MB.
#
#   CACHE=DIR   where the chroot is kept; outside the tree
#   ROOT=DIR    a chroot of your own that has asterisk and baresip
set -uo pipefail
cd "$(dirname "$0")/.."
CACHE=${CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/parley-voice-e2e}
MIRROR=http://deb.debian.org/debian

cannot() {
	echo "make voice-e2e can't run here: $1" >&2
	exit 3
}
[ "$(id -u)" = 0 ] || cannot "it needs root, for a chroot"
tools/setup.sh >/dev/null 2>&1
for tool in flite pocketsphinx_continuous sox; do
	command -v $tool >/dev/null || cannot "$tool is missing"
done
ROOT=${ROOT:-$CACHE/sid}
if [ ! -x "$ROOT/usr/sbin/asterisk" ] || [ ! -x "$ROOT/usr/bin/baresip" ]; then
	mkdir -p "$CACHE" || cannot "$CACHE can't be written"
	if ! command -v debootstrap >/dev/null; then
		apt-get update -qq >/dev/null 2>&1 && apt-get install -y -qq --no-install-recommends debootstrap >/dev/null 2>&1
		command -v debootstrap >/dev/null || cannot "debootstrap is missing and can't be installed"
	fi
	if [ ! -x "$ROOT/usr/bin/apt-get" ]; then
		echo "fetching Debian's unstable distribution into $ROOT"
		debootstrap --variant=minbase --include=ca-certificates sid "$ROOT" "$MIRROR" >"$CACHE/debootstrap.log" 2>&1 ||
			cannot "debootstrap failed: $(tail -n 1 "$CACHE/debootstrap.log")"
	fi
	DEBIAN_FRONTEND=noninteractive chroot "$ROOT" sh -c 'apt-get update -qq && apt-get install -y -qq --no-install-recommends asterisk asterisk-modules baresip-core' \
		>"$CACHE/apt.log" 2>&1 || cannot "asterisk could not be installed: $(tail -n 1 "$CACHE/apt.log")"
fi
version=$(chroot "$ROOT" asterisk -V 2>/dev/null | grep -oE '[0-9]+\.[0-9]+(\.[0-9]+)?' | head -n 1)
[ -n "$version" ] || cannot "asterisk does not start in $ROOT"
[ "$(printf '22.8\n%s\n' "$version" | sort -V | head -n 1)" = 22.8 ] || cannot "Asterisk $version is too old: JSON control messages came with 22.8"
echo "Asterisk $version, $(chroot "$ROOT" baresip -v 2>/dev/null | grep -om1 'baresip [v0-9.]*'), $(flite --version 2>/dev/null | grep -om1 'flite-[0-9.]*')"
PARLEY_VOICE_E2E="$ROOT" exec go test -count=1 -timeout 5m -v -run TestARealAsterisk ./channels/voice/asterisk
