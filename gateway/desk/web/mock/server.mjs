// A stand-in for the service, for working on the page and looking at it: everything is made
// up and kept in memory. npm run mock, then http://localhost:8099/desk. Not part of Parley.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import * as figures from './figures.mjs';
import * as world from './world.mjs';

const w = { ...world, ...figures };

const port = Number(process.env.PORT ?? 8099);
const size = Number(process.env.SIZE ?? 60);
const dist = fileURLToPath(new URL('../../page/dist', import.meta.url));
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.md': 'text/plain',
};
const csp =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
let items = w.makeWorld(size);
let mode = 'full'; // full | empty | broken | slow
let who = null;
let seq = 100;
let status = 'available';
const extra = new Map(); // messages and notes written here, by conversation
const drafts = new Map();
const canned = [...w.canned];
const sockets = new Set();

const problem = (code, detail, more = {}) => ({ code, body: { status: code, title: 'refused', detail, ...more } });
const of = (id) => items.find((i) => i.conversation === id);
const byHandoff = (id) => items.find((i) => i.handoff === id);
function happened(name, i) {
  for (const s of sockets)
    s.send(
      JSON.stringify({ type: 'event', seq: ++seq, name, conversation: i.conversation, handoff: i.handoff, at: new Date().toISOString() }),
    );
}
function change(i, more) {
  Object.assign(i, more, { epoch: i.epoch + 1 });
  happened('control.changed', i);
  return { ok: true };
}
const inView = {
  offered: (i) => i.control === 'offered' && i.offered_to === who,
  mine: (i) => i.holder === who,
  unassigned: (i) => i.control === 'queued',
  team: (i) => i.control === 'human',
  bot: (i) => i.control === 'bot',
  waiting: (i) => i.control === 'human' && i.last.from === 'agent',
  all: () => true,
  approvals: () => false,
};

function list(q) {
  const view = q.get('view') ?? 'all';
  const s = (q.get('q') ?? '').toLowerCase();
  const all = mode === 'empty' ? [] : items;
  const found = all.filter(inView[view] ?? (() => true)).filter((i) => !s || `${i.name} ${i.account} ${i.words}`.toLowerCase().includes(s));
  const key =
    { wait: (i) => i.waiting_since ?? '9', priority: (i) => String(9 - i.priority), deadline: (i) => i.deadline ?? '9' }[q.get('sort')] ??
    ((i) => i.conversation);
  found.sort((a, b) => key(a).localeCompare(key(b)));
  const from = Number(q.get('cursor') || 0);
  const limit = Number(q.get('limit') || 50);
  const counts = Object.fromEntries(Object.entries(inView).map(([v, f]) => [v, all.filter(f).length]));
  counts.approvals = mode === 'empty' ? 0 : w.approvals().length;
  return {
    items: found.slice(from, from + limit),
    next: from + limit < found.length ? String(from + limit) : '',
    counts,
    oldest_wait_since:
      all
        .map((i) => i.waiting_since)
        .filter(Boolean)
        .sort()[0] ?? null,
  };
}

function conversation(i) {
  const role = w.people.find((p) => p.name === who).role;
  const mine = i.holder === who;
  const more = extra.get(i.conversation) ?? { messages: [], notes: [] };
  const speaks = role !== 'compliance';
  return {
    item: i,
    messages: [...w.messages(i), ...more.messages],
    handoff: i.handoff ? w.handoff(i) : null,
    notes: [...w.notes(i), ...more.notes],
    draft: drafts.get(i.conversation) ?? null,
    brief: i.control === 'human' ? 'Says they paid Harlow Recovery in March. Nothing is promised yet.' : '',
    can: {
      reply: mine && i.control === 'human',
      claim: speaks && i.control === 'queued',
      take_over: speaks && !mine && (i.control !== 'human' || role === 'supervisor') && i.control !== 'queued',
      release: mine && i.control === 'human',
      transfer: mine && i.control === 'human',
      wrap: mine && i.control === 'human',
      resolve: mine,
      return_to_bot: mine && !i.reasons.includes('dispute'),
      whisper: role === 'supervisor' && i.control === 'human' && !mine,
      reveal: true,
      export: role !== 'agent',
      request_approval: mine,
    },
    why_not: i.reasons.includes('dispute') ? { return_to_bot: 'a dispute is open' } : {},
  };
}

