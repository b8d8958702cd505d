// Made-up people and conversations in every state, for the mock: the same each time.

const first = ['Angela', 'Marcus', 'Priya', 'Tom', 'Lucía', 'Dwayne', 'Mei', 'Sofia', 'Ahmed', 'Grace', 'Jorge', 'Hannah'];
const rest = 'TBCDEGHKLMNPRSVW';
const channels = ['sms', 'webchat', 'voice', 'sms', 'webchat'];
const reasons = [
  ['requested_human', 'Asked for a person', 'can i talk to a real person please'],
  ['low_confidence', 'The assistant was not sure enough', 'i sent it to the other place, the one from before'],
  ['dispute', 'Disputes the debt', 'this isn’t mine, I never had a card with you'],
  ['hardship', 'Says they can’t pay now', 'they cut my hours, I have two kids'],
  ['no_move', 'No offer is permitted', 'I can do $20 a month and that’s it'],
];

let seed = 7;
const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
const pick = (list) => list[Math.floor(random() * list.length)];
export const iso = (msAgo) => new Date(Date.now() - msAgo).toISOString();
const MIN = 60_000;

export const people = [
  { name: 'dana', display: 'Dana Reyes', role: 'agent' },
  { name: 'luis', display: 'Luis Ortega', role: 'senior_agent' },
  { name: 'sam', display: 'Sam Whitfield', role: 'supervisor' },
  { name: 'noor', display: 'Noor Haddad', role: 'compliance' },
];
const agentMay = [
  'conversation:read',
  'conversation:reply',
  'handoff:read',
  'handoff:claim',
  'handoff:transfer',
  'handoff:resolve',
  'approval:read',
  'approval:decide',
  'note:write',
  'data:reveal',
  'account:read',
];
export const permissions = {
  agent: agentMay,
  senior_agent: agentMay,
  supervisor: [
    ...agentMay,
    'handoff:reassign',
    'team:monitor',
    'conversation:whisper',
    'conversation:takeover',
    'canned:write',
    'data:export',
    'report:read',
    'blocked:read',
  ],
  compliance: [
    'conversation:read',
    'handoff:read',
    'approval:read',
    'approval:decide',
    'report:read',
    'blocked:read',
    'team:monitor',
    'note:write',
    'data:reveal',
    'data:export',
  ],
};

function item(n, control) {
  const [code, text, words] = reasons[n % reasons.length];
  const age = Math.floor(random() * 50) * MIN + 20_000;
  const own = ['human', 'wrapping'].includes(control);
  const holder = own ? (n % 2 ? 'dana' : 'luis') : null;
  const handed = control !== 'bot';
  return {
    conversation: `cv_${String(n).padStart(4, '0')}`,
    handoff: handed ? `ho_${n}` : null,
    name: `${first[n % first.length]} ${rest[n % rest.length]}.`,
    channel: pick(channels),
    language: n % 7 === 4 ? 'es' : 'en',
    account: `•••${1000 + ((n * 37) % 9000)}`,
    portfolio: 'northwind-cards',
    control,
    epoch: 3,
    holder,
    holder_display: people.find((p) => p.name === holder)?.display ?? null,
    offered_to: control === 'offered' ? 'dana' : null,
    offer_until: control === 'offered' ? new Date(Date.now() + 45_000).toISOString() : null,
    transfer_to: null,
    reasons: handed ? [code] : [],
    reason_text: handed ? text : '',
    words: handed ? words : '',
    priority: n === 3 ? 3 : n % 3,
    lane: n === 3 ? 'distress' : '',
    since: handed ? iso(age + MIN) : null,
    waiting_since: handed && control !== 'wrapping' ? iso(age) : null,
    deadline: handed ? new Date(Date.now() - age + (n % 4 === 1 ? 20 : 60) * MIN).toISOString() : null,
    unread: handed ? n % 4 : 0,
    last: {
      from: handed ? 'person' : 'bot',
      text: handed ? words : 'You could pay $103.34 a month for 12 months. Shall I set that up?',
      at: iso(age),
    },
    mode: 'auto',
    viewers: n === 2 ? ['luis'] : [],
  };
}

