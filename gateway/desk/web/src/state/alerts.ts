import { computed, effect, signal } from '@preact/signals';
import { data } from './talk';
import { items } from './queue';
import { hold } from './own';
import { open } from './route';
import { sound } from './prefs';
import { session } from './session';

// What must not be missed: an assignment, a message, a person in distress. Sound and
// title say so until it is seen. A browser lets a page sound only after a first click.

export interface Distress {
  id: string;
  text: string;
}
export const distressed = signal<Distress[]>([]);

const unseen = signal<ReadonlySet<string>>(new Set());
export const waiting = computed(() => unseen.value.size);

/** A person wrote: it rings for who holds the conversation. */
export function message(id: string): void {
  const here = data.value?.item;
  const mine = here?.conversation === id ? here.holder === session.value?.name : hold(id);
  if (mine) raise('m:' + id, 'message');
}

export function offer(handoff: string, until: string): void {
  raise('o:' + handoff, 'offer');
  const left = Date.parse(until) - Date.now();
  if (left > 0) setTimeout(() => lower('o:' + handoff), left);
}

export function distress(id: string, text: string): void {
  if (!distressed.value.some((d) => d.id === id)) distressed.value = [...distressed.value, { id, text }];
  raise('d:' + id, 'alert');
}

export function calm(id: string): void {
  distressed.value = distressed.value.filter((d) => d.id !== id);
  lower('d:' + id);
}

export function lower(key: string): void {
  if (!unseen.value.has(key)) return;
  const next = new Set(unseen.value);
  next.delete(key);
  unseen.value = next;
}

function raise(key: string, kind: 'message' | 'offer' | 'alert'): void {
  const looking = !document.hidden && key === 'm:' + open.value;
  if (looking) return;
  unseen.value = new Set(unseen.value).add(key);
  play(kind);
}

/** Seen: whoever looks at the conversation has seen its messages and its alert. */
function seen(): void {
  if (document.hidden || !open.value) return;
  lower('m:' + open.value);
}
effect(() => {
  if (open.value) queueMicrotask(seen);
});
document.addEventListener('visibilitychange', seen);

// An offer that is answered, or ran out, needs no bell.
effect(() => {
  const offered = new Set(
    items.value.filter((i) => i.control === 'offered' && i.offered_to === session.value?.name).map((i) => 'o:' + i.handoff),
  );
  const known = new Set(items.value.map((i) => 'o:' + i.handoff));
  queueMicrotask(() => {
    for (const key of unseen.peek()) if (key.startsWith('o:') && known.has(key) && !offered.has(key)) lower(key);
  });
});

// Once somebody has the person in distress, the others need no alarm.
effect(() => {
  const held = [...items.value, ...(data.value ? [data.value.item] : [])].filter((i) => i.holder).map((i) => i.conversation);
  queueMicrotask(() => {
    for (const d of distressed.peek()) if (held.includes(d.id)) calm(d.id);
  });
});

let audio: AudioContext | null = null;
export const unlocked = signal(false);
const unlock = () => {
  audio ??= new AudioContext();
  void audio.resume().then(() => {
    unlocked.value = true;
  });
};
addEventListener('pointerdown', unlock, { once: true });
addEventListener('keydown', unlock, { once: true });

const tunes = { message: [660], offer: [523, 784], alert: [880, 587, 880] };

export function play(kind: keyof typeof tunes): void {
  if (!sound.value || !audio || audio.state !== 'running') return;
  const start = audio.currentTime;
  tunes[kind].forEach((pitch, i) => tone(audio!, pitch, start + i * 0.16));
}

function tone(a: AudioContext, pitch: number, at: number): void {
  const o = a.createOscillator();
  const g = a.createGain();
  o.frequency.value = pitch;
  g.gain.setValueAtTime(0.0001, at);
  g.gain.exponentialRampToValueAtTime(0.15, at + 0.02);
  g.gain.exponentialRampToValueAtTime(0.0001, at + 0.15);
  o.connect(g).connect(a.destination);
  o.start(at);
  o.stop(at + 0.16);
}

setInterval(() => {
  if (unseen.value.size === 0) return;
  play(
    [...unseen.value].some((k) => k.startsWith('d:')) ? 'alert' : [...unseen.value].some((k) => k.startsWith('o:')) ? 'offer' : 'message',
  );
}, 8000);

effect(() => {
  const n = unseen.value.size;
  document.title = n ? `(${n}) Parley desk` : 'Parley desk';
  const icon = document.getElementById('icon');
  icon?.setAttribute('href', icon.getAttribute('href')!.replace(/icon(-alert)?\.svg/, n ? 'icon-alert.svg' : 'icon.svg'));
});
