import { useState } from 'preact/hooks';
import * as api from '../../api/calls';
import { Problem, words } from '../../api/http';
import type { Enrolment } from '../../api/types';
import { enter } from '../../state/session';
import { Button, Field, Notice } from '../../ui/kit';
import { Enrol } from './enrol';

/** Name and password; the code is asked for when the service asks for it. */
export function LocalForm({ name: known }: { name?: string }) {
  const [name, setName] = useState(known ?? '');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [needsCode, setNeedsCode] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState('');
  const [enrol, setEnrol] = useState<Enrolment | null>(null);
  const submit = async (e: Event) => {
    e.preventDefault();
    setBusy(true);
    setError('');
    try {
      enter(await api.session.signIn(name.trim(), password, code.replace(/\s/g, '') || undefined));
    } catch (e) {
      if (e instanceof Problem && e.code === 'totp_needed' && !needsCode) setNeedsCode(true);
      else if (e instanceof Problem && e.code === 'totp_enrol') setEnrol(e.body as Enrolment);
      else setError(words(e));
    } finally {
      setBusy(false);
    }
  };
  if (enrol) {
    return (
      <div class="stack">
        <Notice tone="waiting">Your role signs in with a code as well. Set it up now; it takes a minute.</Notice>
        <Enrol
          made={enrol}
          onDone={(s) => {
            if (s) enter(s);
          }}
        />
      </div>
    );
  }
  return (
    <form class="stack" onSubmit={submit}>
      {error && (
        <Notice tone="stop" alert>
          {error}
        </Notice>
      )}
      <Field id="in-name" label="Name">
        <input
          id="in-name"
          name="username"
          autocomplete="username"
          required
          readOnly={!!known}
          value={name}
          data-first={known ? undefined : true}
          onInput={(e) => setName(e.currentTarget.value)}
        />
      </Field>
      <Field id="in-password" label="Password">
        <input
          id="in-password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          value={password}
          data-first={known ? true : undefined}
          onInput={(e) => setPassword(e.currentTarget.value)}
        />
      </Field>
      {needsCode ? (
        <Field id="in-code" label="Code" help="Six digits from your authenticator app, or one of your recovery codes.">
          <input
            id="in-code"
            name="code"
            inputMode="numeric"
            autocomplete="one-time-code"
            required
            value={code}
            ref={(el) => {
              if (el && !code) el.focus();
            }}
            onInput={(e) => setCode(e.currentTarget.value)}
          />
        </Field>
      ) : (
        <button type="button" class="link" onClick={() => setNeedsCode(true)}>
          I use a code as well
        </button>
      )}
      <Button kind="primary" type="submit" busy={busy}>
        Sign in
      </Button>
    </form>
  );
}
