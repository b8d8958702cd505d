import type { Panel } from '../../api/types_panel';
import { say } from '../../lib/words';
import { hrefOf } from '../../state/route';
import { mode } from '../../state/compose';
import { focus } from '../../state/focus';
import { known } from '../../state/people';
import { pane } from '../../state/dialogs';
import { Ago } from '../../ui/kit';
import { Icon, channelIcon } from '../../ui/icon';
import { Section } from './section';

/** What colleagues wrote down, and when we talked before. */
export function PastSection({ p }: { p: Panel }) {
  const write = () => {
    pane.value = 'talk';
    mode.value = 'note';
    focus('note');
  };
  return (
    <>
      <Section
        title="Notes"
        aside={
          <button type="button" class="link" onClick={write}>
            Write a note
          </button>
        }
      >
        {p.notes?.length ? (
          <ul class="made">
            {p.notes.map((n) => (
              <li key={n.id}>
                <p>{n.text}</p>
                <p class="soft">
                  {n.display || known(n.who)}, <Ago at={n.at} />
                </p>
              </li>
            ))}
          </ul>
        ) : (
          <p class="soft">None yet.</p>
        )}
      </Section>
      <Section title="Past conversations">
        {p.past?.length ? (
          <ul class="past">
            {p.past.map((c) => (
              <li key={c.conversation}>
                <a href={hrefOf(c.conversation)}>
                  <Icon name={channelIcon(c.channel)} size={14} /> <span class="grow">{say(c.disposition) || say(c.channel)}</span>{' '}
                  <Ago at={c.at} />
                </a>
              </li>
            ))}
          </ul>
        ) : (
          <p class="soft">This is the first.</p>
        )}
      </Section>
    </>
  );
}
