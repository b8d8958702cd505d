import { effect, signal, type Signal } from '@preact/signals';
import type { Sort, View } from '../api/types';

// What this reader chose, kept in this browser. Nothing about debtors is ever kept here.

function stored<T>(name: string, standard: T, valid: (v: unknown) => boolean): Signal<T> {
  const key = 'parley-desk:' + name;
  let first = standard;
  try {
    const v: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (v !== null && valid(v)) first = v as T;
  } catch {
    // no storage, or an old value: the standard
  }
  const s = signal(first);
  effect(() => {
    const v = JSON.stringify(s.value);
    try {
      localStorage.setItem(key, v);
    } catch {
      // private mode: it lasts as long as the page
    }
  });
  return s;
}

const oneOf =
  (...all: string[]) =>
  (v: unknown) =>
    all.includes(v as string);
const yesNo = (v: unknown) => typeof v === 'boolean';

export type Theme = 'auto' | 'light' | 'dark';
export const theme = stored<Theme>('theme', 'auto', oneOf('auto', 'light', 'dark'));
export const sound = stored('sound', true, yesNo);
export const singleKeys = stored('keys', true, yesNo);
export const view = stored<View>('view', 'unassigned', oneOf('offered', 'mine', 'unassigned', 'team', 'bot', 'waiting', 'all'));
export const sort = stored<Sort>('sort', 'deadline', oneOf('deadline', 'wait', 'priority', 'activity'));

effect(() => {
  const root = document.documentElement;
  if (theme.value === 'auto') delete root.dataset['theme'];
  else root.dataset['theme'] = theme.value;
});
