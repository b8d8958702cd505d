// Focus goes where the work goes. Parts of the page are known by name, as data-focus.

export function focus(name: 'composer' | 'note' | 'search' | 'transcript' | 'list' | 'finding', frames = 10): void {
  const tries = (left: number) => {
    const el = document.querySelector<HTMLElement>(`[data-focus~="${name}"]:not(:disabled)`);
    if (el) el.focus();
    else if (left) requestAnimationFrame(() => tries(left - 1));
  };
  tries(frames);
}
