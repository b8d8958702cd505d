import { signal } from '@preact/signals';
import type { Approval } from '../api/types_panel';

// The one dialog that is open, or none.

export type Open =
  | { kind: 'help' }
  | { kind: 'palette' }
  | { kind: 'password' }
  | { kind: 'totp' }
  | { kind: 'canned' }
  | { kind: 'transfer'; how?: 'offer' }
  | { kind: 'finish'; to: 'bot' | 'closed' | '' }
  | { kind: 'takeover' }
  | { kind: 'approval' }
  | { kind: 'agree' }
  | { kind: 'decline' }
  | { kind: 'reveal'; field: string }
  | { kind: 'trace'; turn: string | null }
  | { kind: 'decide'; approval: Approval; decision: 'approve' | 'edit' | 'reject' };

export const dialog = signal<Open | null>(null);
export const show = (d: Open) => {
  dialog.value = d;
};
export const hide = () => {
  dialog.value = null;
};

/** Which of the three columns a narrow screen shows. */
export const pane = signal<'list' | 'talk' | 'panel'>('talk');
