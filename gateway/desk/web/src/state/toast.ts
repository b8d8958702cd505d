import { signal } from '@preact/signals';
import { words } from '../api/http';

// Short notices that something happened, or did not. They are read aloud and leave by themselves.

export interface Toast {
  id: number;
  tone: 'ok' | 'warning' | 'stop';
  text: string;
  action?: { label: string; run: () => void };
}

export const toasts = signal<Toast[]>([]);
let last = 0;

export function tell(text: string, tone: Toast['tone'] = 'ok', action?: Toast['action']): void {
  const id = ++last;
  toasts.value = [...toasts.value.filter((t) => t.text !== text).slice(-2), { id, tone, text, action }];
  setTimeout(() => dismiss(id), tone === 'ok' ? 5000 : 12_000);
}

export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((t) => t.id !== id);
}

/** Says what went wrong. */
export function fail(e: unknown): void {
  tell(words(e), 'stop');
}
