// What helps with writing: findings, checks, suggestions, prepared replies, dispositions.

export interface Finding {
  rule: string;
  citation?: string;
  severity: 'block' | 'warn' | 'info';
  why: string;
  words?: string;
  start?: number;
  end?: number;
  suggestion?: string;
}

export interface Check {
  findings: Finding[];
  final?: string | null;
  segments?: number;
  characters?: number;
  encoding?: string;
  allowed?: boolean;
  until?: string | null;
  contact?: Finding[] | null;
}

export interface Suggestion {
  id: string;
  kind: string;
  text: string;
  reason?: string;
  source?: string;
}

export interface Disposition {
  code: string;
  label: string;
  to_bot?: boolean;
  effect?: string;
}

export interface Canned {
  id: string;
  shortcut: string;
  title: string;
  text: string;
  language?: string;
  scope: 'all' | 'team' | 'mine';
  locked?: boolean;
  portfolio?: string;
  version?: number;
}
