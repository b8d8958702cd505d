import { batch, computed, effect, signal } from '@preact/signals';
import * as api from '../api/calls';
import { Problem, words } from '../api/http';
import type { Conversation, Suggestion } from '../api/types';
import type { Panel } from '../api/types_panel';
import { coalesce } from '../lib/backoff';
import { open } from './route';
import { phase, session } from './session';
import { adopt, clear, typedIn } from './typed';

// The conversation that is open, its margin, and what is on its way from here.

export const data = signal<Conversation | null>(null);
export const panel = signal<Panel | null>(null);
export const error = signal('');
export const panelError = signal('');
export const suggestions = signal<Suggestion[]>([]);

export interface Pending {
  key: number;
  conversation: string;
  text: string;
  at: string;
  failed: string;
}
export const pending = signal<Pending[]>([]);

export const mine = computed(() => {
  const i = data.value?.item;
  return !!i && ['human', 'transferring', 'wrapping'].includes(i.control) && i.holder === session.value?.name;
});
export const zone = computed(() => panel.value?.person.zone ?? data.value?.zone);
export const can = (what: keyof NonNullable<Conversation['can']>): boolean => data.value?.can?.[what] === true;

let asked = 0;

export async function load(): Promise<void> {
  const id = open.value;
  if (!id || phase.value !== 'in') return;
  const turn = ++asked;
  try {
    const got = await api.conversation.get(id);
    if (turn !== asked || open.value !== id) return;
    batch(() => {
      data.value = got;
      error.value = '';
    });
    adopt(id, got.draft?.text ?? '');
    if (heard(got) > suggestedFor) suggestions.value = []; // stale from this moment on
    void suggest(id);
  } catch (e) {
    if (turn !== asked || open.value !== id || (e instanceof Problem && e.status === 401)) return;
    error.value = words(e);
  }
}

export async function loadPanel(): Promise<void> {
  const id = open.value;
  if (!id || phase.value !== 'in') return;
  try {
    const got = await api.conversation.panel(id);
    if (open.value === id)
      batch(() => {
        panel.value = got;
        panelError.value = '';
      });
  } catch (e) {
    if (open.value === id && !(e instanceof Problem && e.status === 401)) panelError.value = words(e);
  }
}

/** The newest thing the person said: what was suggested before it is stale. */
export const heard = (c: Conversation | null) => c?.messages.reduce((n, m) => (m.direction === 'in' ? Math.max(n, m.seq) : n), 0) ?? 0;

let suggestedFor = 0;

async function suggest(id: string): Promise<void> {
  if (!mine.value) {
    suggestions.value = [];
    return;
  }
  try {
    const got = await api.conversation.suggestions(id);
    if (open.value !== id) return;
    suggestedFor = heard(data.value);
    const fresh = got.last_seq === undefined || got.last_seq >= heard(data.value);
    suggestions.value = fresh ? (got.suggestions ?? []) : [];
  } catch {
    suggestions.value = []; // a help, not a need
  }
}

export const refresh = coalesce(() => void load(), 150);
export const refreshPanel = coalesce(() => void loadPanel(), 400);

let lastKey = 0;

/** Sends, and shows it as being sent; a refusal is thrown to the composer, which has the text still. */
export async function send(id: string, text: string): Promise<void> {
  const key = ++lastKey;
  const draft = typedIn(id).from;
  pending.value = [...pending.value, { key, conversation: id, text, at: new Date().toISOString(), failed: '' }];
  const gone = () => {
    pending.value = pending.value.filter((p) => p.key !== key);
  };
  try {
    await api.conversation.send(id, text, data.value?.item.epoch, draft?.id);
    if (typedIn(id).text.trim() === text) clear(id);
    suggestions.value = [];
    await load();
    void loadPanel();
  } finally {
    gone();
  }
}

effect(() => {
  const id = open.value;
  const here = phase.value;
  queueMicrotask(() => {
    if (data.value && data.value.item.conversation === id) {
      if (here === 'in') refresh();
      return;
    }
    batch(() => {
      data.value = null;
      panel.value = null;
      error.value = '';
      panelError.value = '';
      suggestions.value = [];
    });
    void load();
    void loadPanel();
  });
});