export function makeWorld(size = 60) {
  const controls = ['queued', 'human', 'queued', 'queued', 'bot', 'offered', 'bot', 'human', 'bot', 'wrapping', 'queued', 'bot'];
  const items = Array.from({ length: size }, (_, n) => item(n, n < 12 ? controls[n] : pick(['bot', 'bot', 'bot', 'queued', 'human'])));
  items[1].holder = 'dana';
  items[1].holder_display = 'Dana Reyes';
  items[1].channel = 'sms';
  items[9].holder = 'dana';
  return items;
}

export function messages(i) {
  const m = (seq, minutes, from, text, more = {}) => ({
    seq,
    id: `${i.conversation}-m${seq}`,
    direction: from === 'person' ? 'in' : 'out',
    from,
    name: { bot: 'Ava', agent: 'luis' }[from] ?? '',
    text,
    at: iso(minutes * MIN),
    status: from === 'person' ? 'received' : 'delivered',
    ...more,
  });
  const list = [
    m(
      1,
      64,
      'bot',
      'This is Ava, an AI assistant of Northwind Bank. This is an attempt to collect a debt; what you tell me is used for that. To be sure it is you: what is your ZIP code?',
      { turn: 't1', confidence: 0.99, checks: ['OD-AI-01', 'OD-MIRANDA-01', 'OD-STOP-01'] },
    ),
    m(2, 63, 'person', '78701'),
    m(
      3,
      62,
      'bot',
      'Thank you. Your balance is $1,240.00. You could pay $103.34 a month for 12 months, or settle it at once for less. What would help?',
      {
        turn: 't2',
        confidence: 0.93,
        checks: ['OD-AMOUNT-01', 'OD-THREAT-01'],
        choices: [
          { id: 'a', label: '12 payments of $103.34' },
          { id: 'b', label: 'Settle for $1,116.00' },
        ],
        status: 'read',
      },
    ),
    m(4, 60, 'person', 'i sent it to the other place, the one from before'),
    m(5, 59, 'bot', 'Do you mean that you have already paid someone else?', { turn: 't3', confidence: 0.71, checks: ['OD-AMOUNT-01'] }),
    m(6, 40, 'person', i.words || 'ok and when is the first one due'),
  ];
  if (i.control !== 'bot') list.push(m(7, 39, 'system', 'Handed to a person. They were told that somebody will answer soon.'));
  if (['human', 'wrapping'].includes(i.control)) {
    list.push(
      m(8, 12, 'agent', 'Hi, this is Dana, a person. I have read what you wrote and I’m looking for that payment.', {
        name: i.holder,
        status: 'delivered',
      }),
    );
    list.push(m(9, 8, 'person', 'thanks. it was in march, to Harlow Recovery'));
    list.push(
      m(10, 6, 'agent', 'I can see no payment of March here. Can you send me a picture of the receipt?', {
        name: i.holder,
        status: 'failed',
        reason: 'carrier_rejected',
      }),
    );
  }
  if (i.channel === 'voice') list[2] = { ...list[2], heard: 'Thank you. Your balance is $1,240.00. You could pay' };
  return list;
}

