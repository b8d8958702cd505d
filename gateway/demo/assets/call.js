// The telephone: a call through the frames of ConversationRelay, spoken by the browser
// or shown, answered by the microphone or in writing.
import { el, icon, $, same, number } from './kit.js';
import { mouth, microphone, voices, hearing } from './voice.js';

let who, brand, ours, there, changed, ws, line, mic, listening = false, state = 'idle', since = 0, ticking, ringing = false, sound = null;

const TEXT = { idle: '', connecting: 'Calling…', connected: 'Connected', dialling: 'Being put through', queued: 'In the queue for a person', bridged: 'With a person', over: 'Call ended' };
const button = (label, act, attrs = {}) => el('button', { type: 'button', onclick: act, ...attrs }, label);
const tell = (frame) => { if (ws && ws.readyState === WebSocket.OPEN) ws.send(JSON.stringify(frame)); };
const live = () => ['connecting', 'connected', 'dialling', 'queued', 'bridged'].includes(state);

/** setCall says who has the telephone; a call of somebody else's ends. */
export const setCall = (person, demo, onChange) => {
  if (who && who.phone !== person.phone && live()) hangUp();
  who = person; brand = demo.brand; ours = demo.number; there = demo.calls; changed = onChange;
  $('call-who').replaceChildren(brand);
  if (!live()) { $('call-log').replaceChildren(); state = 'idle'; }
  draw();
};

/** setRinging says whether the gateway calls this telephone. */
export const setRinging = (on) => {
  ringing = on && !live();
  $('call-rings').hidden = !ringing;
  if (!live()) draw();
};

const draw = () => {
  $('call').dataset.call = ringing ? 'ringing' : state;
  const clock = since && live() ? ' · ' + Math.floor((Date.now() - since) / 60000) + ':' + String(Math.floor((Date.now() - since) / 1000) % 60).padStart(2, '0') : '';
  $('call-state').textContent = ringing ? brand + ' is calling' : (TEXT[state] || number(ours || '')) + clock;
  $('call-form').hidden = state !== 'connected';
  const hint = $('call-hint');
  hint.hidden = state !== 'idle' || ringing;
  if (!hint.hidden) hint.replaceChildren(el('p', {}, 'You are ', el('b', {}, who.name), ', calling from ' + number(who.phone) + '.'), el('p', {}, 'Type what you say' + (hearing() ? ', or use the microphone' : '') + '. Speak while Parley speaks, and see what may be cut and what the law wants heard.'));
  bar();
  desk();
  $('call-note').textContent = !there ? 'A real carrier is connected: call ' + number(ours || 'its number') + ' from a real telephone.'
    : state === 'connected' ? 'A sentence with a lock is one the law wants heard whole: it can’t be cut.' : 'A stand-in carrier in this process: ConversationRelay’s frames, real signatures, no real telephone.';
};

const bar = () => {
  const place = $('call-bar');
  if (same(place, [there, state, ringing, listening, sound, Boolean(voices()), brand])) return; // a button must not change under the pointer
  if (!there) return place.replaceChildren();
  if (ringing) return place.replaceChildren(button('Answer', () => dial(true), { class: 'go', 'data-do': 'answer' }));
  if (!live()) return place.replaceChildren(button(state === 'over' ? 'Call again' : 'Call ' + brand, () => dial(false), { class: 'go', 'data-do': 'call' }));
  const parts = [];
  if (state === 'connected') {
    if (hearing()) parts.push(button(listening ? 'Stop listening' : 'Speak', listen, { 'aria-pressed': String(listening), 'data-do': 'mic' }));
    parts.push(button('Keypad', () => { $('call-keys').hidden = !$('call-keys').hidden; }, { 'data-do': 'keys' }));
    if (voices()) parts.push(button(sound ? 'Mute voice' : 'Voice on', () => { sound = line.sound(!sound); bar(); }, { 'data-do': 'sound' }));
    parts.push(button('Break the line', () => tell({ type: 'call', do: 'lose' }), { 'data-do': 'lose', title: 'The connection to Parley is lost in the middle of the call, and asked for again' }));
  }
  place.replaceChildren(...parts, button('Hang up', hangUp, { class: 'stop', 'data-do': 'hang-up' }));
};

const desk = () => {
  const place = $('call-desk'), rings = state === 'dialling' || state === 'queued';
  place.hidden = !rings;
  if (!rings || same(place, state)) return;
  const end = (result) => () => tell({ type: 'call', do: 'agent', result });
  place.replaceChildren(el('p', {}, 'A telephone rings on the desk. Be the agent:'),
    button('Answer', end('answer'), { 'data-do': 'agent-answer' }), button('Let it ring out', end('no-answer'), { 'data-do': 'agent-none' }), button('Busy', end('busy'), { 'data-do': 'agent-busy' }));
};

const note = (text, sign = 'handoff') => add(el('li', { class: 'event' }, icon(sign), el('span', {}, text)));
const add = (li) => {
  const scroll = $('call-scroll');
  $('call-log').append(li);
  scroll.scrollTop = scroll.scrollHeight;
  return li;
};

