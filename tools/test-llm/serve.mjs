// An endpoint that speaks the part of OpenAI's chat completions that Parley uses,
// over one model on this machine's processors. Usage: node serve.mjs MODEL.gguf
//
// Requests are answered one after the other in one context, so that the words that
// all prompts begin with are read once. A caller who leaves stops the writing.
import http from 'node:http'
import os from 'node:os'
import {getLlama, LlamaCompletion, LlamaLogLevel} from 'node-llama-cpp'
import {grammar} from './grammar.mjs'

const LONGEST = 300 // tokens of an answer, whatever is asked for

const llama = await getLlama({gpu: false, build: 'never', logLevel: LlamaLogLevel.error})
const model = await llama.loadModel({modelPath: process.argv[2]})
const context = await model.createContext({contextSize: 4096, threads: Number(process.env.THREADS) || os.availableParallelism(), swaFullCache: true})
const completion = new LlamaCompletion({contextSequence: context.getSequence()})
const grammars = new Map() // schema → grammar: those of one conversation are often the same

async function grammarFor(format) {
  if (!format || format.type === 'text') return undefined
  if (format.type !== 'json_schema') return llama.getGrammarFor('json')
  const source = grammar(format.json_schema.schema)
  if (!grammars.has(source)) {
    if (grammars.size > 50) grammars.clear()
    grammars.set(source, await llama.createGrammar({grammar: source}))
  }
  return grammars.get(source)
}

// layout writes the messages as one text that an answer continues: the model is
// one that was trained to continue texts, and knows no form of chat.
function layout(messages) {
  return messages.map((m) => (m.role === 'assistant' ? 'ANSWER\n' : '') + m.content).join('\n\n') + '\n\nANSWER\n'
}

/** complete answers one request; each piece of text goes to piece as it is written. */
async function complete(body, signal, piece) {
  const prompt = model.tokenize(layout(body.messages))
  const {response, metadata} = await completion.generateCompletionWithMeta(prompt, {
    signal, grammar: await grammarFor(body.response_format), temperature: body.temperature ?? 0,
    maxTokens: Math.min(body.max_tokens ?? body.max_completion_tokens ?? LONGEST, LONGEST), onTextChunk: piece,
    repeatPenalty: {penalty: 1.1, lastTokens: 48},
  })
  return {text: response, finish: metadata.stopReason === 'maxTokens' ? 'length' : 'stop', input: prompt.length, output: model.tokenize(response).length}
}

function head(body) {
  return {id: 'local', created: Math.floor(Date.now() / 1000), model: body.model ?? 'local'}
}

async function answerWhole(body, signal, res) {
  const {text, finish, input, output} = await complete(body, signal)
  if (res.destroyed) return
  res.writeHead(200, {'content-type': 'application/json'})
  res.end(JSON.stringify({...head(body), object: 'chat.completion',
    choices: [{index: 0, finish_reason: finish, message: {role: 'assistant', content: text}}],
    usage: {prompt_tokens: input, completion_tokens: output, total_tokens: input + output}}))
}

async function answerStream(body, signal, res) {
  const event = (choices, rest) => res.write(`data: ${JSON.stringify({...head(body), object: 'chat.completion.chunk', choices, ...rest})}\n\n`)
  res.writeHead(200, {'content-type': 'text/event-stream'})
  const {finish, input, output} = await complete(body, signal, (content) => event([{index: 0, delta: {content}}]))
  if (res.destroyed) return
  event([{index: 0, delta: {}, finish_reason: finish}])
  if (body.stream_options?.include_usage) event([], {usage: {prompt_tokens: input, completion_tokens: output, total_tokens: input + output}})
  res.end('data: [DONE]\n\n')
}

function refuse(res, status, message) {
  if (res.headersSent) return res.destroy()
  res.writeHead(status, {'content-type': 'application/json'})
  res.end(JSON.stringify({error: {message, type: status < 500 ? 'invalid_request_error' : 'server_error'}}))
}

async function serve(data, res) {
  if (res.destroyed) return // the caller has gone
  let body
  try {
    body = JSON.parse(data)
  } catch {
    return refuse(res, 400, 'the body is not JSON')
  }
  const gone = new AbortController()
  res.on('close', () => gone.abort())
  try {
    await (body.stream ? answerStream : answerWhole)(body, gone.signal, res)
  } catch (err) {
    if (gone.signal.aborted) return
    console.error(String(err))
    refuse(res, 500, 'the model failed')
  }
}

let last = Promise.resolve()
const server = http.createServer((req, res) => {
  let data = ''
  req.on('data', (chunk) => (data += chunk))
  req.on('end', () => {
    if (!req.url.endsWith('/chat/completions')) return refuse(res, 404, 'no such path')
    last = last.then(() => serve(data, res))
  })
})
server.listen(0, '127.0.0.1', () => console.log('listening ' + server.address().port))
