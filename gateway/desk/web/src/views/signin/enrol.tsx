import { useState } from 'preact/hooks';
import * as api from '../../api/calls';
import { words } from '../../api/http';
import type { Enrolment, Session } from '../../api/types';
import { Button, Field, Notice } from '../../ui/kit';

/** A second factor: scan, type the first code, keep the recovery codes. */
export function Enrol({ made, onDone, onCancel }: { made: Enrolment; onDone: (s: Session | null) => void; onCancel?: () => void }) {
  const [code, setCode] = useState('');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<(Session & Enrolment) | null>(null);
  const confirm = async (e: Event) => {
    e.preventDefault();
    setBusy(true);
    setError('');
    try {
      setDone(await api.session.confirmTotp(code.replace(/\s/g, '')));
    } catch (e) {
      setError(words(e));
    } finally {
      setBusy(false);
    }
  };
  if (done) {
    return (
      <div class="stack">
        <Notice tone="ok">Codes are on. From now on you sign in with password and code.</Notice>
        {!!done.recovery_codes?.length && (
          <>
            <p>Keep these recovery codes where you keep keys. Each works once, and they are not shown again.</p>
            <ul class="codes">
              {done.recovery_codes.map((c) => (
                <li key={c}>
                  <code>{c}</code>
                </li>
              ))}
            </ul>
          </>
        )}
        <footer class="dialog-foot">
          <Button kind="primary" onClick={() => onDone(done.name ? done : null)}>
            I have kept them
          </Button>
        </footer>
      </div>
    );
  }
  return (
    <form class="stack" onSubmit={confirm}>
      {error && (
        <Notice tone="stop" alert>
          {error}
        </Notice>
      )}
      <ol class="steps-list">
        <li>
          Scan this with an authenticator app
          {made.secret && (
            <>
              , or type <code class="wrap">{made.secret}</code>
            </>
          )}
          .{made.qr && <img class="qr" src={made.qr} alt="QR code with the secret that is written beside it" width="200" height="200" />}
        </li>
        <li>Type the six digits it shows.</li>
      </ol>
      <Field id="totp-code" label="Code">
        <input
          id="totp-code"
          inputMode="numeric"
          autocomplete="one-time-code"
          required
          value={code}
          onInput={(e) => setCode(e.currentTarget.value)}
        />
      </Field>
      <footer class="dialog-foot">
        {onCancel && <Button onClick={onCancel}>Not now</Button>}
        <Button kind="primary" type="submit" busy={busy}>
          Switch codes on
        </Button>
      </footer>
    </form>
  );
}