// What becomes of one sentence of Parley's.
const show = (s, how) => {
  if (how === 'saying') {
    const lines = [...$('call-log').children].filter((li) => li.dataset.key === s.key);
    for (const li of lines) li.remove();
    add(el('li', { class: 'in saying', 'data-key': s.key, 'data-heard': 'saying' }, el('span', { class: 'sr' }, 'Parley: '), el('p', { class: 'bubble' }, s.token), s.interruptible === false && el('p', { class: 'meta' }, icon('lock'), 'Can’t be cut')));
    return;
  }
  const li = [...$('call-log').children].findLast((x) => x.dataset.key === s.key);
  if (!li) return;
  li.classList.remove('saying');
  li.dataset.heard = how;
  if (how === 'cut') li.querySelector('.bubble').replaceChildren(s.said, el('s', {}, s.token.slice(s.said.length))), li.append(el('p', { class: 'meta' }, icon('blocked'), 'You cut in: only this much counts as said'));
};

const mine = (text) => add(el('li', { class: 'out' }, el('span', { class: 'sr' }, 'You: '), el('p', { class: 'bubble' }, text)));

const say = (text) => {
  tell({ type: 'info', name: 'clientSpeaking', value: 'on', ts: Date.now() });
  line.interrupt();
  mine(text);
  tell({ type: 'info', name: 'clientSpeaking', value: 'off', ts: Date.now() });
  tell({ type: 'prompt', voicePrompt: text, lang: who.language === 'es' ? 'es-US' : 'en-US', last: true });
  changed();
};

const listen = () => {
  if (listening) { mic.stop(); return; }
  mic = microphone(who.language === 'es' ? 'es-US' : 'en-US', { begun: () => line.interrupt(), said: (text) => text && say(text), stopped: (why) => { listening = false; if (why) note(why, 'alert'); bar(); } });
  listening = true;
  mic.start();
  bar();
};

const dial = (answer) => {
  const url = new URL('/demo/call?phone=' + encodeURIComponent(who.phone) + (answer ? '&answer=1' : ''), location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  let serial = 0;
  $('call-log').replaceChildren();
  state = 'connecting'; ringing = false; since = Date.now();
  $('call-rings').hidden = true;
  const mySocket = ws = new WebSocket(url);
  line = mouth((f) => { if (ws === mySocket) tell(f); }, show);
  sound = line.sound(sound === null ? voices() : sound);
  ws.onmessage = (e) => { if (ws === mySocket) take(JSON.parse(e.data), () => 's' + ++serial); };
  ws.onclose = () => { if (ws === mySocket && live()) over(''); };
  clearInterval(ticking);
  ticking = setInterval(() => { if (live()) $('call-state').textContent = $('call-state').textContent.replace(/ · .*|$/, ' · ' + Math.floor((Date.now() - since) / 60000) + ':' + String(Math.floor((Date.now() - since) / 1000) % 60).padStart(2, '0')); else clearInterval(ticking); }, 1000);
  draw();
};

const take = (f, key) => {
  if (f.type === 'text') line.take({ ...f, key: key() });
  if (f.type === 'call') {
    if (f.why) note(f.why === 'that did not work' ? 'That did not work.' : 'Parley did not take the call.', 'alert');
    if (f.line) note('The agent hears first: “' + f.line + '”');
    if (f.state === 'over') return over();
    if (f.state === 'connected' && state !== 'connecting' && state !== 'connected') note('Back with Parley', 'bot');
    else if (f.state === 'connected' && state === 'connected') { line.hush(); note('The line broke, and is back', 'retry'); }
    if (f.state === 'dialling' || f.state === 'queued') note('Put through to the desk');
    state = f.state;
    if (state === 'connected') $('call-text').focus({ preventScroll: true });
    draw();
    changed();
  }
};

const over = () => {
  state = 'over';
  line.hush();
  if (listening) mic.stop();
  $('call-keys').hidden = true;
  note('The call is over', 'skipped');
  ws = null;
  draw();
  changed();
};

const hangUp = () => { tell({ type: 'call', do: 'hang_up' }); if (state === 'connecting') { ws.close(); over(); } };

// What the reader does.
$('call-keys').append(...'123456789*0#'.split('').map((k) => button(k, () => { tell({ type: 'dtmf', digit: k }); mine('Key ' + k); changed(); }, { 'aria-label': 'Key ' + k })));
const submit = () => {
  const text = $('call-text').value.trim();
  if (!text || state !== 'connected') return;
  $('call-text').value = '';
  say(text);
};
$('call-form').addEventListener('submit', (e) => { e.preventDefault(); submit(); });
$('call-text').addEventListener('keydown', (e) => { if (e.key === 'Enter' && !e.shiftKey && !e.isComposing) { e.preventDefault(); submit(); } });
if ('speechSynthesis' in window) speechSynthesis.addEventListener?.('voiceschanged', () => { if (who && live()) bar(); });
