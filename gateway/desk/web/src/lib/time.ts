// Times in words. Now is always an argument: a word for a time that never changes is wrong.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A duration in the two largest units that matter: "45 s", "12 min", "2 h 5 min", "3 d 4 h". */
export function span(ms: number): string {
  const t = Math.max(0, ms);
  if (t < MINUTE) return `${Math.floor(t / SECOND)} s`;
  if (t < HOUR) return `${Math.floor(t / MINUTE)} min`;
  if (t < DAY) return two(Math.floor(t / HOUR), 'h', Math.floor((t % HOUR) / MINUTE), 'min');
  return two(Math.floor(t / DAY), 'd', Math.floor((t % DAY) / HOUR), 'h');
}

function two(a: number, unitA: string, b: number, unitB: string): string {
  return b ? `${a} ${unitA} ${b} ${unitB}` : `${a} ${unitA}`;
}

/** How long ago, or how far ahead. */
export function ago(then: string | number, now: number): string {
  const d = now - ms(then);
  if (Math.abs(d) < 10 * SECOND) return 'just now';
  return d >= 0 ? `${span(d)} ago` : `in ${span(-d)}`;
}

/** What is left until a moment, as a countdown: "0:42", "12:05", "1:03:20". Never below zero. */
export function countdown(until: string | number, now: number): string {
  const left = Math.max(0, Math.ceil((ms(until) - now) / SECOND));
  const h = Math.floor(left / 3600);
  const m = Math.floor((left % 3600) / 60);
  const s = String(left % 60).padStart(2, '0');
  return h ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}

/** The exact moment in a zone, or in the reader's own: "Sun, Nov 22, 3:41:07 PM CST". */
export function exact(at: string | number, zone?: string): string {
  return format(
    at,
    { weekday: 'short', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', second: '2-digit', timeZoneName: 'short' },
    zone,
  );
}

/** A moment some way off, to the minute: "Wed, Nov 25, 3:31 PM PST". */
export function upcoming(at: string | number, zone?: string): string {
  return format(at, { weekday: 'short', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short' }, zone);
}

/** The time of day: "3:41 PM". */
export function clock(at: string | number, zone?: string): string {
  return format(at, { hour: 'numeric', minute: '2-digit' }, zone);
}

/** A calendar day: "Fri, Dec 4". A date without a time is taken as it stands, in no zone. */
export function day(at: string): string {
  const plain = /^\d{4}-\d{2}-\d{2}$/.test(at);
  return format(plain ? `${at}T12:00:00Z` : at, { weekday: 'short', month: 'short', day: 'numeric' }, plain ? 'UTC' : undefined);
}

/** The exact time for the reader, and for the other person where their clocks differ. */
export function both(at: string | number, theirs?: string): string {
  const mine = exact(at);
  if (!theirs || clock(at) === clock(at, theirs)) return mine;
  return `${mine} · for them ${exact(at, theirs)}`;
}

/** The part of a wait that is used up, 0 to 1; a deadline in the past is 1. */
export function used(since: string, deadline: string, now: number): number {
  const whole = ms(deadline) - ms(since);
  if (whole <= 0) return 1;
  return Math.min(1, Math.max(0, (now - ms(since)) / whole));
}

/** Milliseconds since the epoch. */
export function ms(at: string | number): number {
  return typeof at === 'number' ? at : Date.parse(at);
}

const made = new Map<string, Intl.DateTimeFormat>();

function format(at: string | number, options: Intl.DateTimeFormatOptions, zone?: string): string {
  const key = JSON.stringify(options) + (zone ?? '');
  let f = made.get(key);
  if (!f) {
    try {
      f = new Intl.DateTimeFormat('en-US', { ...options, timeZone: zone });
    } catch {
      f = new Intl.DateTimeFormat('en-US', options); // a zone this browser doesn't know: the reader's own
    }
    made.set(key, f);
  }
  const t = ms(at);
  return Number.isNaN(t) ? '' : f.format(t).replace(/\u202f/g, ' ');
}
