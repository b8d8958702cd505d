import type { ComponentChildren } from 'preact';
import { ago, both, clock, countdown } from '../lib/time';
import { money, type Money as M } from '../lib/money';
import { moment, second } from '../state/clock';
import { Icon, type IconName } from './icon';

// The small parts of every view.

export type Tone = 'ok' | 'waiting' | 'warning' | 'stop' | 'quiet' | 'accent';

interface ButtonProps {
  children?: ComponentChildren;
  onClick?: () => void;
  icon?: IconName;
  kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  label?: string;
  disabled?: boolean;
  busy?: boolean;
  type?: 'button' | 'submit';
  title?: string;
  pressed?: boolean;
  autofocus?: boolean;
  keys?: string;
}

export function Button({ children, icon, kind = 'plain', label, busy, disabled, type = 'button', pressed, keys, ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      class={`button ${kind}${children ? '' : ' only'}`}
      aria-label={label}
      aria-pressed={pressed}
      aria-busy={busy || undefined}
      aria-keyshortcuts={keys}
      disabled={disabled || busy}
      {...rest}
      title={rest.title ?? (children ? undefined : label)}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** A word with a meaning: an icon or the word itself says it, the colour only helps. */
export function Tag({
  tone = 'quiet',
  icon,
  children,
  title,
}: {
  tone?: Tone;
  icon?: IconName;
  children: ComponentChildren;
  title?: string;
}) {
  return (
    <span class={`tag ${tone}`} title={title}>
      {icon && <Icon name={icon} size={14} />}
      {children}
    </span>
  );
}

/** A notice in the page that stays: what is so, and what to do. */
export function Notice({
  tone = 'quiet',
  icon,
  children,
  action,
  alert,
}: {
  tone?: Tone;
  icon?: IconName;
  children: ComponentChildren;
  action?: ComponentChildren;
  alert?: boolean;
}) {
  return (
    <div class={`notice ${tone}`} role={alert ? 'alert' : undefined}>
      <Icon name={icon ?? (tone === 'stop' ? 'stop' : tone === 'warning' ? 'alert' : tone === 'ok' ? 'check' : 'info')} />
      <div class="grow">{children}</div>
      {action}
    </div>
  );
}

/** A time in relative words, the exact one on hover, the other person's clock beside it. */
export function Ago({ at, zone, short }: { at: string | null | undefined; zone?: string; short?: boolean }) {
  if (!at) return null;
  const said = ago(at, moment.value);
  return (
    <time dateTime={at} title={both(at, zone)}>
      {short ? said.replace(/ ago$/, '') : said}
    </time>
  );
}

/** A time of day, with the other person's beside it where the clocks differ. */
export function Clock({ at, zone }: { at: string; zone?: string }) {
  const theirs = zone ? clock(at, zone) : '';
  return (
    <time dateTime={at} title={both(at, zone)}>
      {clock(at)}
      {theirs && theirs !== clock(at) && <span class="theirs"> ({theirs} for them)</span>}
    </time>
  );
}

/** What is left, to the second. Not read aloud each second. */
export function Countdown({ until, label = 'left' }: { until: string; label?: string }) {
  return (
    <time class="num" dateTime={until} title={both(until)}>
      {countdown(until, second.value)} {label}
    </time>
  );
}

export const Money = ({ of }: { of: M | string | null | undefined }) => <span class="num">{money(of)}</span>;

/** Nothing here: why, and what next. */
export function Empty({ icon, title, children }: { icon: IconName; title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <Icon name={icon} size={28} />
      <p class="strong">{title}</p>
      {children && <div class="soft">{children}</div>}
    </div>
  );
}

/** The shape of what is coming. */
export function Bones({ rows = 4, height = 40, label = 'Loading' }: { rows?: number; height?: number; label?: string }) {
  return (
    <div class="bones" role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, i) => (
        <span key={i} class={`bone h${height} w${(i * 7) % 4}`} />
      ))}
    </div>
  );
}

/** A field with its label, its help and its error, tied together. */
export function Field({
  id,
  label,
  help,
  error,
  children,
}: {
  id: string;
  label: string;
  help?: ComponentChildren;
  error?: string;
  children: ComponentChildren;
}) {
  return (
    <div class={`field${error ? ' wrong' : ''}`}>
      <label for={id}>{label}</label>
      {children}
      {help && (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {error && (
        <p class="error" id={`${id}-error`} role="alert">
          <Icon name="alert" size={14} /> {error}
        </p>
      )}
    </div>
  );
}

export const Kbd = ({ children }: { children: string }) => (
  <kbd>
    {children
      .replace('Ctrl+', navigator.platform.startsWith('Mac') ? '⌘ ' : 'Ctrl ')
      .replace(/\b[a-z]$/, (c) => (children.includes('+') ? c.toUpperCase() : c))}
  </kbd>
);