function check(text) {
  const findings = [];
  const bad = /we will (take you to court|sue you|garnish[^.]*)/i.exec(text);
  if (bad) findings.push(w.threat(bad[0], bad.index));
  const soon = /\b(urgent|final notice|immediately)\b/i.exec(text);
  if (soon)
    findings.push({
      rule: 'OD-TONE-02',
      citation: '12 CFR 1006.14(a)',
      severity: 'warn',
      why: 'This presses more than the matter needs.',
      words: soon[0],
      start: soon.index,
      end: soon.index + soon[0].length,
      suggestion: 'when you can',
    });
  return {
    findings,
    final: bad ? null : `${text}\n\nReply STOP to end messages.`,
    segments: Math.ceil((text.length + 28) / 160),
    characters: text.length + 28,
    encoding: /[^\x00-\x7f]/.test(text) ? 'UCS-2' : 'GSM-7',
    allowed: true,
    until: null,
  };
}

const routes = [
  ['GET /desk/signin-options', () => ({ local: true, oidc: true, demo: w.people })],
  ['GET /desk/session', () => (who ? session() : problem(401, 'nobody is signed in'))],
  [
    'POST /desk/session',
    (_, b) =>
      b.password === 'wrong'
        ? problem(401, 'The name or the password is wrong.')
        : b.name === 'sam' && !b.code
          ? problem(401, 'A code is needed.', { code: 'totp_needed' })
          : signIn(b.name),
  ],
  ['POST /desk/demo-session', (_, b) => signIn(b.name)],
  [
    'DELETE /desk/session',
    () => {
      who = null;
      return {};
    },
  ],
  [
    'POST /desk/session/totp',
    (_, b) =>
      b.code
        ? { ...session(), recovery_codes: ['4f2k-91xa', '77mq-0c3d', 'p0ze-66tt', 'a19s-k2k2'] }
        : {
            secret: 'JBSW Y3DP EHPK 3PXP',
            uri: 'otpauth://totp/Parley',
            qr: 'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"%3E%3Cpath d="M0 0h3v3h-3zM5 0h3v3h-3zM0 5h3v3h-3zM4 4h1v1h-1zM6 6h2v1h-2z"/%3E%3C/svg%3E',
          },
  ],
  ['POST /desk/password', () => ({})],
  ['GET /api/v1/me', () => ({ ...session(), status, capacity: 5, load: items.filter((i) => i.holder === who).length })],
  [
    'PUT /api/v1/me/status',
    (_, b) => {
      status = b.status;
      return {};
    },
  ],
  ['GET /api/v1/agents', () => ({ agents: agents() })],
  ['GET /api/v1/desk/items', (_, __, q) => list(q)],
  ['GET /api/v1/desk/conversations/:id', ([id]) => (of(id) ? conversation(of(id)) : problem(404, 'There is no such conversation.'))],
  ['GET /api/v1/desk/conversations/:id/panel', ([id]) => w.panel(of(id))],
  ['GET /api/v1/conversations/:id/trace', () => ({ turns: w.turns })],
  ['POST /api/v1/conversations/:id/messages', ([id], b) => write(of(id), b.text)],
  ['POST /api/v1/desk/conversations/:id/check', (_, b) => check(b.text)],
  [
    'PUT /api/v1/desk/conversations/:id/draft',
    ([id], b) => {
      drafts.set(id, { text: b.text, at: w.iso(0) });
      return {};
    },
  ],
  [
    'DELETE /api/v1/desk/conversations/:id/draft',
    ([id]) => {
      drafts.delete(id);
      return {};
    },
  ],
  [
    'GET /api/v1/desk/conversations/:id/suggestions',
    ([id]) => ({
      suggestions: extra.get(id)?.messages.length
        ? []
        : [
            {
              id: 's1',
              kind: 'payment_plan',
              text: 'I can set up 12 payments of $103.34, the first on Fri, Dec 4. Would that work for you?',
              reason: 'Within your authority',
              source: 'engine',
            },
            {
              id: 's2',
              kind: 'reply',
              text: 'Thank you. I’ll ask Harlow Recovery for their list of March and write to you by Friday.',
              reason: 'Answers what they asked',
              source: 'model',
            },
          ],
      last_seq: 99,
    }),
  ],
  ['POST /api/v1/desk/conversations/:id/suggestions/:s/reject', () => ({})],
  ['POST /api/v1/desk/conversations/:id/notes', ([id], b) => note(of(id), b.text, 'note')],
  ['POST /api/v1/desk/conversations/:id/whisper', ([id], b) => note(of(id), b.text, 'whisper')],
  ['POST /api/v1/desk/conversations/:id/takeover', ([id]) => take(of(id))],
  ['POST /api/v1/desk/conversations/:id/approvals', () => ({ id: 'ap_9' })],
  [
    'POST /api/v1/desk/accounts/:id/reveal',
    (_, b) => ({ value: { phone: '+1 512 555 0123', zip: '78701', full_name: 'Angela Torres' }[b.field] ?? '1986' }),
  ],
  [
    'POST /api/v1/handoffs/:id/claim',
    ([id]) =>
      byHandoff(id).control === 'queued' ? take(byHandoff(id)) : problem(409, 'Luis has it.', { code: 'control_changed', holder: 'luis' }),
  ],
  ['POST /api/v1/handoffs/:id/accept', ([id]) => take(byHandoff(id))],
  ['POST /api/v1/handoffs/:id/decline', ([id]) => change(byHandoff(id), { control: 'queued', offered_to: null })],
  ['POST /api/v1/handoffs/:id/release', ([id]) => change(byHandoff(id), { control: 'queued', holder: null })],
  ['POST /api/v1/handoffs/:id/transfer', ([id], b) => change(byHandoff(id), { transfer_to: b.to })],
  ['POST /api/v1/handoffs/:id/transfer/cancel', ([id]) => change(byHandoff(id), { transfer_to: null })],
  ['POST /api/v1/handoffs/:id/wrap', ([id]) => change(byHandoff(id), { control: 'wrapping' })],
  ['POST /api/v1/handoffs/:id/resolve', ([id], b) => change(byHandoff(id), { control: b.to === 'bot' ? 'bot' : 'closed', holder: null })],
  ['GET /api/v1/desk/dispositions', () => w.dispositions],
  ['GET /api/v1/desk/canned', () => canned],
  [
    'POST /api/v1/desk/canned',
    (_, b) => {
      canned.push({ ...b, id: `c${canned.length + 1}` });
      return {};
    },
  ],
  [
    'GET /api/v1/desk/team',
    () => ({
      agents: agents(),
      queue: {
        waiting: 4,
        oldest_since: w.iso(44 * 60_000),
        breaching: 2,
        abandoned: 1,
        by_reason: { requested_human: 2, low_confidence: 1, dispute: 1 },
      },
      conversations: { bot: 20, human: 7 },
    }),
  ],
  ['GET /api/v1/desk/blocked', () => ({ blocked: mode === 'empty' ? [] : w.blocked() })],
  ['GET /api/v1/approvals', () => ({ approvals: mode === 'empty' ? [] : w.approvals() })],
  ['POST /api/v1/approvals/:id/decision', () => ({})],
  ['GET /api/v1/reports/reliability', () => (mode === 'empty' ? { ...w.reliability, conversations: 0 } : w.reliability)],
  ['POST /mock', (_, b) => mock(b)],
].map(([route, run]) => ({ route, run, pattern: new RegExp('^' + route.replace(/:[a-z]+/g, '([^/]+)') + '$') }));

