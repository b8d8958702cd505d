import { useEffect } from 'preact/hooks';
import type { Approval, Terms } from '../../api/types_panel';
import { day } from '../../lib/time';
import { money } from '../../lib/money';
import { say } from '../../lib/words';
import { error, list, refresh } from '../../state/approvals';
import { show } from '../../state/dialogs';
import { hrefOf } from '../../state/route';
import { known } from '../../state/people';
import { may, session } from '../../state/session';
import { Ago, Bones, Button, Countdown, Empty, Notice, Tag } from '../../ui/kit';

/** What waits for a yes: the exact terms, why it needs one, and until when. */
export function ApprovalsPage() {
  useEffect(refresh, []);
  const all = list.value;
  return (
    <div class="sheet">
      <h1>Approvals</h1>
      <p class="soft">You approve the exact terms shown, and nothing else. What isn’t decided in time is not done.</p>
      {error.value && (
        <Notice tone="stop" action={<Button onClick={refresh}>Try again</Button>}>
          {error.value}
        </Notice>
      )}
      {!all ? (
        !error.value && <Bones rows={3} height={64} />
      ) : all.length === 0 ? (
        <Empty icon="scale" title="Nothing waits for approval">
          New requests appear here by themselves.
        </Empty>
      ) : (
        <ul class="approvals">
          {all.map((a) => (
            <li key={a.id}>
              <Card a={a} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Card({ a }: { a: Approval }) {
  const own = a.requested_by === session.value?.name;
  const open = (decision: 'approve' | 'edit' | 'reject') => () => show({ kind: 'decide', approval: a, decision });
  return (
    <article class="card">
      <header class="row wrap">
        <h2 class="grow">
          {say(a.args?.kind ?? a.action)} for {money(a.args?.total)}
        </h2>
        {a.expires_at && (
          <Tag tone="waiting" icon="clock">
            <Countdown until={a.expires_at} />
          </Tag>
        )}
      </header>
      <p class="soft">
        Asked by {a.requested_by === 'bot' ? 'the assistant' : known(a.requested_by)}, <Ago at={a.created_at} />
        {a.account && (
          <>
            {' '}
            · account <span class="num">{a.account}</span>
          </>
        )}{' '}
        · <a href={hrefOf(a.conversation)}>Open the conversation</a>
      </p>
      {!!a.risk_reasons?.length && (
        <ul class="bullets">
          {a.risk_reasons.map((r) => (
            <li key={r}>{say(r)}</li>
          ))}
        </ul>
      )}
      {a.args && <TermsTable terms={a.args} />}
      {own && <Notice icon="lock">You asked for this, so somebody else decides.</Notice>}
      {!own && may('approval:decide') && (
        <footer class="row wrap">
          <Button kind="primary" icon="check" onClick={open('approve')}>
            Approve
          </Button>
          <Button icon="pen" onClick={open('edit')}>
            Change the terms
          </Button>
          <Button kind="danger" icon="close" onClick={open('reject')}>
            Reject
          </Button>
        </footer>
      )}
    </article>
  );
}

export function TermsTable({ terms, next }: { terms: Terms; next?: string }) {
  const parts = terms.installments ?? [];
  return (
    <table class="terms">
      <tbody>
        <tr>
          <th scope="row">Total</th>
          <td class="num">
            {next ? (
              <>
                <del>{money(terms.total)}</del> <ins>{money(next)}</ins>
              </>
            ) : (
              money(terms.total)
            )}
          </td>
        </tr>
        <tr>
          <th scope="row">Payments</th>
          <td class="num">
            {parts.length
              ? parts
                  .map((p) => `${money(p.amount)} on ${day(p.due)}`)
                  .slice(0, 3)
                  .join(', ') + (parts.length > 3 ? `, and ${parts.length - 3} more` : '')
              : 'One'}
          </td>
        </tr>
        {terms.expires && (
          <tr>
            <th scope="row">May be accepted until</th>
            <td>{day(terms.expires)}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
