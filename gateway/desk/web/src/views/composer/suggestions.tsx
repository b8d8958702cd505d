import { useState } from 'preact/hooks';
import * as api from '../../api/calls';
import type { Suggestion } from '../../api/types';
import { suggestions } from '../../state/talk';
import { fail } from '../../state/toast';
import { Button } from '../../ui/kit';
import { Icon } from '../../ui/icon';

const reasons = ['Wrong facts', 'Wrong tone', 'Doesn’t answer', 'Not needed'];

/** What the engine or the model would say; a line once one writes. Nothing is sent by itself. */
export function Suggestions({ id, small, onInsert }: { id: string; small: boolean; onInsert: (s: Suggestion) => void }) {
  const [at, setAt] = useState(0);
  const [rejecting, setRejecting] = useState(false);
  const [wide, setWide] = useState(false);
  const all = suggestions.value;
  if (!all.length) return null;
  const i = Math.min(at, all.length - 1);
  const s = all[i]!;
  const open = wide || !small;
  const reject = async (why: string) => {
    suggestions.value = all.filter((x) => x.id !== s.id);
    setRejecting(false);
    try {
      await api.conversation.rejectSuggestion(id, s.id, why);
    } catch (e) {
      fail(e);
    }
  };
  return (
    <div class="suggestion" role="group" aria-label="Suggested reply">
      <p class="head">
        <Icon name={s.source === 'model' ? 'bot' : 'scale'} size={14} />{' '}
        <b>{s.source === 'model' ? 'Draft by the assistant' : 'Permitted offer'}</b>
        {s.reason && <span class="soft cut">{s.reason}</span>}
        <span class="grow" />
        {small && (
          <button type="button" class="link" aria-expanded={wide} onClick={() => setWide(!wide)}>
            {wide ? 'Hide' : 'Show'}
          </button>
        )}
        {open && all.length > 1 && (
          <button
            type="button"
            class="link"
            onClick={() => {
              setAt((i + 1) % all.length);
              setRejecting(false);
            }}
          >
            {i + 1} of {all.length}: next
          </button>
        )}
      </p>
      {open && <p class="text">{s.text}</p>}
      {!open ? null : rejecting ? (
        <div class="row wrap">
          <span class="soft">Why not?</span>
          {reasons.map((r) => (
            <Button key={r} onClick={() => void reject(r)}>
              {r}
            </Button>
          ))}
          <Button kind="quiet" onClick={() => setRejecting(false)}>
            Keep it
          </Button>
        </div>
      ) : (
        <div class="row">
          <Button icon="pen" onClick={() => onInsert(s)}>
            Insert and edit
          </Button>
          <Button kind="quiet" onClick={() => setRejecting(true)}>
            Reject
          </Button>
        </div>
      )}
    </div>
  );
}