export function panel(i) {
  return {
    person: {
      name: i.name,
      masked: { phone: '+1 ••• ••• 0123', birth_date: '••••-••-••', zip: '•••••' },
      verified: i.control !== 'queued',
      language: i.language,
      local_time: '18:42',
      zone: 'America/Los_Angeles',
    },
    account: {
      id: 'acct-1001',
      creditor: 'Northwind Bank',
      last4: i.account.slice(-4),
      balance: { amount: '1240.00', currency: 'USD' },
      itemization: { date: '2025-03-01', amount: '1180.00', interest: '60.00', fees: '0.00', payments: '0.00', credits: '0.00' },
      portfolio: i.portfolio,
      flags: i.reasons.includes('dispute')
        ? [{ name: 'disputed', since: iso(40 * MIN), why: 'They wrote that the debt isn’t theirs' }]
        : [],
    },
    contact: [
      {
        channel: 'sms',
        allowed: true,
        until: new Date(Date.now() + 140 * MIN).toISOString(),
        why: [{ rule: 'CG-HOURS-01', citation: '12 CFR 1006.6(b)(1)', text: 'Texts between 8 am and 9 pm their time.' }],
        next: null,
        consent: { source: 'web form', at: iso(24 * 24 * 60 * MIN) },
      },
      {
        channel: 'voice',
        allowed: false,
        until: null,
        why: [{ rule: 'CG-FREQ-01', citation: '12 CFR 1006.14(b)', text: 'Seven calls in seven days were made.' }],
        next: new Date(Date.now() + 3 * 24 * 60 * MIN).toISOString(),
        consent: null,
      },
    ],
    contacts_7d: { calls: 7, texts: 3 },
    disclosures: [
      { name: 'mini_miranda', given_at: iso(64 * MIN), due: false },
      { name: 'ai_disclosure', given_at: iso(64 * MIN), due: false },
      { name: 'time_barred', given_at: null, due: true },
    ],
    limits: {
      settlement_floor_role: { amount: '992.00', currency: 'USD' },
      max_months: 12,
      min_payment: '25.00',
      text: 'You may go down to $992.00',
    },
    offers: [
      { kind: 'payment_plan', terms: '12 payments of $103.34 from Fri, Dec 4', made_at: iso(62 * MIN), state: 'offered' },
      { kind: 'settlement', terms: '$1,116.00 at once', made_at: iso(62 * MIN), state: 'declined' },
    ],
    agreement: null,
    promises: [{ id: 'p1', amount: { amount: '50.00', currency: 'USD' }, due: '2026-12-04', method: 'card', state: 'open' }],
    approvals: [],
    notes: notes(i),
    past: [{ conversation: 'cv_0006', channel: 'voice', at: iso(20 * 24 * 60 * MIN), disposition: 'promise_made' }],
  };
}

export const notes = (i) =>
  i.control === 'human'
    ? [
        {
          id: 'n1',
          who: 'luis',
          display: 'Luis Ortega',
          at: iso(11 * MIN),
          text: 'Harlow Recovery had this account until April. Ask them for the March list.',
          kind: 'note',
        },
      ]
    : [];

export const handoff = (i) => ({
  id: i.handoff,
  since: i.since,
  reasons: i.reasons.map((code) => ({
    code,
    text: i.reason_text,
    words: i.words,
    detail: 'asked twice, understood neither answer',
    confidence: 0.41,
    features: { classifier_margin: 0.12, repeats: 2, repairs: 1, distress: false },
    steps: ['understand', 'assess'],
    turn: 't3',
  })),
});

export const turns = [
  { id: 't1', input_seq: 0, started: iso(64 * MIN), steps: steps(1) },
  { id: 't3', input_seq: 4, started: iso(59 * MIN), steps: steps(3) },
];
function steps(n) {
  const names = [
    'receive',
    'normalise',
    'redact',
    'claim',
    'keyword',
    'lease',
    'load',
    'identify',
    'detect',
    'understand',
    'assess',
    'negotiate',
    'decide',
    'validate',
    'authorise',
    'compose',
    'guard',
    'gate',
    'deliver',
    'confirm',
  ];
  return names.map((name, k) => ({
    name,
    started: iso(59 * MIN),
    ms: +(0.05 + ((k * 7 + n) % 13) * 0.41).toFixed(2),
    attempt: name === 'decide' && n === 3 ? 2 : 1,
    outcome: name === 'understand' && n === 3 ? 'fallback' : name === 'assess' && n === 3 ? 'handoff' : 'ok',
    input: null,
    output: name === 'guard' ? { findings: [{ rule: 'OD-AMOUNT-01', outcome: 'allow' }] } : { ok: true },
    versions: { rulebook: '2026-11' },
    error: name === 'understand' && n === 3 ? 'no intent above its threshold' : null,
  }));
}
