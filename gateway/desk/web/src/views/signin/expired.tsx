import { session, signOut } from '../../state/session';
import { Dialog } from '../../ui/dialog';
import { Button, Notice } from '../../ui/kit';
import { Ways } from './signin';

/** The session ended: the page stays beneath, and what was typed with it. */
export function Expired() {
  const s = session.value;
  return (
    <Dialog title="Sign in again" fixed>
      <div class="stack" tabIndex={-1} data-first>
        <Notice tone="warning">You were signed out. What you typed is still here; sign in as {s?.display || s?.name} to go on.</Notice>
        <Ways name={s?.name} />
        <Button kind="quiet" onClick={() => void signOut()}>
          I’m somebody else
        </Button>
      </div>
    </Dialog>
  );
}
