import * as act from './actions';
import { dialog, hide, pane, show } from './dialogs';
import { focus } from './focus';
import { matches, parseKey, takesText } from '../lib/keys';
import { neighbour } from '../lib/order';
import { mode } from './compose';
import { singleKeys, sound, theme, view } from './prefs';
import { rows } from './queue';
import { go, open } from './route';
import { decides, seesBlocked, seesReport, seesTeam, session, setStatus, signOut } from './session';
import { can, data } from './talk';
import type { View } from '../api/types';

// Everything the keyboard can do, once: for the keys, the list under "?" and the palette.

export interface Command {
  id: string;
  label: string;
  group: 'Move' | 'Conversation' | 'Write' | 'Go to' | 'Desk';
  keys?: string;
  /** Whether it can be done now; what can't is left out of the palette. */
  when?: () => boolean;
  run: () => void;
}

function step(by: number): void {
  const keys = rows.value.rows.map((r) => r.item.conversation);
  const to = neighbour(keys, open.value, by);
  if (to) go({ conversation: to });
}

const offeredToMe = () => data.value?.item.control === 'offered' && data.value.item.offered_to === session.value?.name;
const write = (m: 'reply' | 'note') => () => {
  mode.value = m;
  focus(m === 'note' ? 'note' : 'composer');
};
const look = (v: View) => () => {
  view.value = v;
  go('desk');
  pane.value = 'list';
  focus('list');
};

export const commands: Command[] = [
  { id: 'next', label: 'Next conversation', group: 'Move', keys: 'j', run: () => step(1) },
  { id: 'prev', label: 'Previous conversation', group: 'Move', keys: 'k', run: () => step(-1) },
  {
    id: 'search',
    label: 'Search the list',
    group: 'Move',
    keys: '/',
    run: () => {
      go('desk');
      pane.value = 'list';
      focus('search');
    },
  },
  {
    id: 'newest',
    label: 'Go to the newest message',
    group: 'Move',
    keys: 'G',
    when: () => !!data.value,
    run: () => dispatchEvent(new CustomEvent('desk:newest')),
  },
  {
    id: 'claim',
    label: 'Claim, or accept what is offered',
    group: 'Conversation',
    keys: 'c',
    when: () => can('claim') || offeredToMe(),
    run: () => void (offeredToMe() ? act.accept() : act.claim()),
  },
  { id: 'takeover', label: 'Take over', group: 'Conversation', keys: 't', when: () => can('take_over'), run: act.takeOver },
  {
    id: 'finish',
    label: 'Finish',
    group: 'Conversation',
    keys: 'f',
    when: () => can('wrap') || can('resolve'),
    run: () => void act.finish(''),
  },
  {
    id: 'transfer',
    label: 'Transfer',
    group: 'Conversation',
    keys: 'x',
    when: () => can('transfer'),
    run: () => show({ kind: 'transfer' }),
  },
  { id: 'release', label: 'Release to the queue', group: 'Conversation', when: () => can('release'), run: () => void act.release() },
  {
    id: 'return',
    label: 'Return to the assistant',
    group: 'Conversation',
    when: () => can('return_to_bot'),
    run: () => void act.finish('bot'),
  },
  {
    id: 'trace',
    label: 'Show how the assistant decided',
    group: 'Conversation',
    when: () => !!data.value,
    run: () => show({ kind: 'trace', turn: null }),
  },
  {
    id: 'ask',
    label: 'Ask for approval of other terms',
    group: 'Conversation',
    when: () => can('request_approval'),
    run: () => show({ kind: 'approval' }),
  },
  { id: 'reply', label: 'Write a reply', group: 'Write', keys: 'r', when: () => !!data.value, run: write('reply') },
  { id: 'note', label: 'Write a private note', group: 'Write', keys: 'n', when: () => !!data.value, run: write('note') },
  { id: 'send', label: 'Send', group: 'Write', keys: 'Ctrl+Enter', when: () => false, run: () => undefined },
  { id: 'mine', label: 'Mine', group: 'Go to', run: look('mine') },
  { id: 'unassigned', label: 'Unassigned', group: 'Go to', run: look('unassigned') },
  { id: 'botview', label: 'Bot-handled', group: 'Go to', run: look('bot') },
  { id: 'team', label: 'Team', group: 'Go to', when: () => seesTeam.value, run: () => go('team') },
  { id: 'approvals', label: 'Approvals', group: 'Go to', when: () => decides.value, run: () => go('approvals') },
  { id: 'blocked', label: 'Stopped messages', group: 'Go to', when: () => seesBlocked.value, run: () => go('blocked') },
  { id: 'report', label: 'Reliability report', group: 'Go to', when: () => seesReport.value, run: () => go('report') },
  { id: 'palette', label: 'Do anything', group: 'Desk', keys: 'Ctrl+k', run: () => show({ kind: 'palette' }) },
  { id: 'help', label: 'Show the keys', group: 'Desk', keys: '?', run: () => show({ kind: 'help' }) },
  {
    id: 'theme',
    label: 'Switch light and dark',
    group: 'Desk',
    run: () => {
      theme.value = theme.value === 'dark' ? 'light' : 'dark';
    },
  },
  {
    id: 'sound',
    label: 'Switch sound on or off',
    group: 'Desk',
    run: () => {
      sound.value = !sound.value;
    },
  },
  { id: 'available', label: 'I am available', group: 'Desk', run: () => void setStatus('available') },
  { id: 'away', label: 'I am away', group: 'Desk', run: () => void setStatus('away') },
  { id: 'canned', label: 'Edit my prepared replies', group: 'Desk', run: () => show({ kind: 'canned' }) },
  { id: 'out', label: 'Sign out', group: 'Desk', run: () => void signOut() },
];

/** Escape goes back one step: out of a field, then out of the conversation. */
function back(e: KeyboardEvent): void {
  const el = document.activeElement as HTMLElement | null;
  if (takesText(el)) {
    el!.blur();
    focus('transcript');
  } else if (pane.value === 'panel') {
    pane.value = 'talk';
  } else if (open.value) {
    go('desk');
    focus('list');
  } else return;
  e.preventDefault();
}

addEventListener('keydown', (e) => {
  if (e.defaultPrevented || e.isComposing) return;
  const inDialog = dialog.value !== null || document.querySelector('dialog[open]') !== null;
  if (e.key === 'Escape') {
    if (!inDialog) back(e);
    return;
  }
  for (const c of commands) {
    if (!c.keys) continue;
    const k = parseKey(c.keys);
    if (!matches(k, e) || (!k.mod && (!singleKeys.value || takesText(e.target as HTMLElement))) || inDialog) continue;
    if (c.when && !c.when()) continue;
    e.preventDefault();
    hide();
    c.run();
    return;
  }
});
