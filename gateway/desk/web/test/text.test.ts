import { describe, expect, test } from 'vitest';
import type { Finding } from '../src/api/types';
import { findings } from '../src/api/http';
import { diff, kept } from '../src/lib/diff';
import { isText, mend, place, remedied, remedy, spans } from '../src/lib/marks';
import { money, parseMoney } from '../src/lib/money';
import { delivery, say } from '../src/lib/words';

const finding = (words: string, more: Partial<Finding> = {}): Finding => ({
  rule: 'R',
  severity: 'block',
  why: '',
  words,
  suggestion: '',
  ...more,
});

describe('a difference', () => {
  test('is the words that changed, and putting it together gives both texts', () => {
    const a = 'You could pay $103.34 a month.';
    const b = 'You could pay $99.00 each month.';
    const d = diff(a, b);
    expect(
      d
        .filter((p) => p.op !== 'add')
        .map((p) => p.text)
        .join(''),
    ).toBe(a);
    expect(
      d
        .filter((p) => p.op !== 'del')
        .map((p) => p.text)
        .join(''),
    ).toBe(b);
    expect(d.find((p) => p.op === 'del')!.text).toContain('$103.34');
  });
  test('of the same text is nothing, of nothing is everything', () => {
    expect(diff('a b', 'a b')).toEqual([{ op: 'same', text: 'a b' }]);
    expect(diff('', 'a')).toEqual([{ op: 'add', text: 'a' }]);
    expect(kept('a b', 'a b')).toBe(1);
    expect(kept('abc', 'xyz')).toBe(0);
  });
});

describe('the words a rule found', () => {
  const text = 'This is urgent. We will sue you over $1,240.00 soon. Thanks.';
  test('are marked where they stand', () => {
    const got = spans(text, [finding('We will sue you', { start: 16, end: 31 }), finding('urgent', { severity: 'warn' })]);
    expect(got.filter((s) => s.finding).map((s) => s.text)).toEqual(['urgent', 'We will sue you']);
    expect(got.map((s) => s.text).join('')).toBe(text);
  });
  test('are looked for where the text has moved on since', () => {
    expect(place('Oh. ' + text, finding('We will sue you', { start: 16, end: 31 }))).toEqual([20, 35]);
    expect(place('nothing of it', finding('We will sue you', { start: 0, end: 15 }))).toBeNull();
    expect(place(text, finding('', { start: -1, end: -1 }))).toBeNull();
  });
  test('belong to the graver of two findings', () => {
    const got = spans(text, [finding('will sue', { severity: 'warn' }), finding('We will sue you')]);
    expect(got.filter((s) => s.finding).map((s) => s.text)).toEqual(['We will sue you']);
  });
  test('give way to words, their sentence to a sentence', () => {
    expect(mend(text, finding('urgent', { suggestion: 'about your account' }))).toBe(
      'This is about your account. We will sue you over $1,240.00 soon. Thanks.',
    );
    expect(mend(text, finding('sue you', { suggestion: 'Let us find a plan.' }))).toBe('This is urgent. Let us find a plan. Thanks.');
    expect(mend('Hello', finding('', { suggestion: 'I am an assistant.' }))).toBe('Hello I am an assistant.');
  });
  test('can be taken out with their sentence where there is only advice', () => {
    const f = finding('sue you', { suggestion: 'Say nothing of a debt.' });
    expect(isText(f.suggestion)).toBe(false);
    expect(remedy(f)).toBe('drop');
    expect(remedied(text, f)).toBe('This is urgent. Thanks.');
    expect(remedy(finding('', { suggestion: '' }))).toBeNull();
  });
});

describe('money', () => {
  test('is shown to the cent without passing through a float', () => {
    expect(money({ amount: '1240.00', currency: 'USD' })).toBe('$1,240.00');
    expect(money('-9007199254740993.10')).toBe('-$9,007,199,254,740,993.10');
    expect(money({ amount: '5', currency: 'CAD' })).toBe('5.00 CAD');
    expect(money(null)).toBe('');
  });
  test('is read as people type it, and only then', () => {
    expect(parseMoney(' $1,240.5 ')).toBe('1240.50');
    expect(parseMoney('850')).toBe('850.00');
    for (const bad of ['', '1,24', '12.345', 'abc', '-5', '1e3']) expect(parseMoney(bad)).toBe('');
  });
});

describe('words', () => {
  test('a code that is not known is shown as words', () => {
    expect(say('wrote_after_wrong_number')).toBe('Wrote after wrong number');
    expect(say('sms')).toBe('Text message');
    expect(say('IN-SELFHARM-01')).toBe('IN-SELFHARM-01');
    expect(say('asked for by O’Neil-Ruiz')).toBe('Asked for by O’Neil-Ruiz');
  });
  test('a message that did not arrive says what to do', () => {
    expect(delivery('failed', 'opted_out').next).toContain('opted out');
    expect(delivery('failed', 'carrier').next).toContain('number');
    expect(delivery('uncertain').tone).toBe('warning');
    expect(delivery('received').word).toBe('');
  });
  test('findings of the older API are read too', () => {
    expect(findings([{ rule: 'R', cite: 'c', outcome: 'deny', detail: 'why' }])[0]).toMatchObject({
      citation: 'c',
      why: 'why',
      severity: 'block',
    });
    expect(findings(null)).toEqual([]);
  });
});
