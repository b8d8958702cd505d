import type { Panel, Permission } from '../../api/types_panel';
import { clock, exact, ms, upcoming } from '../../lib/time';
import { count, say } from '../../lib/words';
import { Tag } from '../../ui/kit';
import { Icon, channelIcon } from '../../ui/icon';
import { Ago } from '../../ui/kit';
import { Section } from './section';

/** May we write or call now, until when, and by which rule. */
export function ContactSection({ p }: { p: Panel }) {
  const all = p.contact ?? [];
  const n = p.contacts_7d;
  return (
    <Section title="May we contact them now">
      {all.length === 0 && <p class="soft">No address is known.</p>}
      <ul class="permissions">
        {all.map((c) => (
          <Channel key={c.channel} c={c} zone={p.person.zone} />
        ))}
      </ul>
      {n && (
        <p class="soft num">
          In the last 7 days: {count(n.calls, 'call')}, {count(n.texts, 'text')}.
        </p>
      )}
    </Section>
  );
}

function Channel({ c, zone }: { c: Permission; zone?: string }) {
  const why = c.why ?? [];
  return (
    <li>
      <p class="row">
        <Icon name={channelIcon(c.channel)} /> <span class="grow">{say(c.channel)}</span>
        {c.allowed ? (
          <Tag tone="ok" icon="check">
            Yes
          </Tag>
        ) : (
          <Tag tone="stop" icon="stop">
            No
          </Tag>
        )}
      </p>
      {c.allowed && c.until && (
        <p class="soft" title={exact(c.until, zone)}>
          Until {clock(c.until, zone)}, their time.
        </p>
      )}
      {!c.allowed && c.next && ms(c.next) > 0 && <p class="soft">Next at {upcoming(c.next, zone)}, their time.</p>}
      {why.map((w) => (
        <p key={w.rule} class="soft">
          {w.text} <code title={w.citation}>{w.rule}</code>
        </p>
      ))}
      {c.consent?.source && (
        <p class="soft">
          Consent: {c.consent.source}
          {c.consent.at && (
            <>
              , <Ago at={c.consent.at} />
            </>
          )}
        </p>
      )}
    </li>
  );
}
