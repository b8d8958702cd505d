import { effect, signal } from '@preact/signals';
import { backoff } from '../lib/backoff';
import { blank, take, type Effect, type Frame } from '../lib/events';
import * as approvals from './approvals';
import * as alerts from './alerts';
import * as own from './own';
import * as queue from './queue';
import * as talk from './talk';
import { open } from './route';
import { known } from './people';
import { may, phase, reads, refreshMe } from './session';
import { tell } from './toast';
import { flush } from './typed';

// The line to the service: one socket, taken up again where it broke.

export type Line = 'connecting' | 'live' | 'lost';
export const line = signal<Line>('connecting');
export const live = signal(blank);

let ws: WebSocket | null = null;
let tries = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let heardAt = 0;

export function connect(): void {
  clearTimeout(timer);
  if (phase.value !== 'in' || (!reads.value && !may('handoff:read')) || (ws && ws.readyState < 2)) return;
  const socket = (ws = new WebSocket(location.origin.replace(/^http/, 'ws') + '/api/v1/events'));
  socket.onopen = () => say({ type: 'hello', ...(live.value.seq ? { since: live.value.seq } : {}) });
  socket.onmessage = (e) => {
    if (socket !== ws) return;
    heardAt = Date.now();
    hear(e.data as string);
  };
  socket.onclose = () => {
    if (socket === ws) lost();
  };
}

function hear(text: string): void {
  let frame: Frame;
  try {
    frame = JSON.parse(text) as Frame;
  } catch {
    return; // not of this protocol: the next reload puts it right
  }
  const [state, todo] = take(live.value, frame);
  live.value = state;
  todo.forEach(act);
  if (frame.type === 'viewing' && frame.conversation) fade(frame.conversation);
}

/** The service says that somebody writes, not that they have stopped: what isn't said again is over. */
const FADES = 7000;
function fade(id: string): void {
  const said = live.value.viewing[id];
  if (!said?.typing.length) return;
  setTimeout(() => {
    const { viewing } = live.value;
    if (viewing[id] === said) live.value = { ...live.value, viewing: { ...viewing, [id]: { ...said, typing: [] } } };
  }, FADES);
}

function act(e: Effect): void {
  switch (e.do) {
    case 'settle':
      return welcome();
    case 'reload':
      return everything();
    case 'queue':
      queue.refresh();
      return;
    case 'talk':
      if (e.id === open.value) talk.refresh();
      return;
    case 'panel':
      if (e.id === open.value) talk.refreshPanel();
      return;
    case 'approvals':
      approvals.refresh();
      return;
    case 'team':
      approvals.teamChanged();
      void refreshMe();
      return;
    case 'heard':
      return alerts.message(e.id);
    case 'offer':
      own.refresh();
      return alerts.offer(e.handoff, e.until);
    case 'alert':
      return alerts.distress(e.id, e.text);
    case 'whisper':
      return tell(`${known(e.from) || 'A supervisor'}, to you alone: ${e.text}`, 'warning');
    case 'bye':
      return bye(e.code);
  }
}

function welcome(): void {
  line.value = 'live';
  tries = 0;
  view(open.value);
  void flush();
  everything();
}

function everything(): void {
  queue.refresh();
  talk.refresh();
  talk.refreshPanel();
  approvals.refresh();
  void refreshMe();
}

function bye(code: string): void {
  if (code === 'revoked' || code === 'expired') phase.value = 'expired';
}

function lost(): void {
  line.value = tries ? 'lost' : 'connecting';
  if (phase.value !== 'in') return;
  timer = setTimeout(connect, backoff(tries++));
  setTimeout(() => {
    if (line.value !== 'live') line.value = 'lost';
  }, 1200);
}

export function say(frame: Record<string, unknown>): void {
  if (ws?.readyState === WebSocket.OPEN) ws.send(JSON.stringify(frame));
}

/** Tells the others what is being looked at here. */
export function view(id: string | null): void {
  say({ type: 'viewing', conversation: id });
}

let typedAt = 0;
export function typing(id: string): void {
  if (Date.now() - typedAt < 3000) return;
  typedAt = Date.now();
  say({ type: 'typing', conversation: id });
}

effect(() => {
  view(open.value);
});
effect(() => {
  if (phase.value === 'in') queueMicrotask(connect);
  else if (phase.value === 'expired') ws?.close();
});

setInterval(() => {
  if (!ws || ws.readyState !== WebSocket.OPEN) return;
  // No word for a minute: the line is dead without knowing it.
  if (Date.now() - heardAt > 60_000) ws.close();
  else say({ type: 'ping' });
}, 20_000);

const again = () => {
  if (navigator.onLine && !document.hidden) connect();
};
addEventListener('online', again);
addEventListener('offline', () => {
  line.value = 'lost';
  ws?.close(); // a line that may be dead isn't waited for: another is taken up as soon as there is one
});
document.addEventListener('visibilitychange', again);