const session = () => {
  const p = w.people.find((x) => x.name === who);
  return { ...p, permissions: w.permissions[p.role], demo: true, expires: w.iso(-3_600_000) };
};
const signIn = (name) => {
  if (!w.people.some((p) => p.name === name)) return problem(401, 'The name or the password is wrong.');
  who = name;
  return session();
};
const agents = () =>
  w.people.map((p, n) => ({
    ...p,
    status: ['available', 'busy', 'available', 'away'][n],
    online: n < 3,
    load: n + 1,
    capacity: 5,
    viewing: n === 1 ? 'cv_0002' : null,
    longest_minutes: [2, 4, 7, 0][n],
  }));
const take = (i) =>
  change(i, {
    control: 'human',
    holder: who,
    holder_display: w.people.find((p) => p.name === who).display,
    offered_to: null,
    transfer_to: null,
    handoff: i.handoff ?? 'ho_x' + i.conversation,
  });
const kept = (i) => {
  if (!extra.has(i.conversation)) extra.set(i.conversation, { messages: [], notes: [] });
  return extra.get(i.conversation);
};
function note(i, text, kind) {
  const n = { id: 'x' + Math.random(), who, display: who, at: w.iso(0), text, kind };
  kept(i).notes.push(n);
  happened('note.added', i);
  return n;
}
function write(i, text, from = 'agent') {
  const { findings } = check(text);
  if (from === 'agent' && findings.some((f) => f.severity === 'block'))
    return problem(422, 'A rule stops this text.', { code: 'blocked', findings });
  const all = kept(i).messages;
  all.push({
    seq: 20 + all.length,
    id: `${i.conversation}-x${all.length}`,
    direction: from === 'agent' ? 'out' : 'in',
    from,
    name: from === 'agent' ? who : '',
    text,
    at: w.iso(0),
    status: from === 'agent' ? 'sent' : 'received',
  });
  happened(from === 'agent' ? 'message.sent' : 'message.received', i);
  return {};
}
function mock(b) {
  if (b.mode) mode = b.mode;
  if (b.size) items = w.makeWorld(b.size);
  if (b.sign !== undefined) {
    who = b.sign;
    drafts.clear();
    extra.clear();
  }
  if (b.say) write(of(b.say), b.text ?? 'are you still there?', 'person');
  if (b.frame) for (const s of sockets) s.send(JSON.stringify(b.frame));
  if (b.drop) for (const s of sockets) s.close();
  return {};
}

