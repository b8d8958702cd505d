// The right side: each turn with its steps, in order, with outcome and time.
import { el, icon, $, same, money, millis, clock, exact, words, plural } from './kit.js';
import { note, why, diff, DOOR } from './notes.js';

const WORD = { ok: 'ok', retry: 'retry', fallback: 'fallback', handoff: 'hand-off', blocked: 'blocked', skipped: 'skipped' };
const opened = new Map(); // what the reader opened or closed, by key
let known = new Set(), order = [], rules = {};

/** outline shows what the steps do before anything has happened. */
export const outline = (stepRules) => {
  if (same($('turns'), ['outline', stepRules.length])) return;
  $('turns').replaceChildren(el('div', { class: 'outline', 'data-empty': true },
    el('p', { class: 'lede' }, 'Nothing yet. Send a text, and each of these ' + stepRules.length + ' steps shows here as it happens, with its outcome and its time.'),
    el('ol', { class: 'plan' }, stepRules.map((s) => el('li', {}, el('b', {}, s.name), el('span', {}, s.does), el('span', { class: 'else' }, s.fallback))))));
};

/** skeleton holds the place while the first answer is awaited. */
export const skeleton = () => {
  if (same($('turns'), ['skeleton'])) return;
  $('turns').replaceChildren(el('div', { class: 'turn ghost', 'aria-hidden': 'true' }, Array.from({ length: 9 }, () => el('i', { class: 'bone row' }))));
};

/** forget is called when another conversation is shown: nothing of it is news. */
export const forget = () => { known = new Set(); };

/** show draws the turns, newest on top; a turn that is shown already is only changed where it changed. */
export const show = (data, stepRules, rulebook) => {
  order = stepRules.map((s) => s.name);
  rules = rulebook;
  const box = $('turns');
  if (!box.querySelector('[data-turn]')) box.replaceChildren();
  box.dataset.shows = '';
  const fresh = known.size > 0, turns = [...data.turns].reverse(), keep = new Set(turns.map((t) => t.id));
  for (const old of box.querySelectorAll('[data-turn]')) if (!keep.has(old.dataset.turn)) old.remove();
  // Whoever reads further down keeps what is open there.
  const top = box.querySelector('[data-turn]');
  if (top && $('steps').scrollTop > 40 && top.dataset.turn !== turns[0].id && !opened.has(top.dataset.turn)) opened.set(top.dataset.turn, true);
  let arrived = 0;
  turns.forEach((turn, n) => {
    let node = box.querySelector('[data-turn="' + CSS.escape(turn.id) + '"]');
    if (!node) {
      node = el('article', { class: 'turn', 'data-turn': turn.id, id: 'turn-' + turn.id });
      if (fresh || !known.size && turns.length === 1) { node.classList.add('new'); arrived++; }
    }
    if (box.children[n] !== node) box.insertBefore(node, box.children[n] || null);
    draw(node, turn, data, n === 0);
  });
  known = keep;
  if (data.total > turns.length && !$('older')) box.append(el('p', { class: 'small center', id: 'older' }, 'Earlier turns are in the record: parley export, or the API.'));
  return arrived;
};

const draw = (node, turn, data, newest) => {
  const input = data.messages.find((m) => m.seq === turn.input_seq), replies = data.messages.filter((m) => m.turn === turn.id && m.direction === 'out');
  const open = opened.get(turn.id) ?? newest;
  if (same(node, [turn.steps, input, replies, open])) return;
  const focus = node.contains(document.activeElement) && document.activeElement.dataset.key;
  const end = verdict(turn, replies), work = turn.steps.reduce((sum, s) => sum + s.ms, 0), body = 'steps-of-' + turn.id;
  node.dataset.outcome = end.kind;
  const toggle = el('button', { type: 'button', class: 'turn-head', 'aria-expanded': String(open), 'aria-controls': body, 'data-key': 'head',
    onclick: () => { opened.set(turn.id, !open); draw(node, turn, data, newest); } },
    el('span', { class: 'caret' }, icon('open')),
    el('span', { class: 'quote' }, input && input.text ? '“' + input.text + '”' : input ? 'Something happened on the call, without words' : 'Not a message: a timer or a failure'),
    el('span', { class: 'end ' + end.kind }, icon(end.kind), end.word),
    el('span', { class: 'sum' }, plural(turn.steps.length, 'step') + ' · ' + millis(work) + ' ms · ', el('time', { datetime: turn.started, title: exact(turn.started) }, clock(turn.started))));
  node.replaceChildren(el('h3', {}, toggle), el('ol', { class: 'fall', id: body, hidden: !open }, open ? rows(turn, data) : []));
  if (focus) (node.querySelector('[data-key="' + CSS.escape(focus) + '"]') || toggle).focus();
};

/** verdict is how a turn ended, in a word or two. */
const verdict = (turn, replies) => {
  const did = (o) => turn.steps.some((s) => s.outcome === o), last = replies[replies.length - 1];
  if (last && ['failed', 'undelivered'].includes(last.status)) return { kind: 'blocked', word: 'Not delivered' };
  if (last && last.status === 'uncertain') return { kind: 'fallback', word: 'Delivery uncertain' };
  if (did('handoff') || turn.steps.some((s) => s.name === 'compose' && s.input && /handoff|human|approval/.test(s.input.template))) return { kind: 'handoff', word: 'Handed to a person' };
  if (did('blocked')) return { kind: 'blocked', word: last && last.status !== 'cancelled' ? 'A text was blocked' : 'Blocked' };
  if (!last) return turn.steps.some((s) => s.name === 'load') ? { kind: 'skipped', word: 'Heard, no reply' } : { kind: 'wait', word: 'Under way' };
  if (last.status === 'queued') return { kind: 'wait', word: 'Waiting to be sent' };
  if (did('fallback')) return { kind: 'fallback', word: 'Answered, by the way out' };
  return { kind: 'ok', word: last.status === 'delivered' ? 'Answered, delivered' : 'Answered' };
};

