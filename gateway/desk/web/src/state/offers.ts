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

// What is offered to me, wherever I am on the page: it runs out.

const all = signal<Item[]>([]);

/** Those that can still be answered, the first to run out first. */
export const offers = computed(() =>
  all.value
    .filter(
      (i) =>
        i.offer_until &&
        Date.parse(i.offer_until) > second.value &&
        (i.offered_to === session.value?.name || i.transfer_to === session.value?.name),
    )
    .sort((a, b) => a.offer_until!.localeCompare(b.offer_until!)),
);

async function load(): Promise<void> {
  if (phase.value !== 'in' || !speaks.value) return;
  try {
    all.value = (await api.items('offered', 'deadline', '', '', 20)).items ?? [];
  } catch {
    // the list says that the service can't be reached
  }
}
export const refresh = coalesce(() => void load(), 300);

effect(() => {
  if (phase.value === 'in' && (queue.counts.value.offered ?? 0) >= 0) refresh();
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
