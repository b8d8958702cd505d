import { diff } from '../lib/diff';

/** What was changed: struck out and underlined, so that it needs no colour. */
export function Diff({ before, after, label }: { before: string; after: string; label: string }) {
  return (
    <p class="diff" aria-label={label} role="group">
      {diff(before, after).map((p, i) =>
        p.op === 'same' ? <span key={i}>{p.text}</span> : p.op === 'add' ? <ins key={i}>{p.text}</ins> : <del key={i}>{p.text}</del>,
      )}
    </p>
  );
}
