import type { Finding } from './types';

// One way to the service. Every refusal is a Problem whose words can be shown as they are.

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly words: string,
    readonly findings: Finding[] = [],
    readonly holder = '',
    readonly until = '',
    readonly body: Record<string, unknown> = {},
  ) {
    super(words);
  }
}

type Listener = () => void;
let onSignedOut: Listener = () => {};

/** Calls back when the service no longer knows who is asking. */
export function whenSignedOut(f: Listener): void {
  onSignedOut = f;
}

const DEADLINE = 15_000;

/** Asks, and gives the answer's JSON; throws a Problem for anything but success. */
export async function call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const limit = AbortSignal.timeout(DEADLINE);
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: signal ? anyOf(signal, limit) : limit,
    });
  } catch (e) {
    if (signal?.aborted) throw e;
    throw new Problem(0, 'offline', 'The desk can’t reach the server. Your work is kept; it is tried again when the connection is back.');
  }
  const text = await answer.text();
  const value = parse(text);
  if (answer.ok) return value as T;
  throw refusal(answer.status, value, path);
}

function refusal(status: number, value: unknown, path: string): Problem {
  const p = (value ?? {}) as Record<string, unknown>;
  if (status === 401 && !path.startsWith('/desk/')) onSignedOut();
  const details = Array.isArray(p['errors']) ? (p['errors'] as { location?: string; message?: string }[]) : [];
  const extra = details
    .map((d) => `${(d.location ?? '').replace(/^body\./, '')} ${d.message ?? ''}`.trim())
    .filter(Boolean)
    .join('; ');
  const words = [String(p['detail'] ?? p['title'] ?? ''), extra].filter(Boolean).join(': ') || standard(status);
  return new Problem(
    status,
    String(p['code'] ?? ''),
    sentence(words),
    findings(p['findings']),
    String(p['holder'] ?? ''),
    String(p['until'] ?? ''),
    p,
  );
}

/** Findings in one shape: a refusal by the older API names the same things differently. */
export function findings(value: unknown): Finding[] {
  if (!Array.isArray(value)) return [];
  return (value as Raw[]).map((v) => ({
    rule: v.rule ?? '',
    citation: v.citation ?? v.cite ?? '',
    severity: v.severity ?? (v.outcome === 'warn' || v.outcome === 'info' ? v.outcome : 'block'),
    why: v.why ?? v.detail ?? '',
    words: v.words ?? '',
    start: v.start,
    end: v.end,
    suggestion: v.suggestion ?? '',
  }));
}

type Raw = Partial<Finding> & { cite?: string; detail?: string; outcome?: string };

function standard(status: number): string {
  if (status === 401) return 'You are signed out. Sign in to go on.';
  if (status === 403) return 'Your role doesn’t allow this. Ask a supervisor.';
  if (status === 404) return 'This isn’t here any more, or it isn’t yours to see.';
  if (status === 429) return 'Too many tries. Wait a minute, then try again.';
  return 'The server could not do this. Try again in a moment.';
}

function sentence(said: string): string {
  const s = said.replace(/^validation failed: /i, '');
  const t = s.charAt(0).toUpperCase() + s.slice(1);
  return /[.!?]$/.test(t) ? t : t + '.';
}

function parse(text: string): unknown {
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function anyOf(a: AbortSignal, b: AbortSignal): AbortSignal {
  const c = new AbortController();
  for (const s of [a, b]) {
    if (s.aborted) c.abort(s.reason);
    else s.addEventListener('abort', () => c.abort(s.reason), { once: true });
  }
  return c.signal;
}

/** What went wrong, in words fit to be shown. */
export function words(e: unknown): string {
  return e instanceof Problem ? e.words : 'Something went wrong on this page. Reload it; what you typed is kept on the server.';
}
