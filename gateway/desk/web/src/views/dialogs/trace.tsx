import { useEffect, useState } from 'preact/hooks';
import * as api from '../../api/calls';
import { words } from '../../api/http';
import type { Step, Turn } from '../../api/types_panel';
import { say } from '../../lib/words';
import { open } from '../../state/route';
import { data, zone } from '../../state/talk';
import { Dialog } from '../../ui/dialog';
import { Bones, Clock, Empty, Notice, Tag, type Tone } from '../../ui/kit';

const tones: Record<string, Tone> = {
  ok: 'ok',
  retry: 'warning',
  fallback: 'warning',
  handoff: 'waiting',
  blocked: 'stop',
  skipped: 'quiet',
};

/** Every step of a turn: what it did, how it ended, how long it took, which rules spoke. */
export function Trace({ turn }: { turn: string | null }) {
  const [turns, setTurns] = useState<Turn[] | null>(null);
  const [at, setAt] = useState(turn);
  const [error, setError] = useState('');
  useEffect(() => {
    if (open.value)
      api.conversation.trace(open.value).then(
        (t) => setTurns(t.turns ?? []),
        (e) => setError(words(e)),
      );
  }, []);
  const shown = turns?.find((t) => t.id === at) ?? turns?.[turns.length - 1];
  return (
    <Dialog title="How the assistant decided" drawer>
      {error && (
        <Notice tone="stop" alert>
          {error}
        </Notice>
      )}
      {!turns && !error && <Bones rows={8} />}
      {turns && !shown && (
        <Empty icon="steps" title="The assistant has done nothing here">
          A person had it from the start.
        </Empty>
      )}
      {turns && shown && (
        <>
          <label class="turn-pick">
            Turn
            <select value={shown.id} onChange={(e) => setAt(e.currentTarget.value)}>
              {turns.map((t, i) => (
                <option key={t.id} value={t.id}>
                  {i + 1}: {heard(t)}
                </option>
              ))}
            </select>
          </label>
          <p class="soft">
            Started <Clock at={shown.started} zone={zone.value} />,{' '}
            <span class="num">{shown.steps.reduce((n, s) => n + s.ms, 0).toFixed(1)} ms</span> in {shown.steps.length} steps
          </p>
          <ol class="trace">
            {shown.steps.map((s, i) => (
              <StepRow key={s.name + i} s={s} n={i + 1} />
            ))}
          </ol>
        </>
      )}
    </Dialog>
  );
}

function heard(t: Turn): string {
  const m = data.value?.messages.find((x) => x.seq === t.input_seq && x.direction === 'in');
  const text = m?.text ?? 'a timer or an action';
  return text.length > 48 ? text.slice(0, 47) + '…' : text;
}

function StepRow({ s, n }: { s: Step; n: number }) {
  const rules = ruleIDs(s.output);
  const has = s.input !== null || s.output !== null;
  return (
    <li>
      <details>
        <summary>
          <span class="num soft">{n}</span>{' '}
          <b class="grow">
            {say(s.name)}
            {(s.attempt ?? 1) > 1 && ` (try ${s.attempt})`}
          </b>
          {rules.length > 0 && (
            <Tag icon="shield" title={rules.join(', ')}>
              {rules.length === 1 ? rules[0] : `${rules.length} rules`}
            </Tag>
          )}
          <Tag tone={tones[s.outcome] ?? 'quiet'}>{say(s.outcome === 'ok' ? 'Done' : s.outcome)}</Tag>
          <span class="num ms">{s.ms < 10 ? s.ms.toFixed(2) : s.ms.toFixed(0)} ms</span>
        </summary>
        {s.error && <Notice tone="warning">{s.error}</Notice>}
        {has && (
          <div class="io">
            {s.input !== null && s.input !== undefined && (
              <>
                <h4>In</h4>
                <pre tabIndex={0}>{pretty(s.input)}</pre>
              </>
            )}
            {s.output !== null && s.output !== undefined && (
              <>
                <h4>Out</h4>
                <pre tabIndex={0}>{pretty(s.output)}</pre>
              </>
            )}
          </div>
        )}
        {s.versions && Object.keys(s.versions).length > 0 && (
          <p class="soft">
            {Object.entries(s.versions)
              .map(([k, v]) => `${say(k)} ${v}`)
              .join(' · ')}
          </p>
        )}
      </details>
    </li>
  );
}

const pretty = (v: unknown) => (typeof v === 'string' ? v : JSON.stringify(v, null, 1));

function ruleIDs(v: unknown): string[] {
  return [...new Set(JSON.stringify(v ?? '').match(/\b[A-Z]{2,5}-[A-Z]+(?:-[A-Z]+)*-\d+\b/g) ?? [])];
}
