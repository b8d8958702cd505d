import { useEffect, useState } from 'preact/hooks';
import * as api from '../../api/calls';
import { words } from '../../api/http';
import { say } from '../../lib/words';
import { busy, decline, takeOverFor } from '../../state/actions';
import { hide } from '../../state/dialogs';
import { data, panel } from '../../state/talk';
import { Dialog } from '../../ui/dialog';
import { Button, Field, Notice } from '../../ui/kit';

/** The dialogs that ask for a reason, because the reason is recorded. */
export function TakeOver() {
  const [why, setWhy] = useState('');
  const i = data.value?.item;
  const from =
    i?.control === 'human' || i?.control === 'wrapping'
      ? i.holder_display || i.holder
      : i?.control === 'bot'
        ? 'the assistant'
        : 'the queue';
  return (
    <Dialog title={`Take over from ${from}`}>
      <form
        class="stack"
        onSubmit={(e) => {
          e.preventDefault();
          void takeOverFor(why.trim());
        }}
      >
        {i?.control === 'human' && (
          <Notice tone="warning">{from} is told and can’t reply any more. The person is told that somebody else answers.</Notice>
        )}
        <Field id="takeover-why" label="Reason" help="Recorded with the conversation.">
          <textarea id="takeover-why" data-first rows={2} required value={why} onInput={(e) => setWhy(e.currentTarget.value)} />
        </Field>
        <footer class="dialog-foot">
          <Button onClick={hide}>Cancel</Button>
          <Button kind="primary" type="submit" icon="hand" disabled={!why.trim()} busy={busy.value === 'take_over'}>
            Take over
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

export function Decline() {
  const [why, setWhy] = useState('');
  return (
    <Dialog title="Decline">
      <form
        class="stack"
        onSubmit={(e) => {
          e.preventDefault();
          void decline(why.trim());
        }}
      >
        <Field id="decline-why" label="Reason (if you like)" help="It goes back to where it was, with the wait it had.">
          <textarea id="decline-why" data-first rows={2} value={why} onInput={(e) => setWhy(e.currentTarget.value)} />
        </Field>
        <footer class="dialog-foot">
          <Button onClick={hide}>Cancel</Button>
          <Button kind="primary" type="submit" busy={busy.value === 'decline'}>
            Decline
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

/** How long a revealed value stays on the screen. */
const SHOWN = 60_000;

/** Personal data: asked for with a reason, recorded, and gone again after a minute. */
export function Reveal({ field }: { field: string }) {
  const [why, setWhy] = useState('');
  const [value, setValue] = useState('');
  const [error, setError] = useState('');
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    if (!value) return;
    const t = setTimeout(hide, SHOWN);
    return () => clearTimeout(t);
  }, [value]);
  const ask = async (e: Event) => {
    e.preventDefault();
    const account = panel.value?.account?.id;
    if (!account) return setError('No account is matched yet, so there is nothing to reveal.');
    setAsking(true);
    try {
      setValue((await api.reveal(account, field, why.trim())).value);
      setError('');
    } catch (e) {
      setError(words(e));
    } finally {
      setAsking(false);
    }
  };
  const what = say(field).toLowerCase();
  return (
    <Dialog title={`Reveal the ${what}`}>
      {value ? (
        <div class="stack">
          <p class="revealed" role="status">
            {value}
          </p>
          <p class="soft">Shown for a minute. That you saw it is recorded.</p>
          <footer class="dialog-foot">
            <Button kind="primary" onClick={hide}>
              Hide it
            </Button>
          </footer>
        </div>
      ) : (
        <form class="stack" onSubmit={ask}>
          {error && (
            <Notice tone="stop" alert>
              {error}
            </Notice>
          )}
          <Notice icon="eye">Your name, the time and the reason are recorded.</Notice>
          <Field id="reveal-why" label={`Why do you need the ${what}?`}>
            <textarea id="reveal-why" data-first rows={2} required value={why} onInput={(e) => setWhy(e.currentTarget.value)} />
          </Field>
          <footer class="dialog-foot">
            <Button onClick={hide}>Cancel</Button>
            <Button kind="primary" type="submit" icon="eye" disabled={!why.trim()} busy={asking}>
              Reveal
            </Button>
          </footer>
        </form>
      )}
    </Dialog>
  );
}