const server = createServer(async (req, res) => {
  const url = new URL(req.url, 'http://x');
  const page = url.pathname === '/desk' || url.pathname === '/desk/' ? '/index.html' : url.pathname.replace(/^\/desk/, '');
  const hit = routes.map((r) => ({ ...r, m: r.pattern.exec(`${req.method} ${url.pathname}`) })).find((r) => r.m);
  if (!hit) {
    try {
      const body = await readFile(join(dist, normalize(page)));
      res.writeHead(200, {
        'Content-Type': types[extname(page)] ?? 'text/plain',
        'Content-Security-Policy': csp,
        'Cache-Control': 'no-store',
      });
      return res.end(body);
    } catch {
      res.writeHead(404);
      return res.end('{}');
    }
  }
  let text = '';
  for await (const part of req) text += part;
  const own = hit.route.includes('/mock') || hit.route.includes(' /desk/');
  if (mode === 'slow' && !own) await new Promise((r) => setTimeout(r, 20_000));
  let out =
    mode === 'broken' && !own
      ? problem(503, 'The record can’t be read just now.')
      : !own && !who
        ? problem(401, 'nobody is signed in')
        : hit.run(hit.m.slice(1), text ? JSON.parse(text) : {}, url.searchParams);
  const status = out?.code >= 400 && out.body ? out.code : 200;
  if (status !== 200) out = out.body;
  res.writeHead(status, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify(out));
});
const wss = new WebSocketServer({ server, path: '/api/v1/events' });
wss.on('connection', (s) => {
  if (mode === 'broken') return s.close();
  sockets.add(s);
  s.on('close', () => sockets.delete(s));
  s.on('message', (data) => {
    const f = JSON.parse(data);
    if (f.type === 'hello') {
      s.send(JSON.stringify({ type: 'welcome', seq, resumed: !!f.since }));
      s.send(JSON.stringify({ type: 'presence', agents: agents() }));
      s.send(JSON.stringify({ type: 'viewing', conversation: 'cv_0001', who: ['luis'], typing: [] }));
    } else if (f.type === 'ping') s.send('{"type":"pong"}');
  });
});
server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/desk`));
