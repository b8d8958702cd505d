// Keys in words and as matched. A single letter is only a shortcut outside a field, and can be switched off.

export interface Key {
  key: string;
  mod?: boolean;
}

export function parseKey(s: string): Key {
  return s.startsWith('Ctrl+') ? { key: s.slice(5).toLowerCase(), mod: true } : { key: s };
}

/** Whether a key press is this shortcut. */
export function matches(k: Key, e: { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean }): boolean {
  const mod = e.ctrlKey || e.metaKey;
  if (e.altKey || mod !== !!k.mod) return false;
  return k.mod ? e.key.toLowerCase() === k.key : e.key === k.key;
}

/** Whether where the press landed takes text, so that letters belong to it. */
export function takesText(el: { tagName?: string; isContentEditable?: boolean; type?: string } | null): boolean {
  if (!el || !el.tagName) return false;
  if (el.isContentEditable || el.tagName === 'TEXTAREA' || el.tagName === 'SELECT') return true;
  return el.tagName === 'INPUT' && !['checkbox', 'radio', 'button', 'submit'].includes(el.type ?? '');
}

/** Whether the letters of what was typed occur in order; the better match has the lower figure, none is -1. */
export function fuzzy(typed: string, text: string): number {
  const want = typed.toLowerCase().replace(/\s+/g, '');
  const have = text.toLowerCase();
  if (!want) return 0;
  const whole = have.indexOf(typed.toLowerCase().trim());
  if (whole >= 0) return whole;
  let at = -1;
  let cost = 100;
  for (const c of want) {
    const next = have.indexOf(c, at + 1);
    if (next < 0) return -1;
    cost += next - at - 1;
    at = next;
  }
  return cost;
}
