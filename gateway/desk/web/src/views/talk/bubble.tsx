import type { Msg, Note } from '../../api/types';
import { delivery, percent, say } from '../../lib/words';
import { show } from '../../state/dialogs';
import { known } from '../../state/people';
import { session } from '../../state/session';
import type { Pending } from '../../state/talk';
import { Clock, Tag } from '../../ui/kit';
import { Icon, type IconName } from '../../ui/icon';

const speakers: Record<string, { icon: IconName; word: string }> = {
  person: { icon: 'person', word: '' },
  bot: { icon: 'bot', word: 'Assistant' },
  agent: { icon: 'agent', word: 'Agent' },
  system: { icon: 'info', word: '' },
};

/** One message: who, when, what, how it fares, and for the assistant how sure it was. */
export function Bubble({ m, zone }: { m: Msg; zone?: string }) {
  if (m.from === 'system')
    return (
      <p class="event">
        <Icon name="info" size={14} /> {m.text} <Clock at={m.at} zone={zone} />
      </p>
    );
  const me = session.value;
  const you = m.from === 'agent' && !!me && (m.name === me.name || m.name === me.display);
  const s = speakers[m.from] ?? speakers['system']!;
  const d = m.direction === 'out' ? delivery(m.status, m.reason) : null;
  return (
    <article class={`msg ${m.from}${you ? ' you' : ''}${d?.tone === 'stop' ? ' failed' : ''}`}>
      <p class="head">
        <Icon name={s.icon} size={14} />
        <b>{you ? 'You' : (m.from === 'agent' ? known(m.name) : m.name) || (m.from === 'person' ? 'Person' : s.word)}</b>
        {m.from === 'bot' && <span class="role">AI</span>}
        {m.from === 'agent' && !you && <span class="role">Agent</span>}
        <Clock at={m.at} zone={zone} />
      </p>
      <p class="text">{m.text}</p>
      {m.choice && (
        <p class="picked">
          <Icon name="check" size={14} /> Chose a button
        </p>
      )}
      {!!m.choices?.length && (
        <ul class="offered" aria-label="Buttons they were shown">
          {m.choices.map((c) => (
            <li key={c.id}>{c.label}</li>
          ))}
        </ul>
      )}
      {m.heard && m.heard !== m.text && (
        <p class="heard">
          <Icon name="voice" size={14} /> Heard only: <q>{m.heard}</q>
        </p>
      )}
      {d?.word && (
        <p class={`fare ${d.tone}`}>
          <Icon
            name={
              d.tone === 'ok'
                ? m.status === 'read'
                  ? 'checks'
                  : 'check'
                : d.tone === 'waiting'
                  ? 'clock'
                  : d.tone === 'quiet'
                    ? 'check'
                    : 'alert'
            }
            size={12}
          />{' '}
          {d.word}
          {d.tone === 'stop' || d.tone === 'warning' ? (
            <>
              {m.reason && <> ({say(m.reason)})</>}. {d.next}
            </>
          ) : (
            ''
          )}
        </p>
      )}
      {(m.turn || !!m.checks?.length) && <Proof m={m} />}
    </article>
  );
}

function Proof({ m }: { m: Msg }) {
  const sure = m.confidence ?? null;
  return (
    <p class="proof">
      {m.from === 'bot' && sure !== null && (
        <Tag tone={sure >= 0.85 ? 'quiet' : 'warning'} title="How sure the assistant was that this turn was right">
          {percent(sure)} sure
        </Tag>
      )}
      {!!m.checks?.length && (
        <Tag icon="shield" title={m.checks.join(', ')}>
          {m.checks.length} {m.checks.length === 1 ? 'check' : 'checks'}
        </Tag>
      )}
      {m.turn && (
        <button type="button" class="link" onClick={() => show({ kind: 'trace', turn: m.turn! })}>
          {m.from === 'bot' ? 'How it decided' : 'How it was checked'}
        </button>
      )}
    </p>
  );
}

/** A note is across the whole width, tinted, and says who can see it. */
export function NoteLine({ n, zone }: { n: Note; zone?: string }) {
  return (
    <article class={`note-line ${n.kind}`}>
      <p class="head">
        <Icon name={n.kind === 'whisper' ? 'hand' : 'note'} size={14} /> <b>{n.display || known(n.who)}</b>{' '}
        <span class="role">{n.kind === 'whisper' ? 'Whisper, seen by agents only' : 'Note, seen by agents only'}</span>{' '}
        <Clock at={n.at} zone={zone} />
      </p>
      <p class="text">{n.text}</p>
    </article>
  );
}

export function PendingBubble({ p }: { p: Pending }) {
  return (
    <article class="msg agent you pending">
      <p class="head">
        <Icon name="agent" size={14} /> <b>You</b>
      </p>
      <p class="text">{p.text}</p>
      <p class="fare waiting">
        <Icon name="clock" size={12} /> Sending…
      </p>
    </article>
  );
}
