import type { Panel } from '../../api/types_panel';
import { clock } from '../../lib/time';
import { say } from '../../lib/words';
import { pane, show } from '../../state/dialogs';
import { second } from '../../state/clock';
import { can, loadPanel, panel, panelError } from '../../state/talk';
import { Bones, Button, Notice, Tag } from '../../ui/kit';
import { Account, Disclosures, Flags } from './account';
import { ContactSection } from './contact';
import { OffersSection } from './offers';
import { PastSection } from './past';
import { Section } from './section';

/** The margin: who it is, what may be said and offered, what was promised. */
export function PanelView() {
  const p = panel.value;
  return (
    <aside class="panel col-panel" aria-label="Person and account">
      <div class="narrow-only panel-back">
        <Button
          icon="left"
          kind="quiet"
          onClick={() => {
            pane.value = 'talk';
          }}
        >
          Conversation
        </Button>
      </div>
      {panelError.value && (
        <Notice tone="stop" action={<Button onClick={() => void loadPanel()}>Try again</Button>}>
          {panelError.value}
        </Notice>
      )}
      {!p ? (
        !panelError.value && (
          <div class="pad">
            <Bones rows={7} height={64} label="Loading the person" />
          </div>
        )
      ) : (
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

function Person({ p }: { p: Panel }) {
  const person = p.person;
  const masked = Object.entries(person.masked ?? {});
  const revealable = ['phone', 'zip', 'full_name', 'mail'];
  const asked = new Set(masked.map(([k]) => k));
  return (
    <Section
      title={person.name || 'Not known yet'}
      aside={
        person.verified ? (
          <Tag tone="ok" icon="check">
            Verified
          </Tag>
        ) : (
          <Tag tone="warning" icon="alert">
            Not verified
          </Tag>
        )
      }
    >
      {!person.verified && <p class="help">Don’t mention the debt until they have shown who they are.</p>}
      <dl class="pairs">
        {masked.map(([k, v]) => (
          <div key={k}>
            <dt>{say(k)}</dt>
            <dd class="num">
              {v} {revealable.includes(k) && can('reveal') && <Reveal field={k} />}
            </dd>
          </div>
        ))}
        {can('reveal') && !asked.has('full_name') && (
          <div>
            <dt>Full name</dt>
            <dd>
              <Reveal field="full_name" />
            </dd>
          </div>
        )}
        {person.language && (
          <div>
            <dt>Language</dt>
            <dd>{say(person.language)}</dd>
          </div>
        )}
        {(person.local_time || person.zone) && (
          <div>
            <dt>Their time</dt>
            <dd class="num">
              {person.zone ? clock(second.value, person.zone) : person.local_time}{' '}
              {person.zone && <span class="soft">{person.zone.split('/').pop()!.replace(/_/g, ' ')}</span>}
            </dd>
          </div>
        )}
      </dl>
    </Section>
  );
}

const Reveal = ({ field }: { field: string }) => (
  <button type="button" class="link" onClick={() => show({ kind: 'reveal', field })}>
    Reveal<span class="sr"> {say(field)}</span>
  </button>
);
