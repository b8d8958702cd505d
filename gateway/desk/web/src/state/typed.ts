import { signal } from '@preact/signals';
import * as api from '../api/calls';
import { Problem } from '../api/http';
import type { Suggestion } from '../api/types';
import { debounce } from '../lib/backoff';

// What is being written, by conversation. It is kept here at once and on the server soon
// after, so that neither a lost line nor another device costs a word.

export interface Typed {
  text: string;
  note: string;
  whisper: string;
  /** The suggestion the text began as. */
  from: Suggestion | null;
  /** The newest message of the person that it answers. */
  fromSeq: number;
}

const empty: Typed = { text: '', note: '', whisper: '', from: null, fromSeq: 0 };
const all = signal<Record<string, Typed>>({});
export type Saving = 'saved' | 'saving' | 'unsaved';
export const saving = signal<Saving>('saved');

export const typedIn = (id: string): Typed => all.value[id] ?? empty;

const dirty = new Set<string>();

export function type(id: string, change: Partial<Typed>): void {
  const next = { ...typedIn(id), ...change };
  if (!next.text) next.from = null;
  all.value = { ...all.value, [id]: next };
  if (change.text !== undefined) {
    dirty.add(id);
    saving.value = 'saving';
    save();
  }
}

/** Takes what the server kept, unless something was typed here since. */
export function adopt(id: string, text: string): void {
  if (all.value[id] === undefined && text) all.value = { ...all.value, [id]: { ...empty, text } };
}

/** After sending: the text is gone here and there. */
export function clear(id: string): void {
  all.value = { ...all.value, [id]: { ...typedIn(id), text: '', from: null } };
  dirty.add(id);
  save();
}

const save = debounce(() => void flush(), 700);

/** Writes what the server doesn't have yet; called again when the line is back. */
export async function flush(): Promise<void> {
  for (const id of [...dirty]) {
    dirty.delete(id);
    try {
      await api.conversation.draft(id, typedIn(id).text);
    } catch (e) {
      if (e instanceof Problem && (e.status === 0 || e.status === 401 || e.status >= 500)) dirty.add(id);
    }
  }
  saving.value = dirty.size ? 'unsaved' : 'saved';
}

// Replies are kept on the server; a note or a whisper is not before it is saved.
addEventListener('beforeunload', (e) => {
  const loose = Object.values(all.value).some((t) => t.note.trim() || t.whisper.trim());
  const unsaved = [...dirty].some((id) => typedIn(id).text.trim());
  if (unsaved || loose) e.preventDefault();
});
