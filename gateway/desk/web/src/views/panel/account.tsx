import type { Panel } from '../../api/types_panel';
import { say } from '../../lib/words';
import { Ago, Money, Tag } from '../../ui/kit';
import { Section } from './section';

/** What holds for the account, and since when. */
export function Flags({ p }: { p: Panel }) {
  const flags = p.account?.flags ?? [];
  if (!flags.length) return null;
  return (
    <Section title="Flags">
      <ul class="flags">
        {flags.map((f) => (
          <li key={f.name}>
            <Tag tone="stop" icon="flag">
              {say(f.name)}
            </Tag>{' '}
            <span>
              {say(f.why)}{' '}
              {f.since && (
                <span class="soft">
                  since <Ago at={f.since} />
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What is owed, and how it adds up. */
export function Account({ p }: { p: Panel }) {
  const a = p.account;
  if (!a)
    return (
      <Section title="Account">
        <p class="soft">No account is matched yet.</p>
      </Section>
    );
  const parts = Object.entries(a.itemization ?? {}).filter(([k, v]) => k !== 'date' && k !== 'currency' && /^-?\d/.test(String(v)));
  return (
    <Section title="Account">
      <p class="balance">
        <Money of={a.balance} />
      </p>
      <p class="soft">
        {a.creditor}
        {a.last4 && (
          <>
            {' '}
            · <span class="num">•••{a.last4}</span>
          </>
        )}
        {a.portfolio && <> · {a.portfolio}</>}
      </p>
      {parts.length > 0 && (
        <details>
          <summary>How it adds up{a.itemization?.['date'] ? `, as of ${a.itemization['date']}` : ''}</summary>
          <dl class="pairs">
            {parts.map(([k, v]) => (
              <div key={k}>
                <dt>{say(k)}</dt>
                <dd>
                  <Money of={String(v)} />
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </Section>
  );
}

/** What had to be said: said, due, or not due. */
export function Disclosures({ p }: { p: Panel }) {
  const all = p.disclosures ?? [];
  if (!all.length) return null;
  return (
    <Section title="Disclosures">
      <ul class="ticks">
        {all.map((d) => (
          <li key={d.name}>
            {d.given_at ? (
              <Tag tone="ok" icon="check">
                Given
              </Tag>
            ) : d.due ? (
              <Tag tone="warning" icon="alert">
                Due
              </Tag>
            ) : (
              <Tag>Not due</Tag>
            )}{' '}
            <span>
              {say(d.name)}{' '}
              {d.given_at && (
                <span class="soft">
                  <Ago at={d.given_at} zone={p.person.zone} />
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
