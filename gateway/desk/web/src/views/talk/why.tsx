import { useState } from 'preact/hooks';
import type { Conversation, Reason } from '../../api/types';
import { percent, say } from '../../lib/words';
import { known } from '../../state/people';
import { show } from '../../state/dialogs';
import { Ago, Button } from '../../ui/kit';
import { Icon } from '../../ui/icon';
import { Spark } from '../../ui/spark';

/** Why a person is needed: the reason and the words in a line, the evidence one click away. */
export function Why({ c }: { c: Conversation }) {
  const [open, setOpen] = useState(false);
  const reasons = c.handoff?.reasons ?? [];
  if (!reasons.length && !c.brief) return null;
  const first = reasons[0];
  const sure = c.messages.flatMap((m) => (m.from === 'bot' && typeof m.confidence === 'number' ? [m.confidence] : []));
  return (
    <section class={`why${c.item.lane === 'distress' ? ' distress' : first ? '' : ' brief'}`} aria-label="Why it was handed over">
      <div class="why-line">
        <Icon name={c.item.lane === 'distress' ? 'hand' : 'flag'} />
        <p class="grow">
          {first ? (
            <>
              <b>{first.text || say(first.code)}</b>
              {first.words && (
                <>
                  {' '}
                  <q>{first.words}</q>
                </>
              )}
            </>
          ) : (
            <>
              <b>Brief:</b> {c.brief}
            </>
          )}
          {reasons.length > 1 && <span class="soft"> and {reasons.length - 1} more</span>}
          {c.handoff?.since && (
            <span class="soft">
              {' '}
              · <Ago at={c.handoff.since} />
            </span>
          )}
        </p>
        {first && (
          <button type="button" class="link" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Less' : 'Evidence'}
          </button>
        )}
      </div>
      {c.item.lane === 'distress' && (
        <p class="script">Speak about the person, not the debt. Give 988 where life may be at risk. Ask for no payment.</p>
      )}
      {c.handoff?.comments?.map((x) => (
        <p key={x.at} class="comment">
          <Icon name="transfer" size={14} /> <b>{x.display || known(x.who)}:</b> {x.text}
        </p>
      ))}
      {open && (
        <div class="evidence">
          {reasons.map((r, i) => (
            <Evidence key={r.code + i} r={r} />
          ))}
          {c.handoff?.declined?.map((d) => (
            <p key={d.at} class="soft">
              {known(d.who)} declined: {d.why}
            </p>
          ))}
          {sure.length > 1 && (
            <dl class="pairs">
              <div>
                <dt>Sure, by turn</dt>
                <dd>
                  <Spark values={sure} />
                </dd>
              </div>
            </dl>
          )}
          {c.brief && (
            <p>
              <b>Brief.</b> {c.brief}
            </p>
          )}
        </div>
      )}
    </section>
  );
}

function Evidence({ r }: { r: Reason }) {
  const features = Object.entries(r.features ?? {});
  const steps = (r.steps ?? []).map((s) =>
    typeof s === 'string' ? s : [say(s.name), s.outcome && say(s.outcome).toLowerCase(), s.error].filter(Boolean).join(': '),
  );
  return (
    <article>
      <h3>{r.text || say(r.code)}</h3>
      {r.words && (
        <p>
          <q>{r.words}</q>
        </p>
      )}
      {r.detail && <p>{say(r.detail)}</p>}
      <dl class="pairs">
        {!!r.confidence && (
          <div>
            <dt>Confidence</dt>
            <dd class="num">{percent(r.confidence)}</dd>
          </div>
        )}
        {features.map(([k, v]) => (
          <div key={k}>
            <dt>{say(k)}</dt>
            <dd class="num">{value(v)}</dd>
          </div>
        ))}
        {steps.length > 0 && (
          <div>
            <dt>Failed steps</dt>
            <dd>{steps.join(', ')}</dd>
          </div>
        )}
      </dl>
      {r.turn && (
        <Button icon="steps" onClick={() => show({ kind: 'trace', turn: r.turn! })}>
          Show every step
        </Button>
      )}
    </article>
  );
}

function value(v: unknown): string {
  if (typeof v === 'number') return Number.isInteger(v) ? String(v) : v.toFixed(2);
  if (typeof v === 'boolean') return v ? 'yes' : 'no';
  return typeof v === 'string' ? v : JSON.stringify(v);
}
