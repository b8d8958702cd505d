import { useRef, useState } from 'preact/hooks';
import * as api from '../../api/calls';
import { words } from '../../api/http';
import { money, parseMoney } from '../../lib/money';
import { hide } from '../../state/dialogs';
import { data, loadPanel, panel } from '../../state/talk';
import { tell } from '../../state/toast';
import { Dialog } from '../../ui/dialog';
import { Button, Field, Notice } from '../../ui/kit';

/** Terms outside what I may offer: asked for exactly, decided by somebody else. */
export function AskApproval() {
  const [total, setTotal] = useState('');
  const [why, setWhy] = useState('');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const under = useRef(false);
  const exact = parseMoney(total);
  const limit = panel.value?.limits;
  const submit = async (e: Event) => {
    e.preventDefault();
    const id = data.value?.item.conversation;
    if (!id || !exact) return;
    if (under.current) return;
    under.current = true;
    setBusy(true);
    try {
      await api.conversation.requestApproval(id, { amount: exact, currency: panel.value?.account?.balance?.currency || 'USD' }, why.trim());
      hide();
      tell('Asked. You see here when it is decided; offer nothing before.');
      void loadPanel();
    } catch (e) {
      setError(words(e));
    } finally {
      under.current = false;
      setBusy(false);
    }
  };
  return (
    <Dialog title="Ask for approval of a settlement">
      <form class="stack" onSubmit={submit}>
        {error && (
          <Notice tone="stop" alert>
            {error}
          </Notice>
        )}
        {limit?.text && <p>{limit.text}</p>}
        <Field
          id="ask-total"
          label="Total to settle for"
          help={
            exact
              ? `${money(exact)} in one payment. The balance is ${money(panel.value?.account?.balance)}.`
              : 'In dollars and cents, such as 850.00'
          }
          error={total && !exact ? 'This is no amount. Write it like 850.00' : undefined}
        >
          <input
            id="ask-total"
            data-first
            class="num"
            inputMode="decimal"
            required
            value={total}
            onInput={(e) => setTotal(e.currentTarget.value)}
          />
        </Field>
        <Field id="ask-why" label="Why it is fair" help="Who decides reads this.">
          <textarea id="ask-why" rows={3} required value={why} onInput={(e) => setWhy(e.currentTarget.value)} />
        </Field>
        <footer class="dialog-foot">
          <Button onClick={hide}>Cancel</Button>
          <Button kind="primary" type="submit" icon="scale" disabled={!exact || !why.trim()} busy={busy}>
            Ask
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
