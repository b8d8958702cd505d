import { useEffect, useState } from 'preact/hooks';
import * as api from '../../api/calls';
import { words } from '../../api/http';
import type { Enrolment } from '../../api/types';
import { hide } from '../../state/dialogs';
import { tell } from '../../state/toast';
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
        {error && <Notice tone="stop" alert>{error}</Notice>}
        {field('pw-old', 'Present password', old, setOld, 'current-password')}
        {field('pw-new', 'New password', next, setNext, 'new-password', 'At least 12 characters. A few words you can remember are better than signs.')}
        {field('pw-again', 'New password again', again, setAgain, 'new-password', undefined, differs ? 'This differs from the new password.' : undefined)}
        <footer class="dialog-foot"><Button onClick={hide}>Cancel</Button><Button kind="primary" type="submit" busy={busy} disabled={differs}>Change password</Button></footer>
      </form>
    </Dialog>
  );
}

/** A second factor: scan, type the first code, keep the recovery codes. */
export function TotpDialog() {
  const [made, setMade] = useState<Enrolment | null>(null);
  const [code, setCode] = useState('');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const begin = () => { api.session.totp({}).then(setMade, (e) => setError(words(e))); };
  useEffect(begin, []);
  const confirm = async (e: Event) => {
    e.preventDefault();
    setBusy(true);
    setError('');
    try {
      const done = await api.session.totp({ code: code.replace(/\s/g, '') });
      setMade({ recovery_codes: done?.recovery_codes ?? [] });
    } catch (e) {
      setError(words(e));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title="Set up sign-in codes">
      {error && <Notice tone="stop" alert>{error}</Notice>}
      {!made && !error && <Bones rows={4} />}
      {made?.secret || made?.uri ? (
        <form class="stack" onSubmit={confirm}>
          <ol class="steps-list">
            <li>Scan this with an authenticator app{made.secret && <>, or type <code class="wrap">{made.secret}</code></>}.{made.qr && <img class="qr" src={made.qr} alt="QR code with the secret that is written beside it" width="200" height="200" />}</li>
            <li>Type the six digits it shows.</li>
          </ol>
          <Field id="totp-code" label="Code">
            <input id="totp-code" inputMode="numeric" autocomplete="one-time-code" required value={code} onInput={(e) => setCode(e.currentTarget.value)} />
          </Field>
          <footer class="dialog-foot"><Button onClick={hide}>Not now</Button><Button kind="primary" type="submit" busy={busy}>Switch codes on</Button></footer>
        </form>
      ) : made && (
        <div class="stack">
          <Notice tone="ok">Codes are on. From now on you sign in with password and code.</Notice>
          {!!made.recovery_codes?.length && <><p>Keep these recovery codes where you keep keys. Each works once, and they are not shown again.</p><ul class="codes">{made.recovery_codes.map((c) => <li key={c}><code>{c}</code></li>)}</ul></>}
          <footer class="dialog-foot"><Button kind="primary" onClick={hide}>Done</Button></footer>
        </div>
      )}
    </Dialog>
  );
}
