import { effect, signal } from '@preact/signals';
import * as api from '../api/calls';
import { Problem, words } from '../api/http';
import type { Check } from '../api/types';
import { debounce } from '../lib/backoff';
import { open } from './route';
import { line } from './socket';
import { mine } from './talk';
import { typedIn } from './typed';

// What the rules say of the text being written, a moment after each change.

export const mode = signal<'reply' | 'note' | 'whisper'>('reply');
export const checked = signal<{ text: string; check: Check } | null>(null);
export const checking = signal(false);
export const checkError = signal('');

let running: AbortController | null = null;

const ask = debounce(() => void check(), 250);

async function check(): Promise<void> {
  const id = open.value;
  const text = id ? typedIn(id).text : '';
  running?.abort();
  if (!id || !text.trim()) {
    checking.value = false;
    return;
  }
  const own = (running = new AbortController());
  try {
    const got = await api.conversation.check(id, text, own.signal);
    if (own === running && open.value === id) {
      checked.value = { text, check: got };
      checkError.value = '';
    }
  } catch (e) {
    if (own !== running || own.signal.aborted) return;
    checkError.value = e instanceof Problem && e.status === 0 ? 'Not checked: no connection. It is checked when you send.' : words(e);
  } finally {
    if (own === running) checking.value = false;
  }
}

effect(() => {
  const id = open.value;
  const text = id ? typedIn(id).text : '';
  if (!mine.value) return;
  if (!text.trim()) {
    ask.cancel();
    running?.abort();
    checked.value = null;
    checking.value = false;
    checkError.value = '';
    return;
  }
  checking.value = true;
  ask();
});

effect(() => {
  if (open.value !== undefined) {
    mode.value = 'reply';
    checked.value = null;
  }
});

// What could not be checked while the line was down is checked when it is back.
effect(() => {
  if (line.value === 'live' && checkError.peek()) ask();
});
