import { useState } from 'preact/hooks';
import { fuzzy } from '../../lib/keys';
import { say } from '../../lib/words';
import { commands } from '../../state/commands';
import { hide } from '../../state/dialogs';
import { items } from '../../state/queue';
import { go } from '../../state/route';
import { Dialog } from '../../ui/dialog';
import { Kbd } from '../../ui/kit';

interface Hit {
  id: string;
  label: string;
  side: string;
  keys?: string;
  run: () => void;
}

/** One field that finds every command and every conversation in the list. */
export function Palette() {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const found = hits(text);
  const i = Math.min(at, found.length - 1);
  const run = (h: Hit | undefined) => {
    if (!h) return;
    hide();
    queueMicrotask(h.run);
  };
  const keys = (e: KeyboardEvent) => {
    if (e.isComposing) return;
    if (e.key === 'ArrowDown') setAt(Math.min(found.length - 1, i + 1));
    else if (e.key === 'ArrowUp') setAt(Math.max(0, i - 1));
    else if (e.key === 'Enter') run(found[i]);
    else return;
    e.preventDefault();
  };
  return (
    <Dialog title="Do anything">
      <input
        class="palette-field"
        data-first
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={found[i] ? `hit-${i}` : undefined}
        aria-label="Command or conversation"
        placeholder="A command, a name, an account"
        value={text}
        onKeyDown={keys}
        onInput={(e) => {
          setText(e.currentTarget.value);
          setAt(0);
        }}
      />
      <ul id="palette-list" role="listbox" aria-label="What was found" class="palette">
        {found.map((h, n) => (
          <li key={h.id} id={`hit-${n}`} role="option" aria-selected={n === i} onPointerMove={() => setAt(n)} onClick={() => run(h)}>
            <span class="grow cut">{h.label}</span>
            <span class="soft">{h.side}</span>
            {h.keys && <Kbd>{h.keys}</Kbd>}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="soft pad">Nothing is called like that.</p>}
    </Dialog>
  );
}

function hits(text: string): Hit[] {
  const doable = commands.filter((c) => c.id !== 'palette' && (!c.when || c.when()));
  const all: Hit[] = [
    ...doable.map((c) => ({ id: c.id, label: c.label, side: c.group, keys: c.keys, run: c.run })),
    ...(text
      ? items.value.map((i) => ({
          id: i.conversation,
          label: `${i.name} ${i.account}`,
          side: say(i.channel),
          run: () => go({ conversation: i.conversation }),
        }))
      : []),
  ];
  return all
    .map((h) => ({ h, cost: fuzzy(text, h.label) }))
    .filter((x) => x.cost >= 0)
    .sort((a, b) => a.cost - b.cost)
    .slice(0, 10)
    .map((x) => x.h);
}
