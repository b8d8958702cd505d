import { describe, expect, test } from 'vitest';
import { ago, both, countdown, day, exact, span, upcoming, used } from '../src/lib/time';

const noon = Date.parse('2026-11-22T18:00:00Z');

describe('a time in words', () => {
  test('takes the two largest units that matter', () => {
    expect(span(45_900)).toBe('45 s');
    expect(span(59 * 60_000 + 59_999)).toBe('59 min');
    expect(span(2 * 3_600_000 + 5 * 60_000)).toBe('2 h 5 min');
    expect(span(3 * 3_600_000)).toBe('3 h');
    expect(span(76 * 3_600_000)).toBe('3 d 4 h');
    expect(span(-5)).toBe('0 s');
  });
  test('looks back and ahead', () => {
    expect(ago('2026-11-22T17:59:55Z', noon)).toBe('just now');
    expect(ago('2026-11-22T17:48:00Z', noon)).toBe('12 min ago');
    expect(ago('2026-11-22T18:30:00Z', noon)).toBe('in 30 min');
  });
  test('counts down to zero and stays there', () => {
    expect(countdown('2026-11-22T18:00:42Z', noon)).toBe('0:42');
    expect(countdown('2026-11-22T19:03:20Z', noon)).toBe('1:03:20');
    expect(countdown('2026-11-22T17:00:00Z', noon)).toBe('0:00');
  });
  test('is exact in the zone asked for', () => {
    expect(exact('2026-11-22T21:41:07Z', 'America/Chicago')).toBe('Sun, Nov 22, 3:41:07 PM CST');
    expect(upcoming('2026-11-22T21:41:07Z', 'America/Chicago')).toBe('Sun, Nov 22, 3:41 PM CST');
  });
  test('has the other clock beside it only where it differs', () => {
    expect(both('2026-11-22T21:41:07Z', Intl.DateTimeFormat().resolvedOptions().timeZone)).not.toContain('for them');
    expect(both('2026-11-22T21:41:07Z', 'Asia/Kathmandu')).toContain('for them Mon, Nov 23, 3:26:07 AM');
  });
  test('survives a zone the browser does not know', () => {
    expect(exact('2026-11-22T21:41:07Z', 'Mars/Base')).toContain('Nov 22');
  });
  test('a date without a time is that date in every zone', () => {
    expect(day('2026-12-04')).toBe('Fri, Dec 4');
  });
  test('a wait is used up at its deadline, and never more', () => {
    expect(used('2026-11-22T17:00:00Z', '2026-11-22T19:00:00Z', noon)).toBe(0.5);
    expect(used('2026-11-22T15:00:00Z', '2026-11-22T16:00:00Z', noon)).toBe(1);
    expect(used('2026-11-22T17:00:00Z', '2026-11-22T17:00:00Z', noon)).toBe(1);
  });
});
