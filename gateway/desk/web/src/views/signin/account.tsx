import { useEffect, useState } from 'preact/hooks';
import * as api from '../../api/calls';
import { Problem, words } from '../../api/http';
import type { Enrolment } from '../../api/types';
import { hide } from '../../state/dialogs';
import { tell } from '../../state/toast';
import { Enrol } from './enrol';
import { Dialog } from '../../ui/dialog';
import { Bones, Button, Field, Notice } from '../../ui/kit';

export function PasswordDialog() {
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const differs = again !== '' && again !== next;
  const submit = async (e: Event) => {
    e.preventDefault();
    if (next !== again) return setError('The two new passwords differ. Type the new one again.');
    setBusy(true);
    try {
      await api.session.password(old, next);
      hide();
      tell('Your password is changed. Other devices are signed out.');
    } catch (e) {
      setError(words(e));
    } finally {
      setBusy(false);
    }
  };
  const field = (id: string, label: string, value: string, set: (v: string) => void, complete: string, help?: string, wrong?: string) => (
    <Field id={id} label={label} help={help} error={wrong}>
      <input id={id} type="password" autocomplete={complete} required value={value} onInput={(e) => set(e.currentTarget.value)} />
    </Field>
  );
  return (
    <Dialog title="Change password">
      <form class="stack" onSubmit={submit}>
        {error && (
          <Notice tone="stop" alert>
            {error}
          </Notice>
        )}
        {field('pw-old', 'Present password', old, setOld, 'current-password')}
        {field(
          'pw-new',
          'New password',
          next,
          setNext,
          'new-password',
          'At least 12 characters. A few words you can remember are better than signs.',
        )}
        {field(
          'pw-again',
          'New password again',
          again,
          setAgain,
          'new-password',
          undefined,
          differs ? 'This differs from the new password.' : undefined,
        )}
        <footer class="dialog-foot">
          <Button onClick={hide}>Cancel</Button>
          <Button kind="primary" type="submit" busy={busy} disabled={differs}>
            Change password
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

/** Begins a second factor; who signed in a while ago gives the password again. */
export function TotpDialog() {
  const [made, setMade] = useState<Enrolment | null>(null);
  const [password, setPassword] = useState('');
  const [ask, setAsk] = useState(false);
  const [error, setError] = useState('');
  const begin = (again?: string) => {
    setError('');
    api.session.beginTotp(again).then(setMade, (e) => {
      if (e instanceof Problem && e.code === 'password_needed') setAsk(true);
      else setError(words(e));
    });
  };
  useEffect(() => begin(), []);
  return (
    <Dialog title="Set up sign-in codes">
      {error && (
        <Notice tone="stop" alert>
          {error}
        </Notice>
      )}
      {made ? (
        <Enrol made={made} onDone={hide} onCancel={hide} />
      ) : ask ? (
        <form
          class="stack"
          onSubmit={(e) => {
            e.preventDefault();
            begin(password);
          }}
        >
          <Field id="totp-password" label="Your password" help="You signed in a while ago, so it is asked for again.">
            <input
              id="totp-password"
              type="password"
              autocomplete="current-password"
              required
              value={password}
              onInput={(e) => setPassword(e.currentTarget.value)}
            />
          </Field>
          <footer class="dialog-foot">
            <Button onClick={hide}>Cancel</Button>
            <Button kind="primary" type="submit">
              Go on
            </Button>
          </footer>
        </form>
      ) : (
        !error && <Bones rows={4} />
      )}
    </Dialog>
  );
}