// The steps that ran in the order they ran; between them, in one line, those that did not.
const rows = (turn, data) => {
  const ran = new Set(turn.steps.map((s) => s.name)), out = [];
  let next = 0, n = 0, acknowledged = false;
  const skip = (until) => {
    const names = order.slice(next, until).filter((x) => !ran.has(x));
    if (names.length) out.push(skippedRow(names, why(turn, data.conversation, names), n++));
  };
  turn.steps.forEach((step, i) => {
    const at = order.indexOf(step.name);
    if (!acknowledged && !DOOR.includes(step.name)) {
      acknowledged = true;
      out.push(el('li', { class: 'mark', 'data-n': n }, 'Durable. Acknowledged to the provider'));
    }
    if (at >= next) { skip(at); next = at + 1; }
    out.push(row(turn, step, i, n++));
  });
  skip(order.length);
  out.forEach((li, i) => li.style.setProperty('--n', i));
  return out;
};

const skippedRow = (names, reason) => el('li', { class: 'step skipped', 'data-outcome': 'skipped' },
  el('span', { class: 'line' }, el('span', { class: 'sign' }, icon('skipped')),
    el('span', { class: 'note' }, names.join(' · ') + ': ' + reason), el('span', { class: 'outcome' }, WORD.skipped), el('span', { class: 'ms' }, '')));

const row = (turn, step, i) => {
  const key = turn.id + ':' + i, id = 'json-' + key.replace(':', '-');
  const detail = el('div', { class: 'json', id, hidden: !opened.get(key) });
  const fill = () => { if (!detail.hidden && !detail.firstChild) detail.append(...json(step)); };
  const line = el('button', { type: 'button', class: 'line', 'data-key': key, 'aria-expanded': String(!detail.hidden), 'aria-controls': id,
    onclick: () => { detail.hidden = !detail.hidden; opened.set(key, !detail.hidden); line.setAttribute('aria-expanded', String(!detail.hidden)); fill(); } },
    el('span', { class: 'sign' }, icon(step.outcome)), el('span', { class: 'name' }, step.name, step.attempt > 1 ? el('small', {}, ' ×' + step.attempt) : ''),
    el('span', { class: 'note' }, note(step)), el('span', { class: 'outcome' }, WORD[step.outcome] || step.outcome),
    el('span', { class: 'ms' }, millis(step.ms), el('small', {}, ' ms')));
  fill();
  return el('li', { class: 'step ' + step.outcome, 'data-step': step.name, 'data-outcome': step.outcome }, line, proof(step), detail);
};

// What is worth seeing without a click: moves, the guard's changes, findings.
const proof = (step) => {
  const o = step.output || {}, i = step.input || {};
  if (step.name === 'detect' && (o.hits || []).length) return el('ul', { class: 'proof rules' }, o.hits.map((h) => rule(h.rule)));
  if (step.name === 'negotiate' && (o.moves || []).length) return el('ul', { class: 'proof moves' }, o.moves.map((m) => el('li', {}, el('b', {}, m.id.slice(-1) + ' ' + words(m.kind)), el('span', {}, m.terms || m.for || m.reason || ''), m.total ? el('span', { class: 'ms' }, money(m.total)) : '')));
  if (step.name === 'gate' && (o.rules || []).length) return el('ul', { class: 'proof rules' }, o.rules.map((r) => rule(r)));
  if (step.name === 'assess') return meter(o.confidence);
  if (step.name !== 'guard') return '';
  if ((o.findings || []).length) {
    return el('div', { class: 'proof' }, el('p', { class: 'draft blocked' }, marked(i.draft, o.findings.filter((f) => f.outcome !== 'rewrite').map((f) => f.words))),
      el('ul', { class: 'rules' }, o.findings.map((f) => rule(f.rule, f.detail))));
  }
  if (!(o.rewrites || []).length || !o.text) return '';
  return el('div', { class: 'proof' }, el('p', { class: 'draft' }, diff(i.draft || '', o.text).map(([kind, text]) => (kind === 'same' ? text : el(kind === 'in' ? 'ins' : 'del', {}, text)))),
    el('ul', { class: 'rules' }, o.rewrites.map((r) => rule(r))));
};

const meter = (p) => (p === undefined ? '' : el('div', { class: 'proof' }, el('meter', { min: 0, max: 1, value: p, 'aria-label': 'Confidence' })));

const rule = (id, detail) => {
  const [title, cite] = rules[id] || ['', ''];
  return el('li', {}, el('code', {}, id), el('span', {}, detail || title, cite ? el('cite', {}, cite) : ''));
};

const marked = (draft = '', found = []) => {
  const hit = found.find((w) => w && draft.includes(w));
  if (!hit) return draft;
  const at = draft.indexOf(hit);
  return [draft.slice(0, at), el('mark', {}, hit), draft.slice(at + hit.length)];
};

const json = (step) => ['input', 'output', 'versions', 'error'].filter((k) => step[k] !== null && step[k] !== undefined).map((k) =>
  el('div', {}, el('h4', {}, k), el('pre', { tabindex: '0', 'aria-label': step.name + ' ' + k }, JSON.stringify(step[k], null, 2))));
