// The page's own part: what is chosen, what is asked for, and when.
import { el, icon, $, get, plural } from './kit.js';
import { outline, skeleton, show, forget } from './steps.js';
import { showState } from './state.js';
import { showPeople, showChosen, showThread, showNumbers, showChips, mountChat, hint, put } from './talk.js';
import { setCall, setRinging } from './call.js';

const TABS = ['sms', 'webchat', 'call'];
const FAST = 700, SLOW = 2500, IDLE = 6000;
let demo, person = 0, channel = 'sms', texts = [], asked = 0, timer, failures = 0, active = Date.now(), tags = {};
const pending = new Map(), chats = new Map(); // by phone; by account
const me = () => demo.people[person];

// Remembered for this tab: who one is and which channel.
const remember = () => { try { sessionStorage.setItem('demo', JSON.stringify({ account: me().account, channel })); } catch { /* works without */ } };
const recall = () => { try { return JSON.parse(sessionStorage.getItem('demo')) || {}; } catch { return {}; } };

const start = async () => {
  skeleton();
  showState(null);
  try {
    demo = (await get('/demo/people')).body;
  } catch (err) {
    trouble(err);
    timer = setTimeout(start, Math.min(8000, 1000 * 2 ** failures));
    return;
  }
  fine();
  const was = recall();
  person = Math.max(0, demo.people.findIndex((p) => p.account === was.account));
  $('voice').replaceChildren(icon('bot'), el('span', {}, el('span', { class: 'wide' }, 'Words by: '), el('b', {}, demo.model)), el('span', { class: 'more' }, demo.built_in ? 'no language model connected' : 'a language model; code still decides'));
  showPeople(demo.people, person, choose);
  tab(demo.phone ? was.channel || 'sms' : 'webchat');
  choose(person);
};

const choose = (i) => {
  person = i;
  showChosen(me(), i);
  showNumbers(demo, me());
  setCall(me(), demo, () => ask(true));
  showChips(me(), (text) => { view('talk'); put(channel, text); });
  $('sms-text').disabled = $('sms-send').disabled = !demo.phone;
  mountChat(me());
  remember();
  texts = [];
  $('thread').replaceChildren();
  other();
};

// Another conversation is looked at.
const other = () => {
  tags = {};
  forget();
  skeleton();
  hint(me(), false);
  ask(true);
};

const tab = (name) => {
  channel = name;
  for (const t of document.querySelectorAll('[role=tab]')) {
    const on = t.dataset.channel === name;
    t.setAttribute('aria-selected', String(on));
    t.tabIndex = on ? 0 : -1;
    $('panel-' + t.dataset.channel).hidden = !on;
  }
};

const view = (name) => {
  document.body.dataset.view = name;
  for (const b of $('views').children) b.setAttribute('aria-pressed', String(b.dataset.show === name));
  if (name === 'steps') $('fresh').hidden = true;
};

// Asking: often while something happens, seldom when nothing does, never when nobody looks.
const ask = async (now) => {
  clearTimeout(timer);
  if (now) active = Date.now();
  if (!demo || document.hidden) return;
  const mine = ++asked, p = me(), on = channel;
  const phone = encodeURIComponent(p.phone);
  const query = { sms: 'phone=' + phone, call: 'channel=voice&phone=' + phone, webchat: 'conversation=' + encodeURIComponent(chats.get(p.account) || '') }[on] + '&ring=' + phone;
  try {
    const [trace, thread] = await Promise.all([get('/demo/trace?' + query, tags.trace), on === 'sms' ? get('/demo/texts?phone=' + phone, tags.texts) : { same: true }]);
    if (mine !== asked) return;
    fine();
    if (!trace.same || !thread.same) active = Date.now();
    tags = { trace: trace.tag, texts: thread.tag };
    if (!thread.same) texts = thread.body.texts;
    if (on === 'sms') redraw();
    if (!trace.same) draw(trace.body);
  } catch (err) {
    if (mine !== asked) return;
    trouble(err);
  }
  const quiet = Date.now() - active;
  timer = setTimeout(ask, failures ? Math.min(8000, 1000 * 2 ** (failures - 1)) : quiet < 20000 ? FAST : quiet < 120000 ? SLOW : IDLE);
};

const draw = (data) => {
  setRinging(Boolean(data.ringing));
  showState(data.conversation);
  if (!data.turns.length) return outline(demo.steps);
  const arrived = show(data, demo.steps, demo.rules), latest = data.turns[data.turns.length - 1];
  if (!arrived) return;
  $('said').textContent = 'A new turn: ' + plural(latest.steps.length, 'step') + '.';
  if (document.body.dataset.view !== 'steps') { $('fresh').textContent = arrived + ' new'; $('fresh').hidden = false; }
};

const redraw = () => {
  const waits = pending.get(me().phone) || [];
  hint(me(), demo.phone && !texts.length && !waits.length);
  showThread(texts, waits, transmit);
};

