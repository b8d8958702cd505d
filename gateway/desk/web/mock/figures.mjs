// Made-up approvals, figures and texts for the mock.
import { iso } from './world.mjs';

const MIN = 60_000;

const terms = (total) => ({
  offer: 'of_1',
  kind: 'settlement',
  total: { amount: total, currency: 'USD' },
  installments: [{ due: '2026-12-04', amount: total }],
  expires: '2026-12-06',
});
export const approvals = () => [
  {
    id: 'ap_1',
    conversation: 'cv_0001',
    account: 'acct-1001',
    requested_by: 'bot',
    action: 'settlement',
    args: terms('868.00'),
    args_sha256: 'a'.repeat(64),
    risk_reasons: ['below_agent_authority', 'first_settlement_of_this_person'],
    state: 'pending',
    created_at: iso(4 * MIN),
    expires_at: new Date(Date.now() + 26 * MIN).toISOString(),
  },
  {
    id: 'ap_2',
    conversation: 'cv_0007',
    account: 'acct-1007',
    requested_by: 'sam',
    action: 'settlement',
    args: terms('744.00'),
    args_sha256: 'b'.repeat(64),
    risk_reasons: ['below_agent_authority'],
    state: 'pending',
    created_at: iso(9 * MIN),
    expires_at: new Date(Date.now() + 3 * MIN).toISOString(),
  },
];
export const blocked = () => [
  {
    at: iso(3 * MIN),
    conversation: 'cv_0001',
    who: 'human:dana',
    rules: [threat('we will take you to court')],
    text: 'If you don’t pay today we will take you to court.',
  },
  {
    at: iso(50 * MIN),
    conversation: 'cv_0004',
    who: 'bot',
    rules: [
      {
        rule: 'OD-AMOUNT-01',
        citation: '12 CFR 1006.18(b)(2)',
        severity: 'block',
        why: 'The figure is not one of the offer.',
        words: '$99.00',
        suggestion: '',
      },
    ],
    text: 'You could pay $99.00 a month.',
  },
];
export const threat = (words, start) => ({
  rule: 'OD-THREAT-01',
  citation: '15 USC 1692e(4), (5)',
  severity: 'block',
  why: 'This threatens what is not intended or not lawful.',
  words,
  ...(start === undefined ? {} : { start, end: start + words.length }),
  suggestion: 'I’d like to find a plan you can keep.',
});
export const reliability = {
  window: 'last 30 days',
  conversations: 4182,
  success: { rate: 0.957, lower: 0.95, upper: 0.963 },
  by_capability: [
    ['payment_plan', 1210, 0.961, 0.949, 0.97],
    ['answer_balance', 1704, 0.988, 0.982, 0.992],
    ['promise', 604, 0.947, 0.926, 0.962],
    ['settlement', 212, 0.915, 0.87, 0.946],
  ].map(([capability, conversations, rate, lower, upper]) => ({ capability, conversations, rate, lower, upper })),
  failures: [
    { mode: 'understood_wrongly', count: 61, conversation: 'cv_0004' },
    { mode: 'gave_up_waiting', count: 44 },
    { mode: 'delivery_failed', count: 19 },
  ],
  time_to_resolution: { p50_s: 312, p90_s: 5400 },
  handoffs: { rate: 0.118, by_reason: { requested_human: 214, low_confidence: 121, dispute: 88, hardship: 70 } },
  override_rate: 0.061,
  draft_edit_rate: 0.34,
};
export const dispositions = [
  { code: 'plan_agreed', label: 'Plan agreed', to_bot: true, effect: '' },
  { code: 'promise_made', label: 'Promise to pay', to_bot: true, effect: '' },
  { code: 'question_answered', label: 'Question answered', to_bot: true, effect: '' },
  { code: 'disputed', label: 'Disputes the debt', to_bot: false, effect: 'Marks the account disputed and stops collection' },
  { code: 'attorney', label: 'Has a lawyer', to_bot: false, effect: 'Stops all contact with the person' },
  { code: 'cease', label: 'Asked us to stop', to_bot: false, effect: 'Stops all contact and cancels what is queued' },
  { code: 'hardship', label: 'Hardship', to_bot: false, effect: 'Pauses collection' },
  { code: 'no_resolution', label: 'No resolution', to_bot: true, effect: '' },
];
export const canned = [
  {
    id: 'c1',
    shortcut: 'hello',
    title: 'Greeting by a person',
    text: 'Hi, this is Dana, a person at Northwind Bank. I have read what you wrote.',
    language: 'en',
    scope: 'mine',
    locked: false,
  },
  {
    id: 'c2',
    shortcut: 'dispute',
    title: 'How to dispute',
    text: 'You can dispute this debt by writing to PO Box 1, Austin TX 78701. While we look into it, we don’t collect.',
    language: 'en',
    scope: 'all',
    locked: true,
  },
  {
    id: 'c3',
    shortcut: 'hola',
    title: 'Saludo',
    text: 'Hola, soy Dana, una persona de Northwind Bank.',
    language: 'es',
    scope: 'team',
    locked: false,
  },
];
