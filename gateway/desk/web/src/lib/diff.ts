// What changed between two texts, by word: for edited drafts and edited terms.

export interface Piece {
  op: 'same' | 'del' | 'add';
  text: string;
}

/** The shortest way from one text to the other, in whole words; adjoining pieces of a kind are one. */
export function diff(before: string, after: string): Piece[] {
  const a = words(before);
  const b = words(after);
  const rows = longest(a, b);
  const out: Piece[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      push(out, 'same', a[i]!);
      i++;
      j++;
    } else if (i < a.length && (j === b.length || rows[i + 1]![j]! >= rows[i]![j + 1]!)) {
      push(out, 'del', a[i++]!);
    } else {
      push(out, 'add', b[j++]!);
    }
  }
  return out;
}

/** How much of the original was left, 0 to 1. */
export function kept(before: string, after: string): number {
  const same = diff(before, after).reduce((n, p) => n + (p.op === 'same' ? p.text.length : 0), 0);
  const all = Math.max(before.length, after.length);
  return all ? same / all : 1;
}

function words(text: string): string[] {
  return text.match(/\s+|[\p{L}\p{N}$.,'’%-]+|[^\s]/gu) ?? [];
}

// longest[i][j] is the length of the longest common run of words of a from i and b from j.
function longest(a: string[], b: string[]): Uint16Array[] {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      rows[i]![j] = a[i] === b[j] ? rows[i + 1]![j + 1]! + 1 : Math.max(rows[i + 1]![j]!, rows[i]![j + 1]!);
    }
  }
  return rows;
}

function push(out: Piece[], op: Piece['op'], text: string): void {
  const last = out[out.length - 1];
  if (last && last.op === op) last.text += text;
  else out.push({ op, text });
}
