import { computed, effect, signal } from '@preact/signals';
import * as api from '../api/calls';
import type { Item } from '../api/types';
import { coalesce } from '../lib/backoff';
import { busy } from './actions';
import { lower } from './alerts';
import { second } from './clock';
import { focus } from './focus';
import * as queue from './queue';
import { go } from './route';
import { phase, refreshMe, session, speaks } from './session';
import { fail } from './toast';

// What is mine, whichever list is shown: what is offered to me runs out, and what I hold rings.

const all = signal<Item[]>([]);
const mine = signal<ReadonlySet<string>>(new Set());

/** Whether I hold a conversation. */
export const hold = (conversation: string): boolean => mine.value.has(conversation);

/** Those that can still be answered, the first to run out first. */
export const offers = computed(() => {
  const me = session.value?.name;
  return all.value
    .filter((i) => i.offer_until && Date.parse(i.offer_until) > second.value && (i.offered_to === me || i.transfer_to === me))
    .sort((a, b) => a.offer_until!.localeCompare(b.offer_until!));
});

async function load(): Promise<void> {
  if (phase.value !== 'in' || !speaks.value) return;
  try {
    const [offered, held] = await Promise.all([api.items('offered', 'deadline', '', '', 20), api.items('mine', 'deadline', '', '', 100)]);
    all.value = offered.items ?? [];
    mine.value = new Set((held.items ?? []).map((i) => i.conversation));
  } catch {
    // the list says that the service can't be reached
  }
}
export const refresh = coalesce(() => void load(), 500);

// Whenever the list has been asked for again, so is what is mine.
effect(() => {
  if (phase.value === 'in' && queue.counts.value) refresh();
});

async function answer(item: Item, what: 'accept' | 'decline'): Promise<void> {
  if (!item.handoff || busy.value) return;
  busy.value = what;
  try {
    await api.handoff(item.handoff, what);
    if (what === 'accept') {
      go({ conversation: item.conversation });
      focus('composer', 240);
    }
  } catch (e) {
    fail(e);
  } finally {
    busy.value = '';
    lower('o:' + item.handoff);
    refresh();
    queue.refresh();
    void refreshMe();
  }
}

export const accept = (i: Item) => answer(i, 'accept');
export const decline = (i: Item) => answer(i, 'decline');
