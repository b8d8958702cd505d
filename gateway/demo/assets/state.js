// The head of the right side: who has control, who it is, how sure, what was agreed.
import { el, icon, $, same, money, cents, day, words, plural, exact, clock } from './kit.js';

const CONTROL = {
  bot: ['ok', 'bot', 'The assistant speaks'], queued: ['waiting', 'wait', 'Waits for a person'], offered: ['waiting', 'wait', 'Offered to a person'],
  human: ['accent', 'handoff', 'A person speaks'], wrapping: ['waiting', 'handoff', 'A person is writing it up'], closed: ['mute', 'skipped', 'Closed'],
};
const LANG = { en: 'English', es: 'Spanish' };
const DONE = { proposed: 'waits for a person’s approval', accepted: 'accepted', approved: 'approved', active: 'under way', completed: 'paid', broken: 'broken', cancelled: 'cancelled' };

/** showState draws it; null is a conversation that has not begun. */
export const showState = (c) => {
  const place = $('state');
  if (same(place, c)) return;
  place.dataset.control = c ? c.control : '';
  place.replaceChildren(facts(c), ...(c ? [handoff(c), agreement(c), promise(c)].filter(Boolean) : []));
};

const fact = (name, kind, sign, label, value, title) => el('div', { class: 'fact ' + kind, 'data-fact': name, title },
  icon(sign), el('dt', {}, label), el('dd', {}, value));

const facts = (c) => {
  if (!c) {
    return el('dl', { class: 'facts' }, fact('control', 'mute', 'bot', 'Control', 'Nobody has written yet'), fact('identity', 'mute', 'lock', 'Identity', '–'),
      fact('confidence', 'mute', 'gauge', 'Confidence', '–'), fact('law', 'mute', 'flag', 'In law', '–'));
  }
  const [kind, sign, text] = CONTROL[c.control] || ['mute', 'skipped', words(c.control)];
  const law = [...(c.opted_out ? ['opted out'] : []), ...c.flags.map(words)];
  return el('dl', { class: 'facts' },
    fact('control', kind, sign, 'Control', text, 'Epoch ' + c.epoch + ': what was written under an older one is never sent'),
    fact('identity', c.verified ? 'ok' : 'mute', c.verified ? 'lock' : 'unlock', 'Identity', c.verified ? 'Verified, ' + c.account : c.attempts ? 'Not verified, ' + plural(c.attempts, 'failed try', 'failed tries') : 'Not verified: no debt fact is said',
      'Birth dates and ZIP codes are kept as keyed hashes only'),
    fact('confidence', 'plain', 'gauge', 'Confidence', c.confidence ? Math.round(c.confidence * 100) + '% likely right' : 'Not needed so far', 'How likely it is that the last turn assessed was understood and answered rightly'),
    fact('law', law.length ? 'warning' : 'mute', 'flag', 'In law', law.length ? law.join(', ') : 'No flag. Speaks ' + (LANG[c.language] || c.language)));
};

const handoff = (c) => c.handoff && el('section', { class: 'card waiting', 'data-handoff': true, 'aria-label': 'Hand-off' },
  el('h3', {}, icon('handoff'), el('span', {}, c.handoff.holder ? 'With ' + c.handoff.holder : 'Handed to a person'), el('time', { datetime: c.handoff.since, title: exact(c.handoff.since) }, 'since ' + clock(c.handoff.since))),
  el('ul', {}, c.handoff.reasons.map((r) => el('li', { 'data-reason': r.code }, el('b', {}, words(r.code)), r.detail ? ' ' + r.detail : '', r.words ? el('q', {}, r.words) : ''))));

const agreement = (c) => {
  const a = c.agreement;
  if (!a) return null;
  const sum = a.installments.reduce((n, i) => n + cents(i.amount), 0), fits = sum === cents(a.total);
  return el('section', { class: 'card ok', 'data-agreement': a.state, 'aria-label': 'Agreement' },
    el('h3', {}, icon('paper'), el('span', {}, words(a.kind) + ', ' + (DONE[a.state] || words(a.state)))),
    el('div', { class: 'plan-of' }, el('div', { class: 'table', tabindex: '0', role: 'group', 'aria-label': 'Payments' },
      el('table', {},
        el('thead', {}, el('tr', {}, ['#', 'Due', 'Amount'].map((h) => el('th', { scope: 'col' }, h)))),
        el('tbody', {}, a.installments.map((i, n) => el('tr', {}, el('td', {}, String(n + 1)), el('td', {}, el('time', { datetime: i.due }, day(i.due))), el('td', {}, money(i.amount))))),
        el('tfoot', {}, el('tr', {}, el('td', {}), el('th', { scope: 'row' }, 'Total'), el('td', {}, money(a.total)))))),
    el('div', {}, el('dl', {}, el('dt', {}, 'Payments'), el('dd', {}, String(a.installments.length)),
      ...(a.installments.length ? [el('dt', {}, 'First'), el('dd', {}, day(a.installments[0].due)), el('dt', {}, 'Last'), el('dd', {}, day(a.installments[a.installments.length - 1].due))] : []), el('dt', {}, 'In all'), el('dd', {}, money(a.total))),
    el('p', { class: fits ? 'sums' : 'sums wrong', 'data-adds-up': String(fits) }, icon(fits ? 'ok' : 'alert'), fits ? 'Adds up to the cent' : 'Does not add up: ' + money((sum / 100).toFixed(2))))));
};

const promise = (c) => c.promise && el('section', { class: 'card ok', 'data-promise': c.promise.state, 'aria-label': 'Promise' },
  el('h3', {}, icon('paper'), el('span', {}, 'Promise, ' + words(c.promise.state))), el('p', {}, money(c.promise.amount) + ' by ' + (c.promise.due ? day(c.promise.due) : 'a day to be agreed')));
