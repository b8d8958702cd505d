import { computed, signal } from '@preact/signals';

// Where the reader is. In the part of the address behind #, which never reaches a server's log.

export type Page = 'desk' | 'team' | 'approvals' | 'blocked' | 'report';
const pages: Page[] = ['desk', 'team', 'approvals', 'blocked', 'report'];

const hash = signal(location.hash);
addEventListener('hashchange', () => {
  hash.value = location.hash;
});

export const page = computed<Page>(() => {
  const first = hash.value.replace(/^#\/?/, '').split('/')[0] as Page;
  return pages.includes(first) ? first : 'desk';
});

/** The conversation that is open, or null. */
export const open = computed<string | null>(() => {
  const m = /^#\/c\/([^/]+)/.exec(hash.value);
  try {
    return m ? decodeURIComponent(m[1]!) : null;
  } catch {
    return null;
  }
});

export const hrefOf = (conversation: string) => '#/c/' + encodeURIComponent(conversation);
export function go(to: Page | { conversation: string }): void {
  location.hash = typeof to === 'string' ? (to === 'desk' ? '#/' : '#/' + to) : hrefOf(to.conversation);
}
