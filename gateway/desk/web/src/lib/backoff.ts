// How long to wait before the next try: doubling, from half a second to half a minute,
// by a random half, so that a thousand desks don't come back in the same instant.

export function backoff(tries: number, random: () => number = Math.random): number {
  const full = Math.min(30_000, 500 * 2 ** Math.min(tries, 10));
  return full * (0.5 + random() / 2);
}

/** A call that is made once for many asks, at most every so often, and always once after the last. */
export function coalesce(run: () => void, wait: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = -Infinity;
  return () => {
    if (timer !== undefined) return;
    const due = Math.max(30, last + wait - Date.now());
    timer = setTimeout(() => {
      timer = undefined;
      last = Date.now();
      run();
    }, due);
  };
}

/** A call that waits until the asking has stopped for a while. */
export function debounce(run: () => void, wait: number): { (): void; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = () => {
    clearTimeout(timer);
    timer = setTimeout(run, wait);
  };
  ask.cancel = () => clearTimeout(timer);
  return ask;
}
