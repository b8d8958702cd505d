import { batch, computed, effect, signal } from '@preact/signals';
import * as api from '../api/calls';
import { Problem, words } from '../api/http';
import type { Item, View } from '../api/types';
import { arrange, type Arranged } from '../lib/order';
import { coalesce, debounce } from '../lib/backoff';
import { sort, view } from './prefs';
import { phase, reads } from './session';

// The list on the left: what needs somebody, in the service's order.

const PAGE = 200;

export const items = signal<Item[]>([]);
export const counts = signal<Partial<Record<View, number>>>({});
export const oldest = signal<string | null>(null);
export const loading = signal(true);
export const error = signal('');
export const search = signal('');
const next = signal('');
export const hasMore = computed(() => next.value !== '');

/** The hand is on the list: nothing may move. */
export const held = signal(false);
const shown = signal<readonly Item[]>([]);
export const rows = computed<Arranged<Item>>(() => arrange(shown.value, items.value, (i) => i.conversation, held.value));

/** Puts the list in its present order, and remembers it. */
export function settle(): void {
  shown.value = items.value;
}

let running: AbortController | null = null;

// Where nobody waits there is no deadline: what happened last comes first.
const order = () => (sort.value === 'deadline' && (view.value === 'bot' || view.value === 'all') ? 'activity' : sort.value);

/** Asks for as much of the list as is loaded, at least a page. */
async function load(fresh: boolean): Promise<void> {
  if (phase.value !== 'in' || !reads.value) return;
  running?.abort();
  const mine = (running = new AbortController());
  const want = fresh ? PAGE : Math.max(PAGE, items.value.length);
  if (fresh)
    batch(() => {
      loading.value = true;
      items.value = [];
      shown.value = [];
    });
  try {
    const got: Item[] = [];
    let cursor = '';
    do {
      const page = await api.items(view.value, order(), search.value.trim(), cursor, PAGE, mine.signal);
      got.push(...(page.items ?? []));
      cursor = page.next ?? '';
      if (page.counts) counts.value = page.counts;
      oldest.value = page.oldest_wait_since ?? null;
    } while (cursor && got.length < want);
    if (mine !== running) return;
    batch(() => {
      items.value = got;
      next.value = cursor;
      error.value = '';
      loading.value = false;
      if (!held.value || shown.value.length === 0) settle();
    });
  } catch (e) {
    if (mine !== running || (e instanceof DOMException && e.name === 'AbortError')) return;
    if (e instanceof Problem && e.status === 401) return;
    batch(() => {
      error.value = words(e);
      loading.value = false;
    });
  }
}

let paging = false;
export async function more(): Promise<void> {
  if (!next.value || paging) return;
  paging = true;
  try {
    const page = await api.items(view.value, order(), search.value.trim(), next.value, PAGE);
    const known = new Set(items.value.map((i) => i.conversation));
    batch(() => {
      items.value = [...items.value, ...(page.items ?? []).filter((i) => !known.has(i.conversation))];
      next.value = page.next ?? '';
      if (!held.value) settle();
    });
  } catch {
    // the next scroll asks again
  } finally {
    paging = false;
  }
}

const often = coalesce(() => void load(false), 700);
const seldom = coalesce(() => void load(false), 4000);
/** Asks again, soon for a short list, less often for one that was scrolled far. */
export const refresh = () => (items.value.length > PAGE ? seldom() : often());
export const reload = () => void load(true);

const searched = debounce(reload, 200);
export function setSearch(q: string): void {
  search.value = q;
  searched();
}

effect(() => {
  if (view.value && sort.value && phase.value === 'in') queueMicrotask(reload);
});
effect(() => {
  if (!held.value) queueMicrotask(settle);
});

/** The number beside "Mine" that the title shows too. */
export const unread = computed(() => items.value.reduce((n, i) => n + (i.unread ?? 0), 0));
