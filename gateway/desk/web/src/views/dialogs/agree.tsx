import { useEffect, useState } from 'preact/hooks';
import * as api from '../../api/calls';
import { words } from '../../api/http';
import type { Recordable } from '../../api/types_panel';
import { day } from '../../lib/time';
import { money } from '../../lib/money';
import { say } from '../../lib/words';
import { hide } from '../../state/dialogs';
import { data, loadPanel } from '../../state/talk';
import { tell } from '../../state/toast';
import { Dialog } from '../../ui/dialog';
import { Button, Notice } from '../../ui/kit';

/** What the person has accepted: exactly one of the offers that stand, with its schedule. */
export function Agree() {
  const [offers, setOffers] = useState<Recordable[] | null>(null);
  const [chosen, setChosen] = useState('');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const id = data.value?.item.conversation ?? '';
  useEffect(() => {
    api.conversation.offers(id).then(
      (x) => setOffers(x.offers),
      (e) => setError(words(e)),
    );
  }, [id]);
  const submit = async (e: Event) => {
    e.preventDefault();
    if (!chosen || busy) return;
    setBusy(true);
    try {
      await api.conversation.agree(id, chosen);
      hide();
      tell('Recorded. The written copy is on its way; the words to confirm it are in the composer.');
      void loadPanel();
    } catch (e) {
      setError(words(e));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title="Record what was agreed">
      <form class="stack" onSubmit={submit}>
        {error && (
          <Notice tone="stop" alert>
            {error}
          </Notice>
        )}
        <p>The person must have accepted exactly these terms. They are sent a written copy.</p>
        {offers === null && !error && <p class="soft">Asking what may be agreed…</p>}
        {offers?.length === 0 && <p class="soft">Nothing may be agreed now. Offer something first, or ask for other terms.</p>}
        {!!offers?.length && (
          <fieldset class="radios">
            <legend class="sr">Terms</legend>
            {offers.map((o, i) => (
              <label key={o.id} class="line">
                <input type="radio" name="terms" data-first={i === 0} value={o.id} checked={chosen === o.id} onChange={() => setChosen(o.id)} />
                <span>
                  <b>{say(o.kind)}</b>, <span class="num">{money(o.total)}</span> in all
                  <br />
                  {o.terms}
                  {o.installments.length > 0 && (
                    <span class="soft">
                      {' '}
                      First {day(o.installments[0]!.due)}, last {day(o.installments[o.installments.length - 1]!.due)}.
                    </span>
                  )}
                </span>
              </label>
            ))}
          </fieldset>
        )}
        <footer class="dialog-foot">
          <Button onClick={hide}>Cancel</Button>
          <Button kind="primary" type="submit" icon="check" disabled={!chosen} busy={busy}>
            Record it
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