// Sending: shown at once, kept and offered again when it fails.
const send = (words) => {
  const p = { id: 'mine-' + Date.now(), phone: me().phone, text: words, at: new Date().toISOString() };
  pending.set(p.phone, [...(pending.get(p.phone) || []), p]);
  transmit(p);
};
const transmit = async (p) => {
  p.failed = '';
  redraw();
  try {
    const resp = await fetch('/demo/texts', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ from: p.phone, text: p.text }) });
    if (!resp.ok) throw new Error((await resp.json().catch(() => ({}))).detail || 'the server answered ' + resp.status);
    texts = (await get('/demo/texts?phone=' + encodeURIComponent(p.phone))).body.texts;
    pending.set(p.phone, pending.get(p.phone).filter((x) => x !== p));
    tags.texts = '';
  } catch (err) {
    p.failed = err instanceof TypeError || err.name === 'TimeoutError' ? 'Parley does not answer' : err.message;
  }
  if (p.phone === me().phone) redraw();
  ask(true);
};

const trouble = (err) => {
  failures++;
  $('live').dataset.live = 'off';
  $('live-text').textContent = 'Not connected';
  if (failures < 2 && demo) return; // one lost answer is no news
  const gone = err instanceof TypeError || err.name === 'TimeoutError';
  $('offline').replaceChildren(icon('alert'), el('span', {}, gone ? 'Parley does not answer. Is it running? This page keeps trying; what you typed stays.' : 'Something is wrong: ' + err.message + '. This page keeps trying.'),
    el('button', { type: 'button', class: 'link', onclick: () => (demo ? ask(true) : (clearTimeout(timer), start())) }, 'Try now'));
  $('offline').hidden = false;
};
const fine = () => {
  failures = 0;
  $('offline').hidden = true;
  $('live').dataset.live = 'on';
  $('live-text').textContent = 'Live';
};

// What the reader does.
for (const b of $('views').children) b.addEventListener('click', () => view(b.dataset.show));
for (const t of document.querySelectorAll('[role=tab]')) {
  const go = (name, focus) => { if (!demo) return; tab(name); remember(); if (focus) $('tab-' + name).focus(); other(); };
  t.addEventListener('click', () => { if (channel !== t.dataset.channel) go(t.dataset.channel); });
  t.addEventListener('keydown', (e) => { if (/^Arrow(Left|Right)$|^(Home|End)$/.test(e.key)) { e.preventDefault(); go(TABS.at((TABS.indexOf(channel) + (e.key === 'ArrowLeft' ? 2 : e.key === 'Home' ? -TABS.indexOf(channel) : e.key === 'End' ? 2 - TABS.indexOf(channel) : 1)) % 3), true); } });
}
const box = $('sms-text');
const grow = () => { box.style.height = 'auto'; box.style.height = Math.min(box.scrollHeight + 2, 112) + 'px'; };
const submit = () => {
  const words = box.value.trim();
  if (!words || !demo || !demo.phone) return;
  box.value = '';
  grow();
  send(words);
  box.focus();
};
box.addEventListener('input', grow);
box.addEventListener('keydown', (e) => { if (e.key === 'Enter' && !e.shiftKey && !e.isComposing) { e.preventDefault(); submit(); } });
$('sms-form').addEventListener('submit', (e) => { e.preventDefault(); submit(); });
$('chat-new').addEventListener('click', () => { chats.delete(me().account); mountChat(me(), true); other(); });
document.addEventListener('parley:conversation', (e) => {
  const account = e.target.dataset.person;
  if (chats.get(account) === e.detail) return;
  chats.set(account, e.detail);
  if (account === me().account && channel === 'webchat') { tags = {}; ask(true); }
});
document.addEventListener('visibilitychange', () => ask(true));
for (const e of ['online', 'offline']) addEventListener(e, () => ask(true));
// Typing or pressing anything means somebody looks: ask more often again.
for (const e of ['pointerdown', 'keydown']) addEventListener(e, () => { if (Date.now() - active > 20000) ask(true); active = Date.now(); }, { passive: true });

const THEMES = ['auto', 'light', 'dark'];
const theme = (name) => {
  const root = document.documentElement, chat = $('chat').firstElementChild;
  if (name === 'auto') delete root.dataset.theme; else root.dataset.theme = name;
  $('theme').replaceChildren(el('span', { class: 'wide' }, 'Theme: '), name);
  $('theme').setAttribute('aria-label', 'Theme: ' + name);
  $('theme').dataset.now = name;
  try { localStorage.setItem('demo-theme', name); } catch { /* works without */ }
  if (chat && demo) mountChat(me()); // it reads its theme when it is made; the conversation goes on
};
$('theme').addEventListener('click', () => theme(THEMES[(THEMES.indexOf($('theme').dataset.now) + 1) % 3]));
let saved = 'auto';
try { saved = localStorage.getItem('demo-theme') || 'auto'; } catch { /* works without */ }
theme(THEMES.includes(saved) ? saved : 'auto');

start();
