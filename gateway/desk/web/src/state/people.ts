import { computed } from '@preact/signals';
import { session } from './session';
import { live } from './socket';

// Logins as the names colleagues know each other by.

const names = computed(() => new Map((live.value.agents ?? []).map((a) => [a.name, a.display])));

/** "luis" → "Luis Ortega"; "you" for the reader; a login that isn't known stays. */
export function known(login: string | null | undefined): string {
  if (!login) return '';
  const bare = login.replace(/^human:/, '');
  if (bare === session.value?.name) return 'you';
  return names.value.get(bare) || bare;
}
