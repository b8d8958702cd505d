import type { ComponentChildren } from 'preact';
import type { Panel } from '../../api/types_panel';
import { clock } from '../../lib/time';
import { say } from '../../lib/words';
import { pane, show } from '../../state/dialogs';
import { second } from '../../state/clock';
import { can, loadPanel, panel, panelError } from '../../state/talk';
import { Ago, Bones, Button, Money, Notice, Tag } from '../../ui/kit';
import { ContactSection } from './contact';
import { OffersSection } from './offers';
import { PastSection } from './past';

/** The margin: who it is, what may be said and offered, what was promised. */
export function PanelView() {
  const p = panel.value;
  return (
    <aside class="panel col-panel" aria-label="Person and account">
      <div class="narrow-only panel-back"><Button icon="left" kind="quiet" onClick={() => { pane.value = 'talk'; }}>Conversation</Button></div>
      {panelError.value && <Notice tone="stop" action={<Button onClick={() => void loadPanel()}>Try again</Button>}>{panelError.value}</Notice>}
      {!p ? !panelError.value && <div class="pad"><Bones rows={7} height={64} label="Loading the person" /></div> : (
        <>
          <Person p={p} />
          <Flags p={p} />
          <Account p={p} />
          <ContactSection p={p} />
          <Disclosures p={p} />
          <OffersSection p={p} />
          <PastSection p={p} />
        </>
      )}
    </aside>
  );
}

export function Section({ title, children, aside }: { title: string; children: ComponentChildren; aside?: ComponentChildren }) {
  return (
    <section class="sect">
      <h2>{title}{aside}</h2>
      {children}
    </section>
  );
}

function Person({ p }: { p: Panel }) {
  const person = p.person;
  const masked = Object.entries(person.masked ?? {});
  const revealable = ['phone', 'zip', 'full_name', 'mail'];
  const asked = new Set(masked.map(([k]) => k));
  return (
    <Section title={person.name || 'Not known yet'} aside={person.verified ? <Tag tone="ok" icon="check">Verified</Tag> : <Tag tone="warning" icon="alert">Not verified</Tag>}>
      {!person.verified && <p class="help">Don’t mention the debt until they have shown who they are.</p>}
      <dl class="pairs">
        {masked.map(([k, v]) => (
          <div key={k}><dt>{say(k)}</dt><dd class="num">{v} {revealable.includes(k) && can('reveal') && <Reveal field={k} />}</dd></div>
        ))}
        {can('reveal') && !asked.has('full_name') && <div><dt>Full name</dt><dd><Reveal field="full_name" /></dd></div>}
        {person.language && <div><dt>Language</dt><dd>{say(person.language)}</dd></div>}
        {(person.local_time || person.zone) && <div><dt>Their time</dt><dd class="num">{person.zone ? clock(second.value, person.zone) : person.local_time} {person.zone && <span class="soft">{person.zone.split('/').pop()!.replace(/_/g, ' ')}</span>}</dd></div>}
      </dl>
    </Section>
  );
}

const Reveal = ({ field }: { field: string }) => <button type="button" class="link" onClick={() => show({ kind: 'reveal', field })}>Reveal<span class="sr"> {say(field)}</span></button>;

function Flags({ p }: { p: Panel }) {
  const flags = p.account?.flags ?? [];
  if (!flags.length) return null;
  return (
    <Section title="Flags">
      <ul class="flags">
        {flags.map((f) => <li key={f.name}><Tag tone="stop" icon="flag">{say(f.name)}</Tag> <span>{say(f.why)} {f.since && <span class="soft">since <Ago at={f.since} /></span>}</span></li>)}
      </ul>
    </Section>
  );
}

function Account({ p }: { p: Panel }) {
  const a = p.account;
  if (!a) return <Section title="Account"><p class="soft">No account is matched yet.</p></Section>;
  const parts = Object.entries(a.itemization ?? {}).filter(([k, v]) => k !== 'date' && k !== 'currency' && /^-?\d/.test(String(v)));
  return (
    <Section title="Account">
      <p class="balance"><Money of={a.balance} /></p>
      <p class="soft">{a.creditor}{a.last4 && <> · <span class="num">•••{a.last4}</span></>}{a.portfolio && <> · {a.portfolio}</>}</p>
      {parts.length > 0 && <details><summary>How it adds up{a.itemization?.['date'] ? `, as of ${a.itemization['date']}` : ''}</summary><dl class="pairs">{parts.map(([k, v]) => <div key={k}><dt>{say(k)}</dt><dd><Money of={String(v)} /></dd></div>)}</dl></details>}
    </Section>
  );
}

function Disclosures({ p }: { p: Panel }) {
  const all = p.disclosures ?? [];
  if (!all.length) return null;
  return (
    <Section title="Disclosures">
      <ul class="ticks">
        {all.map((d) => (
          <li key={d.name}>{d.given_at ? <Tag tone="ok" icon="check">Given</Tag> : d.due ? <Tag tone="warning" icon="alert">Due</Tag> : <Tag>Not due</Tag>} <span>{say(d.name)} {d.given_at && <span class="soft"><Ago at={d.given_at} zone={p.person.zone} /></span>}</span></li>
        ))}
      </ul>
    </Section>
  );
}

