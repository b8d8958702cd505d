import { describe, expect, test, vi } from 'vitest';
import { backoff, coalesce, debounce } from '../src/lib/backoff';
import { fuzzy, matches, parseKey, takesText } from '../src/lib/keys';

const press = (key: string, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });

describe('keys', () => {
  test('a letter is a letter, Ctrl or Command make it another', () => {
    expect(matches(parseKey('k'), press('k'))).toBe(true);
    expect(matches(parseKey('k'), press('k', { ctrlKey: true }))).toBe(false);
    expect(matches(parseKey('Ctrl+k'), press('K', { metaKey: true }))).toBe(true);
    expect(matches(parseKey('?'), press('?', { altKey: true }))).toBe(false);
  });
  test('letters typed into a field belong to it', () => {
    expect(takesText({ tagName: 'TEXTAREA' })).toBe(true);
    expect(takesText({ tagName: 'INPUT', type: 'search' })).toBe(true);
    expect(takesText({ tagName: 'INPUT', type: 'radio' })).toBe(false);
    expect(takesText({ tagName: 'A' })).toBe(false);
    expect(takesText(null)).toBe(false);
  });
  test('the palette finds letters in their order, the closer match first', () => {
    expect(fuzzy('trf', 'Transfer')).toBeGreaterThanOrEqual(0);
    expect(fuzzy('xyz', 'Transfer')).toBe(-1);
    expect(fuzzy('trans', 'Transfer')).toBeLessThan(fuzzy('trf', 'Transfer'));
  });
});

describe('waiting', () => {
  test('doubles up to half a minute and is never the same for all', () => {
    expect(backoff(0, () => 0)).toBe(250);
    expect(backoff(0, () => 1)).toBe(500);
    expect(backoff(3, () => 1)).toBe(4000);
    expect(backoff(99, () => 1)).toBe(30_000);
  });
  test('many asks become one call, and one more after the last', () => {
    vi.useFakeTimers();
    const run = vi.fn();
    const ask = coalesce(run, 1000);
    for (let i = 0; i < 5; i++) ask();
    vi.advanceTimersByTime(30);
    expect(run).toHaveBeenCalledTimes(1);
    ask();
    ask();
    vi.advanceTimersByTime(999);
    expect(run).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(10);
    expect(run).toHaveBeenCalledTimes(2);
    vi.useRealTimers();
  });
  test('a check waits until the typing pauses', () => {
    vi.useFakeTimers();
    const run = vi.fn();
    const ask = debounce(run, 250);
    ask();
    vi.advanceTimersByTime(200);
    ask();
    vi.advanceTimersByTime(200);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(50);
    expect(run).toHaveBeenCalledTimes(1);
    vi.useRealTimers();
  });
});
