import { signal } from '@preact/signals';
import * as api from '../api/calls';
import { Problem, words } from '../api/http';
import { calm } from './alerts';
import { hide } from './dialogs';
import { focus } from './focus';
import * as queue from './queue';
import { refreshMe, session } from './session';
import { data, load, loadPanel } from './talk';
import { tell } from './toast';
import { show } from './dialogs';

// What the buttons do. The service decides; who lost a race is told who has it.

export const busy = signal('');

/** Runs one action at a time on the conversation; says what went wrong and shows how it is now. */
export async function act(name: string, run: () => Promise<unknown>, done = ''): Promise<boolean> {
  if (busy.value) return false;
  busy.value = name;
  try {
    await run();
    if (done) tell(done);
    return true;
  } catch (e) {
    if (e instanceof Problem && e.code === 'control_changed')
      tell(e.holder ? `${e.holder} has this conversation now.` : 'Who has this conversation has changed.', 'warning');
    else tell(words(e), 'stop');
    return false;
  } finally {
    busy.value = '';
    await load();
    void loadPanel();
    queue.refresh();
    void refreshMe();
  }
}

const handoff = () => data.value?.item.handoff ?? '';
const id = () => data.value?.item.conversation ?? '';

export async function claim(): Promise<void> {
  const distress = id();
  if (await act('claim', () => api.handoff(handoff(), 'claim'), 'It is yours.')) {
    calm(distress);
    focus('composer', 120);
  }
}

export async function accept(): Promise<void> {
  if (await act('accept', () => api.handoff(handoff(), 'accept'), 'It is yours.')) focus('composer');
}

export async function decline(why: string): Promise<void> {
  if (await act('decline', () => api.handoff(handoff(), 'decline', why ? { why } : {}), 'Declined. It goes to somebody else.')) hide();
}

/** Taking over is recorded with its reason. */
export const takeOver = () => show({ kind: 'takeover' });

export async function takeOverFor(why: string): Promise<void> {
  if (await act('take_over', () => api.conversation.takeOver(id(), why), 'You have the conversation. The assistant is silent.')) {
    hide();
    calm(id());
    focus('composer');
  }
}

export const release = () => act('release', () => api.handoff(handoff(), 'release'), 'Back in the queue, with the wait it had.');

export async function transfer(to: string, comment: string): Promise<void> {
  if (await act('transfer', () => api.handoff(handoff(), 'transfer', { to, comment }), 'Asked. It stays yours until it is accepted.'))
    hide();
}

export async function offer(to: string): Promise<void> {
  if (await act('transfer', () => api.handoff(handoff(), 'offer', { to }), 'Offered. It rings at their desk.')) hide();
}

/** How freely the assistant may speak in this conversation. */
export const setMode = (mode: 'auto' | 'draft_only') =>
  act(
    'mode',
    () => api.conversation.mode(id(), mode),
    mode === 'auto' ? 'The assistant answers by itself here.' : 'The assistant only drafts here; people send.',
  );

export const cancelTransfer = () => act('cancel', () => api.handoff(handoff(), 'transfer/cancel'), 'It stays with you.');

/** Ends the talk: first wrap-up, then what came of it. */
export async function finish(to: 'bot' | 'closed' | ''): Promise<void> {
  const item = data.value?.item;
  if (item?.control === 'human' && item.holder === session.value?.name && to !== 'bot') {
    if (!(await act('wrap', () => api.handoff(handoff(), 'wrap')))) return;
  }
  show({ kind: 'finish', to });
}

export async function resolve(disposition: string, note: string, to: 'bot' | 'closed', brief: string): Promise<void> {
  const body = { disposition, to, ...(note ? { note } : {}), ...(to === 'bot' && brief ? { brief } : {}) };
  if (await act('resolve', () => api.handoff(handoff(), 'resolve', body), to === 'bot' ? 'The assistant has it again.' : 'Closed.')) {
    hide();
    focus('list');
  }
}

export async function note(text: string): Promise<boolean> {
  return act('note', () => api.conversation.note(id(), text));
}

export async function whisper(text: string): Promise<boolean> {
  return act('whisper', () => api.conversation.whisper(id(), text), 'Only the agent sees it.');
}
