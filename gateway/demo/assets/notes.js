// What each step says in one line, from its input and output. A step whose
// output is not what is known here still shows: its JSON is one click away.
import { money, words, plural } from './kit.js';

const list = (all) => all.filter(Boolean).join(', ');
const short = (text, n = 90) => (text && text.length > n ? text.slice(0, n - 1).trimEnd() + '…' : text || '');

/** DOOR are the steps before the provider is acknowledged. */
export const DOOR = ['receive', 'normalise', 'redact', 'claim', 'keyword'];

const NOTES = {
  receive: (i) => (i.channel === 'sms' ? 'Signature of the provider is right' : 'Same origin, well formed'),
  normalise: (i, o) => list([plural(o.characters ?? 0, 'character'), o.media ? plural(o.media, 'attachment') : '']),
  redact: (i, o) => ((o.removed || []).length ? 'Took out: ' + o.removed.map(words).join(', ') + '. No step after this one saw it' : 'No card, bank or social security number'),
  claim: () => 'Stored once, durably',
  keyword: (i, o) => (o.keyword ? 'Keyword: ' + words(o.keyword) + '. Acted on at once' : 'No keyword such as STOP'),
  lease: (i, o) => 'One worker has it, fencing token ' + o.token,
  load: (i) => (i.control && i.control !== 'bot' ? 'Read. A person has it: ' + i.control : 'Conversation, account and policy read'),
  identify: (i, o) => {
    if (o.new) return 'Proven by ' + (o.given || []).map(words).join(' and ');
    if (o.verified) return 'Known already in this session';
    if (o.failed) return 'Does not match, attempt ' + (o.attempts || 1) + ' of 3';
    return o.given && o.given.length ? 'Given: ' + o.given.map(words).join(', ') + '. More is needed' : 'Not known yet: no debt fact may be said';
  },
  detect: (i, o) => ((o.hits || []).length ? 'Heard: ' + o.hits.map((h) => words(h.label) + ' (' + h.by + ')').join(', ') : 'Nothing with legal weight'),
  understand: (i, o) => list([
    (o.intents || []).length ? o.intents.map((x) => words(x.name)).join(' + ') : 'Not understood',
    ...(o.amounts || []).map((a) => money(a.money.amount)), ...(o.asks || []).map((a) => (a.Cadence ? words(a.Cadence) : '')),
    o.language === 'es' ? 'Spanish' : '',
  ]),
  assess: (i, o) => Math.round((o.confidence || 0) * 100) + '% sure: ' + ({ act: 'act', ask: 'ask again', hand_off: 'a person must look' }[o.decision] || words(o.decision)),
  negotiate: (i, o) => ((o.moves || []).length ? plural(o.moves.length, 'permitted move') + ', exact to the cent' : 'No new offer: what is on the table stands'),
  decide: (i, o) => {
    const did = o.move ? 'picked move ' + o.move.slice(-1) : (o.commands || []).map((c) => words(c.name)).join(' + ') || 'words only';
    return (o.by || i.model || '') + ': ' + did;
  },
  validate: (i, o) => (o.valid ? (o.repaired ? 'Well formed after one repair' : 'Well formed') : 'Not usable'),
  authorise: (i, o) => words(i.capability || '') + ' is on ' + (o.level || '?') + (o.allowed === false ? ': a person decides' : o.allowed ? ': may be done alone' : '') + (o.why ? '. ' + o.why : ''),
  act: (i, o) => (typeof o === 'string' ? 'Recorded: ' + o.split(' ')[0] : 'Recorded'),
  compose: (i, o) => (i.by ? 'Figures filled in by the engine' : 'Fixed text: ' + words(i.template || '')) + (o.choices ? ', ' + plural(o.choices, 'choice') : ''),
  guard: (i, o) => {
    if ((o.findings || []).length) return 'Refused by ' + o.findings.filter((f) => f.outcome !== 'rewrite').map((f) => f.rule).join(', ');
    return (o.rewrites || []).length ? 'Passed, with ' + plural(o.rewrites.length, 'disclosure') + ' added' : 'Every rule passed';
  },
  gate: (i, o) => {
    if (o.cancelled) return 'Cancelled: ' + words(o.cancelled);
    const when = i.at === 'dequeue' ? ', asked again just before sending' : '';
    const rules = (o.rules || []).length ? ' by ' + o.rules.join(', ') : '';
    return ({ allow: 'May be sent now', delay: 'Waits' + (o.until ? ' until ' + new Date(o.until).toLocaleString('en-US', { weekday: 'short', hour: 'numeric', minute: '2-digit' }) : ''), block: 'May not be sent', escalate: 'A person must look' }[o.decision] || words(o.decision || '')) + rules + when;
  },
  deliver: (i, o) => ({ sent: 'Sent', queued: 'Tried, waits to be tried again', uncertain: 'Not known whether it went out: looks it up first', failed: 'Failed' }[o.status] || words(o.status || '')) + (o.parts > 1 ? ' in ' + o.parts + ' parts' : '') + (o.reason ? ' (' + words(o.reason) + ')' : ''),
  confirm: (i, o) => 'Provider says: ' + words(o.status || i.status || ''),
};

