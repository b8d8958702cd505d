// Focus goes where the work goes. Parts of the page are known by name, as data-focus. What lies
// behind a dialog that is only just closing does not take it yet: then it is tried again.

export function focus(name: 'composer' | 'note' | 'search' | 'transcript' | 'list' | 'finding', frames = 10): void {
  const tries = (left: number) => {
    const el = document.querySelector<HTMLElement>(`[data-focus~="${name}"]:not(:disabled)`);
    el?.focus();
    if ((!el || document.activeElement !== el) && left) requestAnimationFrame(() => tries(left - 1));
  };
  tries(frames);
}
