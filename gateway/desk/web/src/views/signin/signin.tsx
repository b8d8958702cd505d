import { useEffect, useState } from 'preact/hooks';
import * as api from '../../api/calls';
import { words } from '../../api/http';
import type { SigninOptions } from '../../api/types';
import { say } from '../../lib/words';
import { enter } from '../../state/session';
import { Bones, Button, Notice } from '../../ui/kit';
import { Icon } from '../../ui/icon';
import { LocalForm } from './form';

// Why the company's sign-on sent somebody back.
const refusals: Record<string, string> = {
  state: 'The sign-in took too long or was begun in another window. Try again.',
  provider: 'Your company’s sign-on did not answer as it should. Try again, or tell your administrator.',
  role: 'Your account has no role at this desk. Ask your administrator for one.',
  portfolio: 'Your account has no portfolio at this desk. Ask your administrator for one.',
  disabled: 'Your account is switched off here. Ask your administrator.',
  name: 'Somebody else has your name here. Ask your administrator.',
};

export function SignIn() {
  const refused = new URLSearchParams(location.search).get('sign_in_refused');
  return (
    <main class="lone">
      <div class="card signin">
        <h1>
          <Icon name="webchat" size={28} /> Parley desk
        </h1>
        <p class="soft">Conversations the assistant hands to people, and everything you need to answer them lawfully.</p>
        {refused && (
          <Notice tone="stop" alert>
            {refusals[refused] ?? refusals['provider']}
          </Notice>
        )}
        <Ways />
      </div>
    </main>
  );
}

/** The ways in that this service has; with a name, only for that person. */
export function Ways({ name }: { name?: string }) {
  const [options, setOptions] = useState<SigninOptions | null>(null);
  const [error, setError] = useState('');
  const load = () => {
    setError('');
    api.session.options().then(setOptions, (e) => setError(words(e)));
  };
  useEffect(load, []);
  if (error)
    return (
      <Notice tone="stop" alert action={<Button onClick={load}>Try again</Button>}>
        {error}
      </Notice>
    );
  if (!options) return <Bones rows={3} />;
  const demo = (options.demo ?? []).filter((d) => !name || d.name === name);
  return (
    <div class="stack">
      {demo.length > 0 && <Demo people={demo} />}
      {options.oidc && (
        <a class="button primary wide" href="/desk/oidc/start">
          Sign in with your company account
        </a>
      )}
      {options.local &&
        (demo.length === 0 ? (
          <LocalForm name={name} />
        ) : (
          <details>
            <summary>Sign in with name and password</summary>
            <LocalForm name={name} />
          </details>
        ))}
    </div>
  );
}

function Demo({ people }: { people: { name: string; display: string; role: string }[] }) {
  const [busy, setBusy] = useState('');
  const [error, setError] = useState('');
  const choose = async (name: string) => {
    setBusy(name);
    setError('');
    try {
      enter(await api.session.demo(name));
    } catch (e) {
      setError(words(e));
    } finally {
      setBusy('');
    }
  };
  return (
    <section aria-labelledby="demo-title" class="stack">
      <Notice tone="waiting" icon="info">
        <b id="demo-title">This is a demonstration.</b> Choose who to be. No password is needed, and the debtors are made up.
      </Notice>
      {error && (
        <Notice tone="stop" alert>
          {error}
        </Notice>
      )}
      <ul class="choose">
        {people.map((p) => (
          <li key={p.name}>
            <button type="button" disabled={busy !== ''} aria-busy={busy === p.name || undefined} onClick={() => void choose(p.name)}>
              <Icon name={/supervisor|compliance|admin|auditor/.test(p.role) ? 'shield' : 'agent'} size={20} />
              <span class="grow">
                <b>{p.display}</b>
                <br />
                <span class="soft">{say(p.role)}</span>
              </span>
              <span class="accent-ink">Sign in</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