/** note is the line for a step. */
export const note = (step) => {
  if (step.error && step.outcome !== 'blocked') return short(step.error, 140);
  try {
    const text = NOTES[step.name](step.input || {}, step.output ?? {});
    if (text) return short(text, 140);
  } catch { /* an unknown shape: fall through */ }
  return short(step.error || (typeof step.output === 'string' ? step.output : ''), 140);
};

/** why says why steps did not run, from what did. */
export const why = (turn, conversation, names) => {
  const has = (n) => turn.steps.some((s) => s.name === n), step = (n) => turn.steps.find((s) => s.name === n);
  const hit = (((step('detect') || {}).output || {}).hits || []).length, load = (step('load') || {}).input || {};
  if (!has('load')) return 'still under way';
  if (names.includes('compose')) return load.control && load.control !== 'bot' ? 'a person has the conversation, so the bot stays silent' : 'nothing to say';
  if (names.includes('confirm') && has('deliver') && conversation && conversation.channel === 'webchat') return 'the web chat has no receipts from a provider';
  if (names.includes('confirm') || names.includes('deliver')) return 'not there yet';
  if (names.includes('understand')) return hit ? 'what was heard decides the answer, not a model' : 'first it must be known who writes';
  if (names.includes('decide')) return 'the answer follows from the rules alone';
  if (names.includes('authorise')) return 'nothing to commit in this turn';
  return 'not needed in this turn';
};

/** diff compares two texts word by word: [["same"|"in"|"out", text], …]. */
export const diff = (a, b) => {
  const x = a.split(/(?<=\s)/), y = b.split(/(?<=\s)/), key = (w) => w.trim();
  const t = Array.from({ length: x.length + 1 }, () => new Uint16Array(y.length + 1));
  for (let i = x.length - 1; i >= 0; i--) for (let j = y.length - 1; j >= 0; j--) t[i][j] = key(x[i]) === key(y[j]) ? t[i + 1][j + 1] + 1 : Math.max(t[i + 1][j], t[i][j + 1]);
  const out = [], put = (kind, word) => (out.length && out[out.length - 1][0] === kind ? (out[out.length - 1][1] += word) : out.push([kind, word]));
  let i = 0, j = 0;
  while (i < x.length || j < y.length) {
    if (i < x.length && j < y.length && key(x[i]) === key(y[j])) { put('same', y[j]); i++; j++; }
    else if (j < y.length && (i >= x.length || t[i][j + 1] >= t[i + 1][j])) put('in', y[j++]);
    else put('out', x[i++]);
  }
  return out;
};
