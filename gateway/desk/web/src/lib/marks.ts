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

/** Whether an alternative is words to send, or advice in words to the writer ("Say nothing of a debt."). */
export function isText(suggestion: string | undefined): boolean {
  return !!suggestion && !/^(say|ask|give|leave|drop|take|use|write|name|wait|don.t|do not)\b/i.test(suggestion.trim());
}

/** What one click can do about a finding: put the alternative in, take the sentence out, or nothing. */
export function remedy(f: Finding): 'use' | 'drop' | null {
  if (isText(f.suggestion)) return 'use';
  return f.words && f.severity === 'block' ? 'drop' : null;
}

/** The text with what {@link remedy} offers done to it. */
export function remedied(text: string, f: Finding): string {
  if (remedy(f) !== 'drop') return mend(text, f);
  const at = place(text, f);
  if (!at) return text;
  const [from, to] = sentence(text, at);
  return (text.slice(0, from).trimEnd() + ' ' + text.slice(to).trimStart()).trim();
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
    [from, to] = sentence(text, at);
  }
  return text.slice(0, from) + f.suggestion + text.slice(to);
}

// The bounds of the sentence, or sentences, that a span stands in. A full stop within a figure ends none.
function sentence(text: string, [start, end]: [number, number]): [number, number] {
  let from = 0;
  for (const m of text.slice(0, start).matchAll(/[.!?]+(?=\s)|\n/g)) from = m.index + m[0].length;
  while (from < start && /\s/.test(text[from]!)) from++;
  const tail = Math.max(start, end - 1);
  const stop = /[.!?]+(?=\s|$)|\n/.exec(text.slice(tail));
  const to = stop ? tail + stop.index + (stop[0] === '\n' ? 0 : stop[0].length) : text.length;
  return [from, Math.max(to, end)];
}

function grave(f: Finding): number {
  return { block: 2, warn: 1, info: 0 }[f.severity] ?? 1;
}
