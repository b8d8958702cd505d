import { useEffect, useState } from 'preact/hooks';
import * as api from '../../api/calls';
import { words } from '../../api/http';
import type { Agent } from '../../api/types';
import { say } from '../../lib/words';
import { busy, offer, transfer } from '../../state/actions';
import { hide } from '../../state/dialogs';
import { session } from '../../state/session';
import { Dialog } from '../../ui/dialog';
import { Bones, Button, Empty, Field, Notice } from '../../ui/kit';

/** To whom, and what they should know. It stays with the one who has it until it is accepted. */
export function Transfer({ how }: { how?: 'offer' }) {
  const [agents, setAgents] = useState<Agent[] | null>(null);
  const [error, setError] = useState('');
  const [to, setTo] = useState('');
  const [comment, setComment] = useState('');
  useEffect(() => {
    api.agents().then(
      (a) => setAgents(a.agents ?? []),
      (e) => setError(words(e)),
    );
  }, []);
  useEffect(() => {
    if (agents?.length) document.querySelector<HTMLElement>('dialog [name="to"]')?.focus();
  }, [agents]);
  const others = (agents ?? [])
    .filter((a) => a.name !== session.value?.name && ['agent', 'senior_agent', 'supervisor'].includes(a.role))
    .sort((a, b) => Number(b.online) - Number(a.online) || a.load / (a.capacity || 1) - b.load / (b.capacity || 1));
  return (
    <Dialog title={how ? 'Offer it to a colleague' : 'Transfer to a colleague'}>
      <form
        class="stack"
        onSubmit={(e) => {
          e.preventDefault();
          void (how ? offer(to) : transfer(to, comment.trim()));
        }}
      >
        {error && (
          <Notice tone="stop" alert>
            {error}
          </Notice>
        )}
        {!agents && !error && <Bones rows={4} />}
        {agents && others.length === 0 && (
          <Empty icon="users" title="Nobody else is on the desk">
            Release it to the queue instead.
          </Empty>
        )}
        <fieldset class="radios">
          <legend class="sr">Colleague</legend>
          {others.map((a) => (
            <label key={a.name}>
              <input type="radio" name="to" value={a.name} checked={to === a.name} required onChange={() => setTo(a.name)} />
              <span class={`dot ${a.online ? a.status : 'offline'}`} />
              <span class="grow">
                <b>{a.display || a.name}</b> <span class="soft">{say(a.role)}</span>
              </span>
              <span class="soft">{a.online ? say(a.status) : 'Not here'}</span>
              <span class="num" title="Conversations they have, of those they can take">
                {a.load}/{a.capacity}
              </span>
            </label>
          ))}
        </fieldset>
        {!how && (
          <Field id="transfer-comment" label="What they should know" help="It stays yours until they accept.">
            <textarea id="transfer-comment" rows={3} required value={comment} onInput={(e) => setComment(e.currentTarget.value)} />
          </Field>
        )}
        <footer class="dialog-foot">
          <Button onClick={hide}>Cancel</Button>
          <Button kind="primary" type="submit" icon="transfer" disabled={!to || (!how && !comment.trim())} busy={busy.value === 'transfer'}>
            Ask them
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
