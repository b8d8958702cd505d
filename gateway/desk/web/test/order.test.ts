import { describe, expect, test } from 'vitest';
import { arrange, neighbour, window } from '../src/lib/order';

const key = (s: { id: string }) => s.id;
const of = (...ids: string[]) => ids.map((id) => ({ id }));
const ids = (a: ReturnType<typeof arrange<{ id: string }>>) => a.rows.map((r) => r.item.id + (r.gone ? '-' : ''));

describe('a list', () => {
  test('follows the service while nobody has a hand on it', () => {
    expect(ids(arrange(of('a', 'b'), of('c', 'b'), key, false))).toEqual(['c', 'b']);
  });
  test('keeps its order under the pointer, changes rows in place and counts what is new', () => {
    const before = of('a', 'b', 'c');
    const now = [{ id: 'x' }, { id: 'c', n: 2 }, { id: 'a' }];
    const got = arrange(before, now as { id: string }[], key, true);
    expect(ids(got)).toEqual(['a', 'b-', 'c']);
    expect(got.rows[2]!.item).toEqual({ id: 'c', n: 2 });
    expect(got.fresh).toBe(1);
  });
  test('takes a next page at its end even while it is held: that moves nothing', () => {
    const got = arrange(of('a', 'b'), of('a', 'b', 'c', 'd'), key, true);
    expect(ids(got)).toEqual(['a', 'b', 'c', 'd']);
    expect(got.fresh).toBe(0);
  });
  test('shows the first rows at once though the pointer waits there', () => {
    expect(ids(arrange([], of('a'), key, true))).toEqual(['a']);
  });
  test('draws only what can be seen, of a thousand rows', () => {
    expect(window(1000, 76, 4000, 760)).toEqual({ from: 44, to: 71 });
    expect(window(3, 76, 0, 760)).toEqual({ from: 0, to: 3 });
    expect(window(5, 76, 99_999, 760)).toEqual({ from: 5, to: 5 });
  });
  test('j and k step and stop at the ends', () => {
    expect(neighbour(['a', 'b'], 'a', 1)).toBe('b');
    expect(neighbour(['a', 'b'], 'b', 1)).toBe('b');
    expect(neighbour(['a', 'b'], null, 1)).toBe('a');
    expect(neighbour(['a', 'b'], 'gone', -1)).toBe('b');
    expect(neighbour([], 'a', 1)).toBeNull();
  });
});
