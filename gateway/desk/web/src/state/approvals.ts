import { signal } from '@preact/signals';
import * as api from '../api/calls';
import { words } from '../api/http';
import type { Approval, Team } from '../api/types_panel';
import { coalesce } from '../lib/backoff';
import { page } from './route';
import { decides, phase, seesTeam } from './session';

// What waits for somebody's yes, and how the team stands.

export const list = signal<Approval[] | null>(null);
export const error = signal('');
export const team = signal<Team | null>(null);
export const teamError = signal('');

async function load(): Promise<void> {
  if (phase.value !== 'in' || !decides.value) return;
  try {
    list.value = (await api.approvals.list()).approvals;
    error.value = '';
  } catch (e) {
    error.value = words(e);
  }
}

export async function loadTeam(): Promise<void> {
  if (phase.value !== 'in' || !seesTeam.value) return;
  try {
    team.value = await api.team();
    teamError.value = '';
  } catch (e) {
    teamError.value = words(e);
  }
}

export const refresh = coalesce(() => void load(), 500);
const later = coalesce(() => void loadTeam(), 1500);
export const teamChanged = () => {
  if (page.value === 'team') later();
};
