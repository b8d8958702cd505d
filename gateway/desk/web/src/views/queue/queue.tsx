import { count } from '../../lib/words';
import type { Sort, View } from '../../api/types';
import { counts, error, items, loading, reload, rows, search, setSearch, settle } from '../../state/queue';
import { sort, view } from '../../state/prefs';
import { go } from '../../state/route';
import { speaks } from '../../state/session';
import { Bones, Button, Empty, Notice } from '../../ui/kit';
import { Icon, type IconName } from '../../ui/icon';
import { Rows } from './rows';

const views: [View, string, IconName][] = [
  ['offered', 'Offered to me', 'bell'],
  ['mine', 'Mine', 'person'],
  ['unassigned', 'Unassigned', 'inbox'],
  ['team', 'My team', 'users'],
  ['bot', 'Bot-handled', 'bot'],
  ['waiting', 'Waiting', 'clock'],
  ['all', 'All', 'webchat'],
  ['approvals', 'Approvals', 'scale'],
];

const sorts: [Sort, string][] = [
  ['deadline', 'First due'],
  ['wait', 'Longest wait'],
  ['priority', 'Most urgent'],
  ['activity', 'Latest'],
];

const nothing: Partial<Record<View, [string, string]>> = {
  offered: ['Nothing is offered to you', 'When something is, it rings here and waits for your answer.'],
  mine: ['You have no conversation', 'Claim one under Unassigned, or wait: they are offered to you while you are available.'],
  unassigned: ['Nobody is waiting', 'What the assistant leads is under Bot-handled; what you have is under Mine.'],
  team: ['No colleague has a conversation', 'What others in your portfolios hold is shown here.'],
  bot: ['The assistant has no conversation', 'Conversations it leads are shown here; you can take one over.'],
  waiting: ['Nobody’s answer is awaited', 'Conversations in which you spoke last rest here.'],
};

export function Queue() {
  return (
    <section class="queue col-list" aria-label="Conversations">
      <nav class="views" aria-label="Lists">
        {views
          .filter(([v]) => speaks.value || (v !== 'offered' && v !== 'mine'))
          .map(([v, label, icon]) => (
            <button
              key={v}
              type="button"
              aria-current={view.value === v ? 'true' : undefined}
              class={v === 'offered' && counts.value.offered ? 'calls' : ''}
              onClick={() => {
                if (v === 'approvals') go('approvals');
                else view.value = v;
              }}
            >
              <Icon name={icon} />
              <span>{label}</span>
              {counts.value[v] !== undefined && <span class="num">{counts.value[v]}</span>}
            </button>
          ))}
      </nav>
      <div class="tools">
        <label class="search">
          <Icon name="search" />
          <span class="sr">Search the list</span>
          <input
            type="search"
            data-focus="search"
            placeholder="Search"
            value={search.value}
            onInput={(e) => setSearch(e.currentTarget.value)}
          />
        </label>
        <label class="sort">
          <span class="sr">Order</span>
          <select
            value={sort.value}
            onChange={(e) => {
              sort.value = e.currentTarget.value as Sort;
            }}
          >
            {sorts.map(([s, label]) => (
              <option key={s} value={s}>
                {label}
              </option>
            ))}
          </select>
        </label>
      </div>
      <List />
    </section>
  );
}

function List() {
  const fresh = rows.value.fresh;
  return (
    <div class="list-box">
      {fresh > 0 && <Button kind="primary" icon="newest" onClick={settle}>{`${fresh} new`}</Button>}
      {error.value && (
        <Notice tone="stop" action={<Button onClick={reload}>Try again</Button>}>
          {error.value}
        </Notice>
      )}
      {loading.value ? (
        <div class="pad">
          <Bones rows={8} height={64} label="Loading the list" />
        </div>
      ) : items.value.length === 0 && rows.value.rows.length === 0 && !error.value ? (
        <None />
      ) : (
        <Rows />
      )}
      <p class="sr" role="status">
        {loading.value ? '' : count(items.value.length, 'conversation')}
      </p>
    </div>
  );
}

function None() {
  if (search.value.trim()) {
    return (
      <Empty icon="search" title="Nothing matches">
        <p>Try fewer letters, or another list.</p>
        <Button onClick={() => setSearch('')}>Clear the search</Button>
      </Empty>
    );
  }
  const [title, next] = nothing[view.value] ?? ['Nothing here', ''];
  return (
    <Empty icon="inbox" title={title}>
      {next}
    </Empty>
  );
}
