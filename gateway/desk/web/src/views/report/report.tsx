import { useEffect, useState } from 'preact/hooks';
import * as api from '../../api/calls';
import { words } from '../../api/http';
import type { Rate, Reliability } from '../../api/types_panel';
import { day, span } from '../../lib/time';
import { count, percent, say } from '../../lib/words';
import { hrefOf } from '../../state/route';
import { Bones, Button, Empty, Notice } from '../../ui/kit';

/** How often a conversation ended well, with how sure that figure is. It prints on a page. */
export function ReportPage() {
  const [r, setR] = useState<Reliability | null>(null);
  const [error, setError] = useState('');
  const load = () => {
    setError('');
    api.reliability().then(setR, (e) => setError(words(e)));
  };
  useEffect(load, []);
  return (
    <div class="sheet report">
      <div class="row wrap">
        <h1 class="grow">Reliability</h1>
        <span class="no-print">
          <Button icon="file" onClick={() => print()}>
            Print
          </Button>
        </span>
      </div>
      {error && (
        <Notice tone="stop" action={<Button onClick={load}>Try again</Button>}>
          {error}
        </Notice>
      )}
      {!r ? (
        !error && <Bones rows={5} height={64} />
      ) : !settled(r) ? (
        <Empty icon="chart" title="No conversation has come to rest yet">
          {r.conversations ? `${count(r.conversations, 'conversation')} under way. ` : ''}The figures appear with the first that rests.
        </Empty>
      ) : (
        <Body r={r} />
      )}
    </div>
  );
}

/** How many conversations the headline stands on. */
const settled = (r: Reliability) => r.success.n ?? r.conversations;

function Body({ r }: { r: Reliability }) {
  const window = typeof r.window === 'string' ? r.window : r.window?.from ? `${day(r.window.from)} to ${day(r.window.to ?? '')}` : '';
  const caps = r.by_capability ?? [];
  const failures = r.failures ?? [];
  const byReason = Object.entries(r.handoffs?.by_reason ?? {}).sort((a, b) => b[1] - a[1]);
  const t = r.time_to_resolution;
  return (
    <>
      <section class="headline">
        <p class="figure num">{percent(r.success.rate, 1)}</p>
        <div>
          <p class="strong">
            of {count(settled(r), 'conversation')} ended well{window && <>, {window}</>}
          </p>
          <p class="soft num">
            95% interval {interval(r.success)}. Ended well: it came to rest, and nothing spoke against what the assistant did.
          </p>
          <Span rate={r.success} />
        </div>
      </section>
      <dl class="tiles">
        <div class="tile">
          <dt>Handed to a person</dt>
          <dd class="num">{percent(r.handoffs?.rate, 1)}</dd>
        </div>
        <div class="tile">
          <dt>Resolved, typically</dt>
          <dd class="num">{t?.p50_s ? span(t.p50_s * 1000) : '–'}</dd>
        </div>
        <div class="tile">
          <dt>Nine in ten within</dt>
          <dd class="num">{t?.p90_s ? span(t.p90_s * 1000) : '–'}</dd>
        </div>
        <div class="tile">
          <dt>Offers changed by people</dt>
          <dd class="num">{percent(r.override_rate, 1)}</dd>
        </div>
        <div class="tile">
          <dt>Drafts edited</dt>
          <dd class="num">{percent(r.draft_edit_rate, 1)}</dd>
        </div>
      </dl>
      {caps.length > 0 && (
        <section>
          <h2>By what was done</h2>
          <div class="table-box" tabIndex={0} role="group" aria-label="By what was done">
            <table>
              <thead>
                <tr>
                  <th scope="col">Capability</th>
                  <th scope="col" class="right">
                    Conversations
                  </th>
                  <th scope="col" class="right">
                    Ended well
                  </th>
                  <th scope="col">May act</th>
                  <th scope="col">95% interval, 0 to 100%</th>
                </tr>
              </thead>
              <tbody>
                {caps.map((c) => (
                  <tr key={`${c.capability ?? c.name} ${c.portfolio}`}>
                    <th scope="row">
                      {say(c.capability ?? c.name)}
                      {c.portfolio && <span class="soft"> {c.portfolio}</span>}
                    </th>
                    <td class="right num">{c.conversations ?? c.n ?? '–'}</td>
                    <td class="right num">{c.n === 0 ? '–' : percent(c.rate, 1)}</td>
                    <td>{levels[c.level ?? ''] ?? say(c.level)}</td>
                    <td>
                      <Span rate={c} />
                      <span class="num soft">{interval(c)}</span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
      <div class="halves">
        <section>
          <h2>What failed</h2>
          {failures.length ? (
            <Counts rows={failures.map((f) => [f.mode, f.count, f.conversation ?? f.example])} />
          ) : (
            <p class="soft">Nothing.</p>
          )}
        </section>
        <section>
          <h2>Why people were needed</h2>
          {byReason.length ? <Counts rows={byReason.map(([k, n]) => [k, n, undefined])} /> : <p class="soft">They weren’t.</p>}
        </section>
      </div>
    </>
  );
}

const levels: Record<string, string> = { auto: 'Alone', approve: 'After a yes', draft: 'As a draft', off: 'Not at all' };

const interval = (r: Rate) => (r.lower === undefined || r.upper === undefined ? '–' : `${percent(r.lower, 1)} to ${percent(r.upper, 1)}`);

/** The interval drawn from 0 to 100%, with the figure as a stroke in it. */
function Span({ rate: r }: { rate: Rate }) {
  const lower = 100 * (r.lower ?? r.rate);
  const upper = 100 * (r.upper ?? r.rate);
  return (
    <svg
      class="span"
      viewBox="0 0 100 8"
      preserveAspectRatio="none"
      role="img"
      aria-label={`${percent(r.rate, 1)}, interval ${interval(r)}`}
    >
      <rect class="base" x="0" y="3" width="100" height="2" />
      <rect class="range" x={lower} y="1" width={Math.max(0.6, upper - lower)} height="6" />
      <rect class="point" x={Math.min(99.4, 100 * r.rate)} y="0" width="0.6" height="8" />
    </svg>
  );
}

function Counts({ rows }: { rows: [string, number, string | undefined][] }) {
  const most = Math.max(...rows.map((r) => r[1]), 1);
  return (
    <table class="bars">
      <tbody>
        {rows.map(([code, n, example]) => (
          <tr key={code}>
            <th scope="row">{example ? <a href={hrefOf(example)}>{say(code)}</a> : say(code)}</th>
            <td>
              <span class="hbar" style={{ width: `${(100 * n) / most}%` }} />
            </td>
            <td class="right num">{n}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
