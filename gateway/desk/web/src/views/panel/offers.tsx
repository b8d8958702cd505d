import type { Panel, Agreement } from '../../api/types_panel';
import { day } from '../../lib/time';
import { money } from '../../lib/money';
import { say } from '../../lib/words';
import { show } from '../../state/dialogs';
import { can } from '../../state/talk';
import { Ago, Button, Countdown, Money, Tag, type Tone } from '../../ui/kit';
import { Icon } from '../../ui/icon';
import { Section } from './section';

const tone = (state: string): Tone =>
  ['accepted', 'active', 'kept', 'completed', 'approved', 'consumed'].includes(state)
    ? 'ok'
    : ['broken', 'cancelled', 'rejected', 'declined', 'expired'].includes(state)
      ? 'stop'
      : 'waiting';

/** What I may offer, what was offered, what was agreed and promised. */
export function OffersSection({ p }: { p: Panel }) {
  const l = p.limits;
  return (
    <>
      <Section title="You may offer">
        {l ? (
          <>
            {l.text && (
              <p class="limit">
                <Icon name="scale" /> <span>{l.text}</span>
              </p>
            )}
            <dl class="pairs">
              {l.settlement_floor_role?.amount && (
                <div>
                  <dt>Settlement from</dt>
                  <dd>
                    <Money of={l.settlement_floor_role} />
                  </dd>
                </div>
              )}
              {l.max_months ? (
                <div>
                  <dt>Plan up to</dt>
                  <dd class="num">{l.max_months} months</dd>
                </div>
              ) : null}
              {l.min_payment && (
                <div>
                  <dt>Payment from</dt>
                  <dd>
                    <Money of={l.min_payment} />
                  </dd>
                </div>
              )}
            </dl>
          </>
        ) : (
          <p class="soft">No offer is possible now.</p>
        )}
        {can('agree') && (
          <Button icon="check" onClick={() => show({ kind: 'agree' })}>
            Record what was agreed
          </Button>
        )}
        {can('request_approval') && (
          <Button icon="scale" onClick={() => show({ kind: 'approval' })}>
            Ask for other terms
          </Button>
        )}
        <Waiting p={p} />
      </Section>
      {!!p.offers?.length && (
        <Section title="Offers made">
          <ul class="made">
            {p.offers.map((o, i) => (
              <li key={i}>
                <p>
                  <b>{say(o.kind)}</b> <Tag tone={tone(o.state)}>{say(o.state)}</Tag>
                </p>
                <p>{o.terms ?? o.text}</p>
                {o.made_at && (
                  <p class="soft">
                    <Ago at={o.made_at} />
                  </p>
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {p.agreement && <AgreementSection a={p.agreement} />}
      {!!p.promises?.length && (
        <Section title="Promises">
          <ul class="made">
            {p.promises.map((x, i) => (
              <li key={x.id ?? i}>
                <p>
                  {x.text ?? (
                    <>
                      <Money of={x.amount} /> by {day(x.due)}
                      {x.method && ` by ${say(x.method).toLowerCase()}`}
                    </>
                  )}{' '}
                  <Tag tone={tone(x.state)}>{say(x.state)}</Tag>
                </p>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

/** What was asked of others here: what waits, and how the rest ended. */
function Waiting({ p }: { p: Panel }) {
  return (
    <>
      {(p.approvals ?? []).map((a) => (
        <p key={a.id} class="waits">
          {a.state === 'pending' ? (
            <Tag tone="waiting" icon="clock">
              Waiting for approval
            </Tag>
          ) : (
            <Tag tone={a.state === 'execution_failed' ? 'stop' : tone(a.state)}>{say(a.state)}</Tag>
          )}{' '}
          {say(a.kind)} <Money of={a.total} /> {a.state === 'pending' && a.expires_at && <Countdown until={a.expires_at} />}
        </p>
      ))}
    </>
  );
}

function AgreementSection({ a }: { a: Agreement }) {
  const parts = a.installments ?? [];
  return (
    <Section title="Agreement" aside={<Tag tone={tone(a.state)}>{say(a.state)}</Tag>}>
      <p>
        <b>{say(a.kind)}</b>, <Money of={a.total} /> in all
      </p>
      {parts.length > 0 && (
        <details open={parts.length <= 3}>
          <summary>
            {parts.length === 1 ? 'One payment' : `${parts.length} payments`}, first {day(parts[0]!.due)}
          </summary>
          <table class="schedule">
            <thead>
              <tr>
                <th scope="col">Due</th>
                <th scope="col" class="right">
                  Amount
                </th>
              </tr>
            </thead>
            <tbody>
              {parts.map((x) => (
                <tr key={x.due}>
                  <td>{day(x.due)}</td>
                  <td class="right num">{money(x.amount)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </Section>
  );
}
