// A list must not move under the pointer. While it is held, what is new waits, what
// changed changes in its place, and what went away stays, greyed, until the hand is off.

export interface Arranged<T> {
  rows: { item: T; gone: boolean }[];
  /** How many are not shown yet because the list is held. */
  fresh: number;
}

/** The rows to show, given what was shown before and what there is now, in its order. */
export function arrange<T>(before: readonly T[], now: readonly T[], key: (item: T) => string, held: boolean): Arranged<T> {
  if (!held || before.length === 0) return { rows: now.map((item) => ({ item, gone: false })), fresh: 0 };
  const current = new Map(now.map((item) => [key(item), item]));
  const shown = new Set(before.map(key));
  const rows = before.map((old) => {
    const item = current.get(key(old));
    return item ? { item, gone: false } : { item: old, gone: true };
  });
  // A page appended at the end moves nothing.
  const lastKnown = now.reduce((n, item, i) => (shown.has(key(item)) ? i : n), -1);
  const tail = now.slice(lastKnown + 1).filter((item) => !shown.has(key(item)));
  const grown = lastKnown >= 0 ? tail : [];
  for (const item of grown) rows.push({ item, gone: false });
  const fresh = now.filter((item) => !shown.has(key(item))).length - grown.length;
  return { rows, fresh };
}

/** The slice of a long list that is worth drawing. */
export function window(total: number, height: number, scrolled: number, seen: number, spare = 8): { from: number; to: number } {
  const from = Math.max(0, Math.floor(scrolled / height) - spare);
  const to = Math.min(total, Math.ceil((scrolled + seen) / height) + spare);
  return { from: Math.min(from, total), to };
}

/** The neighbour of a row for j and k: stays at the ends. */
export function neighbour(keys: readonly string[], at: string | null, step: number): string | null {
  if (keys.length === 0) return null;
  const i = at === null ? -1 : keys.indexOf(at);
  if (i < 0) return keys[step > 0 ? 0 : keys.length - 1]!;
  return keys[Math.min(keys.length - 1, Math.max(0, i + step))]!;
}
