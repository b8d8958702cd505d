import { percent } from '../lib/words';

/** How sure the assistant was, turn by turn, from 0 at the bottom to 100% at the top; the last figure stands beside it. */
export function Spark({ values }: { values: number[] }) {
  if (values.length < 2) return null;
  const x = (i: number) => (100 * i) / (values.length - 1);
  const y = (v: number) => 22 - 20 * Math.min(1, Math.max(0, v));
  const last = values[values.length - 1]!;
  return (
    <span class="spark">
      <svg viewBox="0 0 100 24" role="img" aria-label={`By turn: ${values.map((v) => percent(v)).join(', ')}`}>
        <path class="grid" d="M0 2h100M0 22h100" />
        <path d={values.map((v, i) => `${i ? 'L' : 'M'}${x(i).toFixed(1)} ${y(v).toFixed(1)}`).join('')} />
      </svg>
      <span class="num">{percent(last)}</span>
    </span>
  );
}
