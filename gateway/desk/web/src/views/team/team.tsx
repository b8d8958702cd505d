import { useEffect } from 'preact/hooks';
import type { Agent } from '../../api/types';
import { say } from '../../lib/words';
import { loadTeam, team, teamError } from '../../state/approvals';
import { live } from '../../state/socket';
import { hrefOf } from '../../state/route';
import { view } from '../../state/prefs';
import { Ago, Bones, Button, Empty, Notice, Tag } from '../../ui/kit';

/** The roles that speak with people; the others have no load. */
const takes = ['agent', 'senior_agent', 'supervisor'];

/** Who is here, what presses, and one click into any conversation, read-only until taken. */
export function TeamPage() {
  useEffect(() => {
    void loadTeam();
    const t = setInterval(() => void loadTeam(), 15_000);
    return () => clearInterval(t);
  }, []);
  const t = team.value;
  return (
    <div class="sheet">
      <h1>Team and queue</h1>
      {teamError.value && (
        <Notice tone="stop" action={<Button onClick={() => void loadTeam()}>Try again</Button>}>
          {teamError.value}
        </Notice>
      )}
      {!t ? (
        !teamError.value && <Bones rows={5} height={64} />
      ) : (
        <>
          <dl class="tiles">
            <Tile label="Waiting for a person" value={t.queue.waiting} />
            <Tile label="Longest wait" value={t.queue.oldest_since ? <Ago at={t.queue.oldest_since} short /> : '–'} />
            <Tile label="Past their time" value={t.queue.breaching} bad={t.queue.breaching > 0} />
            <Tile label="Gave up waiting" value={t.queue.abandoned} />
            {Object.entries(t.conversations ?? {}).map(([k, n]) => (
              <Tile key={k} label={where[k] ?? say(k)} value={n} />
            ))}
          </dl>
          <div class="halves">
            <section>
              <h2>People</h2>
              <People agents={live.value.agents ?? t.agents ?? []} />
            </section>
            <section>
              <h2>Why it waits</h2>
              <Reasons by={t.queue.by_reason ?? {}} />
              <p class="row wrap">
                <a
                  class="button plain"
                  href="#/"
                  onClick={() => {
                    view.value = 'team';
                  }}
                >
                  Conversations of the team
                </a>
                <a
                  class="button plain"
                  href="#/"
                  onClick={() => {
                    view.value = 'bot';
                  }}
                >
                  Watch the assistant
                </a>
              </p>
            </section>
          </div>
        </>
      )}
    </div>
  );
}

const where: Record<string, string> = {
  bot: 'With the assistant',
  human: 'With people',
  queued: 'In the queue',
  offered: 'Offered',
  wrapping: 'Wrapping up',
  closed: 'Closed',
};

function Tile({ label, value, bad }: { label: string; value: preact.ComponentChildren; bad?: boolean }) {
  return (
    <div class={`tile${bad ? ' bad' : ''}`}>
      <dt>{label}</dt>
      <dd class="num">{value}</dd>
    </div>
  );
}

/** After 3 minutes a long talk is worth a look, after 5 it may need help. */
function People({ agents }: { agents: Agent[] }) {
  if (!agents.length)
    return (
      <Empty icon="users" title="Nobody is on the desk">
        Hand-offs wait until somebody comes.
      </Empty>
    );
  const sorted = [...agents].sort((a, b) => Number(b.online) - Number(a.online) || a.display.localeCompare(b.display));
  return (
    <div class="table-box" tabIndex={0} role="group" aria-label="People">
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">State</th>
            <th scope="col" class="right">
              Load
            </th>
            <th scope="col" class="right">
              Longest
            </th>
            <th scope="col">Looks at</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((a) => {
            const long = a.longest_minutes ?? 0;
            return (
              <tr key={a.name}>
                <th scope="row">
                  {a.display || a.name} <span class="soft">{say(a.role)}</span>
                </th>
                <td>
                  <span class={`dot ${a.online ? a.status : 'offline'}`} /> {a.online ? say(a.status) : 'Not here'}
                </td>
                <td class="right num">
                  {takes.includes(a.role) ? `${a.load}/${a.capacity}` : '–'}
                </td>
                <td class="right num">{long ? <Tag tone={long >= 5 ? 'stop' : long >= 3 ? 'warning' : 'quiet'}>{long} min</Tag> : '–'}</td>
                <td>{a.viewing ? <a href={hrefOf(a.viewing)}>Watch</a> : <span class="soft">–</span>}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Reasons({ by }: { by: Record<string, number> }) {
  const all = Object.entries(by).sort((a, b) => b[1] - a[1]);
  if (!all.length) return <p class="soft">Nothing waits.</p>;
  const most = all[0]![1];
  return (
    <table class="bars">
      <tbody>
        {all.map(([code, n]) => (
          <tr key={code}>
            <th scope="row">{say(code)}</th>
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
