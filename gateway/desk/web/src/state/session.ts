import { computed, signal } from '@preact/signals';
import * as api from '../api/calls';
import { Problem, whenSignedOut, words } from '../api/http';
import type { Me, Session, Status } from '../api/types';
import { fail } from './toast';

// Who sits at this desk. When the session ends the page stays as it is, under a sign-in
// that gives it back: nothing that was typed is lost.

export type Phase = 'starting' | 'broken' | 'out' | 'in' | 'expired';
export const phase = signal<Phase>('starting');
export const trouble = signal('');
export const session = signal<Session | null>(null);
export const me = signal<Me | null>(null);

/** Whether the service lets this person do it; it checks again, this only decides what is shown. */
export const may = (permission: string): boolean => (session.value?.permissions ?? []).includes(permission);
export const reads = computed(() => may('conversation:read'));
export const oversees = computed(() => may('conversation:takeover'));
export const seesTeam = computed(() => may('team:monitor'));
export const decides = computed(() => may('approval:read'));
export const seesBlocked = computed(() => may('blocked:read'));
export const seesReport = computed(() => may('report:read'));
export const speaks = computed(() => may('conversation:reply'));

whenSignedOut(() => {
  if (phase.value === 'in') phase.value = 'expired';
});

export async function start(): Promise<void> {
  phase.value = 'starting';
  try {
    enter(await api.session.get());
  } catch (e) {
    if (e instanceof Problem && (e.status === 401 || e.status === 403 || e.status === 404)) phase.value = 'out';
    else {
      trouble.value = words(e);
      phase.value = 'broken';
    }
  }
}

/** Goes in with a session. Someone else's page is not shown to whoever signs in after them. */
export function enter(s: Session): void {
  if (location.search) history.replaceState(null, '', location.pathname + location.hash);
  if (session.value && session.value.name !== s.name) {
    location.hash = '#/';
    location.reload();
    return;
  }
  session.value = s;
  phase.value = 'in';
  void refreshMe();
}

export async function refreshMe(): Promise<void> {
  try {
    me.value = await api.me.get();
  } catch {
    // the top bar then shows no load; the next event asks again
  }
}

export async function setStatus(status: Status): Promise<void> {
  const before = me.value;
  if (before) me.value = { ...before, status };
  try {
    await api.me.status(status);
  } catch (e) {
    me.value = before;
    fail(e);
  }
}

export async function signOut(): Promise<void> {
  try {
    await api.session.signOut();
  } catch (e) {
    if (!(e instanceof Problem && e.status === 401)) return fail(e);
  }
  location.hash = '#/';
  location.reload();
}
