import type { ComponentChildren } from 'preact';
import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import * as api from '../../api/calls';
import type { Canned } from '../../api/types';
import { fuzzy } from '../../lib/keys';
import { Icon } from '../../ui/icon';

export const cannedReplies = signal<Canned[] | null>(null);
export async function loadCanned(): Promise<void> {
  cannedReplies.value = await api.canned.list();
}

interface Props {
  text: string;
  language: string;
  onPick: (c: Canned) => void;
  children: (onKeyDown: (e: KeyboardEvent) => boolean, aria: Record<string, string | boolean | undefined>) => ComponentChildren;
}

/** Prepared replies, opened by a slash at the start of a word; those in the person's language first. */
export function Picker({ text, language, onPick, children }: Props) {
  const [at, setAt] = useState(0);
  const [closed, setClosed] = useState('');
  const slash = /(?:^|\s)\/([^\s/]*)$/.exec(text);
  const word = slash ? slash[1]! : null;
  useEffect(() => {
    if (word !== null && cannedReplies.value === null)
      loadCanned().catch(() => {
        cannedReplies.value = [];
      });
  }, [word !== null]);
  useEffect(() => setAt(0), [word]);
  const found = word === null || closed === text ? [] : matching(cannedReplies.value ?? [], word, language);
  const on = found[Math.min(at, found.length - 1)];
  const keys = (e: KeyboardEvent): boolean => {
    if (!found.length || e.isComposing) return false;
    if (e.key === 'ArrowDown') setAt((at + 1) % found.length);
    else if (e.key === 'ArrowUp') setAt((at - 1 + found.length) % found.length);
    else if ((e.key === 'Enter' && !e.ctrlKey && !e.metaKey) || e.key === 'Tab') onPick(on!);
    else if (e.key === 'Escape') {
      setClosed(text);
      e.stopPropagation();
    } else return false;
    e.preventDefault();
    return true;
  };
  const open = found.length > 0;
  return (
    <div class="picker">
      {open && (
        <ul id="canned-list" role="listbox" aria-label="Prepared replies">
          {found.map((c, i) => (
            <li
              key={c.id}
              id={`canned-${i}`}
              role="option"
              aria-selected={c === on}
              onPointerDown={(e) => {
                e.preventDefault();
                onPick(c);
              }}
            >
              <span>
                <b>/{c.shortcut}</b> {c.title} {c.locked && <Icon name="lock" size={12} />}
              </span>
              <span class="soft cut">{c.text}</span>
            </li>
          ))}
        </ul>
      )}
      {word !== null && !open && cannedReplies.value?.length === 0 && (
        <p class="soft">No prepared replies yet. Add yours from your account menu.</p>
      )}
      {children(
        keys,
        open
          ? { 'aria-controls': 'canned-list', 'aria-autocomplete': 'list', 'aria-activedescendant': `canned-${found.indexOf(on!)}` }
          : {},
      )}
    </div>
  );
}

function matching(all: Canned[], word: string, language: string): Canned[] {
  return all
    .map((c) => ({ c, cost: fuzzy(word, `${c.shortcut} ${c.title}`) + (c.language && c.language !== language ? 1000 : 0) }))
    .filter((x) => fuzzy(word, `${x.c.shortcut} ${x.c.title}`) >= 0)
    .sort((a, b) => a.cost - b.cost || a.c.shortcut.localeCompare(b.c.shortcut))
    .slice(0, 7)
    .map((x) => x.c);
}
