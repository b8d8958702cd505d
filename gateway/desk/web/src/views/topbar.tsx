import { counts, oldest } from '../state/queue';
import { decides, me, reads, seesBlocked, seesReport, seesTeam, session, speaks, setStatus, signOut } from '../state/session';
import { sound, theme, type Theme } from '../state/prefs';
import { show } from '../state/dialogs';
import { page, type Page } from '../state/route';
import { list as approvals } from '../state/approvals';
import { waiting } from '../state/alerts';
import { say } from '../lib/words';
import { Icon, type IconName } from '../ui/icon';
import { Menu, type Choice } from '../ui/menu';
import { Ago, Button } from '../ui/kit';
import type { Status } from '../api/types';

const statuses: Status[] = ['available', 'busy', 'away', 'offline'];
const themes: [Theme, string, IconName][] = [
  ['auto', 'As the system', 'half'],
  ['light', 'Light', 'sun'],
  ['dark', 'Dark', 'moon'],
];

export function TopBar() {
  const m = me.value;
  return (
    <header class="top">
      <a class="brand" href="#/" aria-label="Parley desk: the conversations">
        <Icon name="webchat" size={22} />
        <span>Parley</span>
      </a>
      <nav aria-label="Pages">
        {reads.value && (
          <Link to="desk" icon="inbox">
            Desk
          </Link>
        )}
        {seesTeam.value && (
          <Link to="team" icon="users">
            Team
          </Link>
        )}
        {decides.value && (
          <Link to="approvals" icon="scale" badge={approvals.value?.length || counts.value.approvals}>
            Approvals
          </Link>
        )}
        {seesBlocked.value && (
          <Link to="blocked" icon="shield">
            Stopped
          </Link>
        )}
        {seesReport.value && (
          <Link to="report" icon="chart">
            Reliability
          </Link>
        )}
      </nav>
      <div class="grow" />
      {reads.value && <Facts />}
      {m && speaks.value && (
        <Menu
          label={`Your status: ${say(m.status)}`}
          face={
            <>
              <span class={`dot ${m.status}`} />
              <span class="status-word">{say(m.status).split(',')[0]}</span>
            </>
          }
          choices={statuses.map((s) => ({ label: say(s), checked: m.status === s, run: () => void setStatus(s) }))}
        />
      )}
      <Button
        icon={sound.value ? 'bell' : 'mute'}
        kind="quiet"
        label={sound.value ? 'Sound is on: switch it off' : 'Sound is off: switch it on'}
        pressed={sound.value}
        onClick={() => {
          sound.value = !sound.value;
        }}
      />
      <Menu
        label="Light or dark"
        icon={themes.find((t) => t[0] === theme.value)![2]}
        end
        choices={themes.map(([t, label]) => ({
          label,
          checked: theme.value === t,
          run: () => {
            theme.value = t;
          },
        }))}
      />
      <Button icon="keys" kind="quiet" label="Show the keys" keys="?" onClick={() => show({ kind: 'help' })} />
      <Menu
        label={`Your account: ${session.value?.display || session.value?.name}`}
        face={<span class="who">{session.value?.display || session.value?.name}</span>}
        icon="person"
        end
        choices={account()}
      />
      <span class="sr" role="status">
        {waiting.value ? `${waiting.value} new` : ''}
      </span>
    </header>
  );
}

function account(): Choice[] {
  const own: Choice[] = [{ label: 'Edit my prepared replies', icon: 'note', run: () => show({ kind: 'canned' }) }];
  if (!session.value?.demo) {
    own.push(
      { label: 'Change password', icon: 'lock', run: () => show({ kind: 'password' }) },
      { label: 'Set up sign-in codes', icon: 'shield', run: () => show({ kind: 'totp' }) },
    );
  }
  return [...own, { label: 'Sign out', icon: 'out', run: () => void signOut() }];
}

function Link({ to, icon, badge, children }: { to: Page; icon: IconName; badge?: number; children: string }) {
  return (
    <a href={to === 'desk' ? '#/' : `#/${to}`} aria-current={page.value === to ? 'page' : undefined} title={children}>
      <Icon name={icon} />
      <span class="nav-word">{children}</span>
      {badge ? (
        <span class="badge">
          {badge}
          <span class="sr"> waiting</span>
        </span>
      ) : null}
    </a>
  );
}

/** What presses, in one line. */
function Facts() {
  const m = me.value;
  return (
    <dl class="facts">
      {m && speaks.value && (
        <div title="Conversations you have, of those you can take">
          <dt>Mine</dt>
          <dd class="num">
            {m.load}/{m.capacity}
          </dd>
        </div>
      )}
      <div title="Waiting for a person">
        <dt>Queue</dt>
        <dd class="num">{counts.value.unassigned ?? '–'}</dd>
      </div>
      <div title="The longest wait">
        <dt>Oldest</dt>
        <dd class="num">{oldest.value ? <Ago at={oldest.value} short /> : '–'}</dd>
      </div>
    </dl>
  );
}
