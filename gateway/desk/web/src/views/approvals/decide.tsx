import { useRef, useState } from 'preact/hooks';
import * as api from '../../api/calls';
import { Problem, words } from '../../api/http';
import type { Approval } from '../../api/types_panel';
import { money, parseMoney } from '../../lib/money';
import { refresh } from '../../state/approvals';
import { hide } from '../../state/dialogs';
import { tell } from '../../state/toast';
import { Dialog } from '../../ui/dialog';
import { Button, Countdown, Field, Notice } from '../../ui/kit';
import { TermsTable } from './approvals';

const titles = { approve: 'Approve these terms', edit: 'Change the terms', reject: 'Reject' };

const told = {
  approve: 'Approved. The person is told.',
  edit: 'Changed. Somebody else decides on the new terms.',
  reject: 'Rejected. Who asked is told.',
};

/** A decision is about what is shown: its hash goes with it, and other terms are refused. */
export function Decide({ approval: a, decision }: { approval: Approval; decision: 'approve' | 'edit' | 'reject' }) {
  const [comment, setComment] = useState('');
  const [total, setTotal] = useState(a.args?.total.amount ?? '');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const under = useRef(false);
  const next = decision === 'edit' ? parseMoney(total) : '';
  const changed = decision !== 'edit' || (next !== '' && next !== a.args?.total.amount);
  const submit = async (e: Event) => {
    e.preventDefault();
    if (under.current) return;
    under.current = true;
    setBusy(true);
    try {
      const done = await api.approvals.decide(a.id, {
        decision,
        ...(comment.trim() ? { comment: comment.trim() } : {}),
        ...(decision === 'edit' ? { edited_args: { total: next } } : {}),
        expected_sha256: a.args_sha256,
      });
      hide();
      if (done?.state === 'execution_failed')
        tell(`Approved, but it could not be done: ${done.failure || 'the terms are not permitted any more'}.`, 'stop');
      else tell(told[decision]);
    } catch (e) {
      setError(
        e instanceof Problem && e.status === 412 ? 'The terms have changed since you opened this. Close it and look again.' : words(e),
      );
    } finally {
      under.current = false;
      setBusy(false);
      refresh();
    }
  };
  return (
    <Dialog title={titles[decision]}>
      <form class="stack" onSubmit={submit}>
        {error && (
          <Notice tone="stop" alert>
            {error}
          </Notice>
        )}
        {a.args && <TermsTable terms={a.args} next={decision === 'edit' && next && changed ? next : undefined} />}
        {a.expires_at && (
          <p class="soft">
            <Countdown until={a.expires_at} label="left; after that nothing is done" />
          </p>
        )}
        {decision === 'edit' && (
          <Field
            id="decide-total"
            label="New total"
            help={next ? money(next) : undefined}
            error={total && !next ? 'This is no amount. Write it like 850.00' : undefined}
          >
            <input
              id="decide-total"
              data-first
              class="num"
              inputMode="decimal"
              required
              value={total}
              onInput={(e) => setTotal(e.currentTarget.value)}
            />
          </Field>
        )}
        <Field id="decide-comment" label={decision === 'reject' ? 'Reason' : 'Comment (if you like)'} help="The person does not see it.">
          <textarea
            id="decide-comment"
            data-first={decision === 'edit' ? undefined : true}
            rows={2}
            required={decision === 'reject'}
            value={comment}
            onInput={(e) => setComment(e.currentTarget.value)}
          />
        </Field>
        <footer class="dialog-foot">
          <Button onClick={hide}>Cancel</Button>
          <Button
            kind={decision === 'reject' ? 'danger' : 'primary'}
            type="submit"
            busy={busy}
            disabled={!changed || (decision === 'reject' && !comment.trim())}
          >
            {decision === 'approve' ? `Approve ${money(a.args?.total)}` : decision === 'edit' ? 'Ask for the new terms' : 'Reject'}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
