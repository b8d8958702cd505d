// Codes in words. A code that isn't here is shown with its underscores as spaces.

const table: Record<string, string> = {
  sms: 'Text message',
  webchat: 'Web chat',
  voice: 'Phone call',
  webhook: 'Other channel',
  email: 'E-mail',
  mail: 'Letter',
  agent: 'Agent',
  senior_agent: 'Senior agent',
  supervisor: 'Supervisor',
  compliance: 'Compliance',
  admin: 'Administrator',
  auditor: 'Auditor',
  available: 'Available',
  busy: 'Busy, nothing new',
  away: 'Away',
  offline: 'Offline',
  requested_human: 'Asked for a person',
  low_confidence: 'The assistant was not sure enough',
  no_move: 'No offer is permitted',
  hardship: 'Hardship',
  identity_failed: 'Could not show who they are',
  identity_not_given: 'Would not say who they are',
  no_lawful_reply: 'No lawful reply was found',
  turn_failed: 'The assistant failed',
  template_blocked: 'The prepared text was refused',
  delivery_failed: 'A message could not be delivered',
  promise_broken_again: 'A promise was broken again',
  written_copy_failed: 'A written copy could not be made',
  change_agreement: 'Wants to change the agreement',
  approval_rejected: 'An approval was refused',
  approval_expired: 'An approval ran out',
  wrote_after_opt_out: 'Wrote after opting out',
  request_human: 'Asked for a person',
  'settlement is set to approve': 'Every settlement needs a person’s approval',
  'payment_plan is set to approve': 'Every payment plan needs a person’s approval',
  initial: 'Who we are and why we write, in full',
  subsequent: 'Who we are and why we write',
  ai: 'That an assistant writes',
  session: 'That an assistant writes, anew',
  record: 'From the account’s record',
  distress: 'Distress',
  self_harm: 'May be in danger',
  vulnerable: 'Vulnerable',
  plan_agreed: 'Plan agreed',
  promise_made: 'Promised to pay',
  past: 'Past',
  execution_failed: 'Approved, but could not be done',
  consumed: 'Approved and offered',
  superseded: 'Replaced by other terms',
  withdrawn: 'Withdrawn',
  transferring: 'Being transferred',
  mini_miranda: 'Who we are and why we write',
  ai_disclosure: 'That an assistant writes',
  call_recording: 'That the call is recorded',
  opt_out: 'How to stop messages',
  validation_notice: 'The right to dispute',
  time_barred: 'That the debt is too old to sue',
  payment_plan: 'Payment plan',
  settlement: 'Settlement',
  promise: 'Promise to pay',
  answer_balance: 'Balance',
  payment_link: 'Payment link',
  callback: 'Callback',
  dispute: 'Dispute',
  validation: 'Validation',
  update_contact: 'Change of contact',
  disputed: 'Disputed',
  cease: 'Contact stopped',
  represented: 'Has a lawyer',
  attorney: 'Has a lawyer',
  bankruptcy: 'Bankruptcy',
  deceased: 'Deceased',
  opted_out: 'Opted out',
  en: 'English',
  es: 'Spanish',
  phone: 'Phone number',
  birth_year: 'Year of birth',
  birth_date: 'Birth date',
  zip: 'ZIP code',
  full_name: 'Full name',
  open: 'Open',
  kept: 'Kept',
  partial: 'Partly kept',
  broken: 'Broken',
  proposed: 'Proposed',
  approved: 'Approved',
  accepted: 'Accepted',
  active: 'Active',
  completed: 'Completed',
  cancelled: 'Cancelled',
  rejected: 'Refused',
  expired: 'Ran out',
  offered: 'Offered',
  declined: 'Declined',
  pending: 'Waiting',
};

/** A code in words; what is words already stays as it is. */
export function say(code: string | null | undefined): string {
  if (!code) return '';
  const known = table[code];
  if (known) return known;
  const s = /\s|^[A-Z]{2,}-/.test(code) ? code.trim() : code.replace(/[_-]+/g, ' ').trim();
  return s.charAt(0).toUpperCase() + s.slice(1);
}

/** "1 message", "3 messages". */
export function count(n: number, one: string, many = one + 's'): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;
}

/** 0.934 → "93%". */
export function percent(x: number | null | undefined, digits = 0): string {
  return x === null || x === undefined || Number.isNaN(x) ? '–' : `${(100 * x).toFixed(digits)}%`;
}

export type Delivery = { word: string; tone: 'quiet' | 'ok' | 'waiting' | 'warning' | 'stop'; next?: string };

/** How an outgoing message fares, and what to do where it went wrong. */
export function delivery(status: string, reason = ''): Delivery {
  switch (status) {
    case 'queued':
    case 'held':
      return { word: 'Waiting to be sent', tone: 'waiting' };
    case 'sending':
      return { word: 'Sending…', tone: 'waiting' };
    case 'sent':
    case 'accepted':
      return { word: 'Sent', tone: 'quiet' };
    case 'delivered':
      return { word: 'Delivered', tone: 'ok' };
    case 'read':
      return { word: 'Read', tone: 'ok' };
    case 'uncertain':
      return { word: 'Not known whether it arrived', tone: 'warning', next: 'It is not sent again by itself. Ask before you repeat it.' };
    case 'cancelled':
    case 'canceled':
      return { word: 'Not sent: cancelled', tone: 'warning', next: 'What happened since made it wrong to send.' };
    case 'discarded':
    case 'superseded':
      return { word: 'Not sent: somebody else had taken over', tone: 'warning' };
    case 'blocked':
      return { word: 'Not sent: a rule stopped it', tone: 'stop' };
    case 'failed':
    case 'undelivered':
      return {
        word: 'Not delivered',
        tone: 'stop',
        next: /opt|stop|unsub/i.test(reason)
          ? 'They have opted out. Don’t try another way.'
          : 'Check the number, or try another channel that is allowed.',
      };
    default:
      return { word: '', tone: 'quiet' };
  }
}
