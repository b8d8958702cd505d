import type { Finding, Money, Note } from './types';

// The margin to a conversation: the person, the account, what may be said and offered.

export interface Panel {
  person: {
    name: string;
    masked?: Record<string, string> | null;
    verified?: boolean;
    language?: string;
    local_time?: string;
    zone?: string;
  };
  account?: {
    id: string;
    creditor?: string;
    last4?: string;
    balance?: Money;
    itemization?: Record<string, string> | null;
    portfolio?: string;
    flags?: { name: string; since?: string; why?: string }[] | null;
  } | null;
  contact?: Permission[] | null;
  contacts_7d?: { calls: number; texts: number };
  disclosures?: { name: string; given_at?: string | null; message?: string; due?: boolean }[] | null;
  limits?: { settlement_floor_role?: Money | null; max_months?: number; min_payment?: string; text?: string } | null;
  offers?: { kind: string; terms?: string; text?: string; made_at?: string; state: string }[] | null;
  agreement?: Agreement | null;
  promises?: { id?: string; amount: Money | string; due: string; method?: string; state: string; text?: string }[] | null;
  approvals?: { id: string; requested_by?: string; kind: string; total: Money; state: string; expires_at?: string }[] | null;
  notes?: Note[] | null;
  past?: { conversation: string; channel: string; at: string; disposition?: string }[] | null;
}

export interface Permission {
  channel: string;
  allowed: boolean;
  until?: string | null;
  why?: { rule: string; citation?: string; text?: string }[] | null;
  next?: string | null;
  consent?: { source?: string; at?: string } | null;
}

export interface Agreement {
  id?: string;
  kind: string;
  state: string;
  total: Money | string;
  currency?: string;
  installments?: { due: string; amount: Money | string }[] | null;
  at?: string;
}

export interface Terms {
  offer?: string;
  kind: string;
  total: Money;
  installments?: { due: string; amount: Money | string }[] | null;
  expires?: string;
}

export interface Approval {
  id: string;
  conversation: string;
  account?: string;
  requested_by?: string;
  action?: string;
  args?: Terms;
  args_sha256?: string;
  risk_reasons?: string[] | null;
  state: string;
  created_at?: string;
  expires_at?: string;
  decision?: string;
  decided_by?: string;
  comment?: string;
  edited_args?: Terms | null;
  failure?: string;
}

export interface Turn {
  id: string;
  input_seq?: number;
  started: string;
  steps: Step[];
}

export interface Step {
  name: string;
  started?: string;
  ms: number;
  attempt?: number;
  outcome: string;
  input?: unknown;
  output?: unknown;
  versions?: Record<string, string> | null;
  error?: string | null;
}

export interface Team {
  agents: import('./types').Agent[];
  queue: { waiting: number; oldest_since?: string | null; breaching: number; abandoned: number; by_reason?: Record<string, number> | null };
  conversations: Record<string, number>;
}

export interface Blocked {
  at: string;
  conversation: string;
  who: string;
  rules: Finding[];
  text?: string;
}

export interface Rate {
  rate: number;
  lower?: number;
  upper?: number;
  n?: number;
}

export interface Reliability {
  window?: string | { from?: string; to?: string } | null;
  conversations: number;
  success: Rate;
  by_capability?: (Rate & { capability?: string; name?: string; conversations?: number; portfolio?: string; level?: string })[] | null;
  failures?: { mode: string; count: number; conversation?: string; example?: string }[] | null;
  time_to_resolution?: { p50_s?: number | null; p90_s?: number | null } | null;
  handoffs?: { rate?: number; by_reason?: Record<string, number> | null } | null;
  override_rate?: number | null;
  draft_edit_rate?: number | null;
}

/** An offer that may be recorded as agreed now. */
export type Recordable = {
  id: string;
  kind: string;
  terms: string;
  total: Money;
  installments: { due: string; amount: string }[];
};
