import { useEffect, useState } from 'preact/hooks';
import * as api from '../../api/calls';
import { words } from '../../api/http';
import type { Disposition } from '../../api/types';
import { busy, resolve } from '../../state/actions';
import { hide } from '../../state/dialogs';
import { data } from '../../state/talk';
import { Dialog } from '../../ui/dialog';
import { Bones, Button, Field, Notice, Tag } from '../../ui/kit';

/** What came of it. The choice has effects in law, which stand beside it. */
export function Finish({ to }: { to: 'bot' | 'closed' | '' }) {
  const [all, setAll] = useState<Disposition[] | null>(null);
  const [error, setError] = useState('');
  const [code, setCode] = useState('');
  const [goes, setGoes] = useState<'bot' | 'closed'>(to || 'closed');
  const [note, setNote] = useState('');
  const [brief, setBrief] = useState('');
  useEffect(() => {
    api.dispositions().then(setAll, (e) => setError(words(e)));
  }, []);
  const can = data.value?.can?.return_to_bot === true;
  const whyNot = data.value?.why_not?.return_to_bot;
  const chosen = all?.find((d) => d.code === code);
  const shown = (all ?? []).filter((d) => goes !== 'bot' || d.to_bot);
  const submit = (e: Event) => {
    e.preventDefault();
    void resolve(code, note.trim(), goes, brief.trim());
  };
  return (
    <Dialog title="What came of it?" wide>
      <form class="stack" onSubmit={submit}>
        {error && (
          <Notice tone="stop" alert>
            {error}
          </Notice>
        )}
        <fieldset class="segments">
          <legend>Then</legend>
          <label>
            <input type="radio" name="goes" checked={goes === 'closed'} onChange={() => setGoes('closed')} /> <span>Close</span>
          </label>
          <label class={can ? '' : 'off'}>
            <input type="radio" name="goes" disabled={!can} checked={goes === 'bot'} onChange={() => setGoes('bot')} />{' '}
            <span>Return to the assistant</span>
          </label>
        </fieldset>
        {!can && whyNot && <p class="help">It can’t go back to the assistant: {whyNot}</p>}
        {!all && !error && <Bones rows={5} />}
        <fieldset class="radios two">
          <legend>Outcome</legend>
          {shown.map((d) => (
            <label key={d.code}>
              <input type="radio" name="disposition" required checked={code === d.code} onChange={() => setCode(d.code)} />
              <span class="grow">
                <b>{d.label}</b>
                {d.effect && (
                  <>
                    <br />
                    <span class="soft">{d.effect}</span>
                  </>
                )}
              </span>
            </label>
          ))}
        </fieldset>
        {chosen?.effect && (
          <Notice tone="warning">
            <Tag tone="warning">At once</Tag> {chosen.effect}.
          </Notice>
        )}
        {goes === 'bot' && (
          <Field id="finish-brief" label="Brief for the assistant" help="What you said and promised, so that it says nothing else.">
            <textarea id="finish-brief" rows={2} required value={brief} onInput={(e) => setBrief(e.currentTarget.value)} />
          </Field>
        )}
        <Field id="finish-note" label="Note (for colleagues)">
          <textarea id="finish-note" rows={2} value={note} onInput={(e) => setNote(e.currentTarget.value)} />
        </Field>
        <footer class="dialog-foot">
          <Button onClick={hide}>Not yet</Button>
          <Button kind="primary" type="submit" disabled={!code || (goes === 'bot' && !brief.trim())} busy={busy.value === 'resolve'}>
            {goes === 'bot' ? 'Return to the assistant' : 'Close the conversation'}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
