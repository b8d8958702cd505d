import type { Finding } from '../api/types';

// Where a finding's words stand in the text. Offsets are believed only where the quoted
// words stand there: the text may have moved on since it was checked.

export interface Span {
  text: string;
  finding: Finding | null;
}

/** The text cut at the findings' words; where two overlap, the graver one has them. */
export function spans(text: string, findings: readonly Finding[]): Span[] {
  const found = findings
    .map((finding) => ({ finding, at: place(text, finding) }))
    .filter((f): f is { finding: Finding; at: [number, number] } => f.at !== null)
    .sort((a, b) => grave(b.finding) - grave(a.finding) || a.at[0] - b.at[0]);
  const taken: { finding: Finding; at: [number, number] }[] = [];
  for (const f of found) if (!taken.some((t) => f.at[0] < t.at[1] && t.at[0] < f.at[1])) taken.push(f);
  taken.sort((a, b) => a.at[0] - b.at[0]);
  const out: Span[] = [];
  let end = 0;
  for (const { finding, at } of taken) {
    if (at[0] > end) out.push({ text: text.slice(end, at[0]), finding: null });
    out.push({ text: text.slice(at[0], at[1]), finding });
    end = at[1];
  }
  if (end < text.length) out.push({ text: text.slice(end), finding: null });
  return out;
}

/** Start and end of a finding's words in the text, or null where they are not in it. */
export function place(text: string, f: Finding): [number, number] | null {
  if (!f.words) return null;
  if (f.start !== undefined && f.end !== undefined && text.slice(f.start, f.end) === f.words) return [f.start, f.end];
  let i = text.indexOf(f.words);
  if (i < 0) i = text.toLowerCase().indexOf(f.words.toLowerCase());
  return i < 0 ? null : [i, i + f.words.length];
}

/**
 * The text with the lawful alternative in place of what was found. A whole sentence takes the
 * place of the sentence the words stand in; a few words take the place of the words. Where
 * something is missing rather than wrong, the alternative is added at the end.
 */
export function mend(text: string, f: Finding): string {
  if (!f.suggestion) return text;
  const at = place(text, f);
  if (!at) return (text.trimEnd() + ' ' + f.suggestion).trimStart();
  let [from, to] = at;
  if (/[.!?]["”’]?$/.test(f.suggestion.trim())) {
    const before = Math.max(...['.', '!', '?', '\n'].map((c) => text.lastIndexOf(c, from - 1)));
    from = before < 0 || from === 0 ? 0 : before + 1;
    while (from < at[0] && /\s/.test(text[from]!)) from++;
    const rest = /[.!?\n]/.exec(text.slice(Math.max(at[0], to - 1)));
    to = rest ? Math.max(to, Math.max(at[0], to - 1) + rest.index + (rest[0] === '\n' ? 0 : 1)) : text.length;
  }
  return text.slice(0, from) + f.suggestion + text.slice(to);
}

function grave(f: Finding): number {
  return { block: 2, warn: 1, info: 0 }[f.severity] ?? 1;
}
