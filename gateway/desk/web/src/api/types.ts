// What the service answers, as the desk's contract has it. Times are RFC 3339, money is a decimal string.
import type { Money } from '../lib/money';

export type Control = 'bot' | 'queued' | 'offered' | 'human' | 'transferring' | 'wrapping' | 'closed';
export type View = 'offered' | 'mine' | 'unassigned' | 'team' | 'bot' | 'waiting' | 'approvals' | 'all';
export type Sort = 'deadline' | 'wait' | 'priority' | 'activity';
export type Status = 'available' | 'busy' | 'away' | 'offline';

export interface Session {
  name: string;
  display: string;
  role: string;
  portfolios?: string[] | null;
  permissions?: string[] | null;
  expires?: string;
  idle_seconds?: number;
  demo?: boolean;
}

export interface SigninOptions {
  local: boolean;
  oidc: boolean;
  demo?: { name: string; display: string; role: string }[] | null;
}

/** A second factor being set up: first the secret and its picture, after the first code the recovery codes. */
export interface Enrolment {
  secret?: string;
  uri?: string;
  qr?: string;
  recovery_codes?: string[] | null;
}

export interface Me {
  name: string;
  display: string;
  role: string;
  status: Status;
  capacity: number;
  load: number;
  permissions?: string[] | null;
}

export interface Agent {
  name: string;
  display: string;
  role: string;
  status: Status;
  online: boolean;
  load: number;
  capacity: number;
  viewing?: string | null;
  longest_minutes?: number;
}

export interface Item {
  conversation: string;
  handoff: string | null;
  name: string;
  channel: string;
  language: string;
  account: string;
  portfolio: string;
  control: Control;
  epoch: number;
  holder?: string | null;
  holder_display?: string | null;
  offered_to?: string | null;
  offer_until?: string | null;
  transfer_to?: string | null;
  reasons?: string[] | null;
  reason_text?: string;
  words?: string;
  priority: number;
  lane?: string;
  since?: string | null;
  waiting_since?: string | null;
  deadline?: string | null;
  unread?: number;
  last?: { from: string; text: string; at: string } | null;
  mode?: string;
  approvals?: number;
  viewers?: string[] | null;
}

export interface ItemList {
  items: Item[];
  next?: string;
  counts?: Partial<Record<View, number>>;
  oldest_wait_since?: string | null;
  breaching?: number;
}

export interface Msg {
  seq: number;
  id: string;
  direction: 'in' | 'out';
  from: 'person' | 'bot' | 'agent' | 'system';
  name?: string;
  text: string;
  at: string;
  status: string;
  reason?: string;
  choice?: string;
  choices?: { id: string; label: string }[] | null;
  turn?: string | null;
  confidence?: number | null;
  checks?: string[] | null;
  heard?: string | null;
}

export interface Reason {
  code: string;
  text?: string;
  words?: string;
  detail?: string;
  confidence?: number | null;
  features?: Record<string, unknown> | null;
  steps?: (string | { name: string; outcome?: string; error?: string | null })[] | null;
  turn?: string | null;
}

export interface Note {
  id: string;
  who: string;
  display?: string;
  at: string;
  text: string;
  kind: 'note' | 'whisper';
}

export type Ability =
  | 'reply'
  | 'claim'
  | 'take_over'
  | 'release'
  | 'transfer'
  | 'wrap'
  | 'resolve'
  | 'return_to_bot'
  | 'whisper'
  | 'reveal'
  | 'export'
  | 'agree' | 'request_approval'
  | 'accept'
  | 'decline'
  | 'note'
  | 'mode'
  | 'offer'
  | 'cancel_transfer';

export interface Conversation {
  item: Item;
  messages: Msg[];
  handoff?: {
    id: string;
    reasons: Reason[];
    since?: string;
    comments?: { who: string; display?: string; text: string; at: string }[] | null;
    declined?: { who: string; why: string; at: string }[] | null;
    notices?: { code: string; who?: string; at: string }[] | null;
  } | null;
  notes?: Note[] | null;
  suggestions_stale_after?: number;
  draft?: { text: string; epoch?: number; at?: string } | null;
  brief?: string;
  can?: Partial<Record<Ability, boolean>>;
  why_not?: Partial<Record<Ability, string>>;
  zone?: string;
}

export type { Money };
export type * from './types_write';
