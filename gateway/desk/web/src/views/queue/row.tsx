import type { Item } from '../../api/types';
import { used } from '../../lib/time';
import { say } from '../../lib/words';
import { moment } from '../../state/clock';
import { hrefOf, open } from '../../state/route';
import { pane } from '../../state/dialogs';
import { known } from '../../state/people';
import { session } from '../../state/session';
import { live } from '../../state/socket';
import { typedIn } from '../../state/typed';
import { Ago, Countdown } from '../../ui/kit';
import { Icon, channelIcon } from '../../ui/icon';

interface Props {
  item: Item;
  gone: boolean;
  top: number;
  place: number;
  of: number;
  first: boolean;
}

/** A conversation in the list: who, through what, why, how long, until when. */
export function Row({ item, gone, top, place, of, first }: Props) {
  const on = open.value === item.conversation;
  const mine = item.holder === session.value?.name;
  return (
    <li
      style={{ transform: `translateY(${top}px)` }}
      aria-posinset={place}
      aria-setsize={of}
      class={`${gone ? 'gone' : ''} ${item.lane === 'distress' ? 'distress' : ''}`}
    >
      <a
        href={hrefOf(item.conversation)}
        aria-current={on ? 'true' : undefined}
        data-focus={first ? 'list' : undefined}
        onClick={() => {
          pane.value = 'talk';
        }}
      >
        <span class="line one">
          <Icon name={channelIcon(item.channel)} />
          <b class="name">{item.name || 'Not known yet'}</b>
          {!!item.unread && (
            <span class="badge">
              {item.unread}
              <span class="sr"> unread</span>
            </span>
          )}
          <span class="grow" />
          <Wait item={item} />
        </span>
        <span class="line two">{why(item, mine)}</span>
        <span class="line three">
          <span class="grow cut">
            {typedIn(item.conversation).text ? (
              <>
                <Icon name="pen" size={12} /> Draft: {typedIn(item.conversation).text}
              </>
            ) : (
              last(item)
            )}
          </span>
          {!!item.approvals && (
            <span class="others" title="Waits for approval">
              <Icon name="scale" size={12} />
              <span class="sr"> Waits for approval</span>
            </span>
          )}
          <Others item={item} />
          <span class="chan">{say(item.channel)}</span>
        </span>
        <Bar item={item} />
      </a>
    </li>
  );
}

function why(item: Item, mine: boolean) {
  if (item.lane === 'distress')
    return (
      <span class="stop-ink">
        <Icon name="hand" size={14} /> Distress: {item.reason_text || 'needs a person now'}
      </span>
    );
  if (item.control === 'offered' && item.offered_to === session.value?.name && item.offer_until)
    return (
      <span class="accent-ink">
        <Icon name="bell" size={14} /> Offered to you, <Countdown until={item.offer_until} />
      </span>
    );
  if (item.control === 'bot')
    return (
      <span>
        <Icon name="bot" size={14} /> The assistant leads
      </span>
    );
  if (item.control === 'transferring')
    return (
      <span>
        <Icon name="transfer" size={14} />{' '}
        {item.transfer_to === session.value?.name ? 'Offered to you by a colleague' : `Going to ${known(item.transfer_to)}`}
      </span>
    );
  if (item.control === 'human' && !mine)
    return (
      <span>
        <Icon name="agent" size={14} /> {item.holder_display || item.holder} has it
      </span>
    );
  if (item.control === 'wrapping')
    return (
      <span>
        <Icon name="flag" size={14} /> Wrapping up
      </span>
    );
  return <span class="cut">{item.reason_text || say(item.reasons?.[0]) || 'Needs a person'}</span>;
}

function last(item: Item): string {
  if (!item.last) return item.words ?? '';
  const who = { person: '', bot: 'Assistant: ', agent: 'Agent: ', system: '' }[item.last.from] ?? '';
  return who + item.last.text;
}

function Wait({ item }: { item: Item }) {
  const since = item.waiting_since;
  if (!since)
    return item.last ? (
      <span class="wait soft">
        <Ago at={item.last.at} short />
      </span>
    ) : null;
  return (
    <span class="wait" title="Has waited for an answer">
      <Icon name="clock" size={12} /> <Ago at={since} short />
    </span>
  );
}

function Others({ item }: { item: Item }) {
  const seen = live.value.viewing[item.conversation]?.who ?? item.viewers ?? [];
  const others = seen.filter((n) => n !== session.value?.name);
  return others.length ? (
    <span class="others" title={`${others.map(known).join(', ')} looking`}>
      <Icon name="eye" size={12} /> {known(others[0]).split(' ')[0]}
    </span>
  ) : null;
}

/** How much of the promised time is used up; over is a word too. */
function Bar({ item }: { item: Item }) {
  const since = item.waiting_since;
  if (!item.deadline || !since) return <span class="bar none" />;
  const part = used(since, item.deadline, moment.value);
  const tone = part >= 1 ? 'stop' : part > 0.75 ? 'warning' : 'ok';
  return (
    <span class={`bar ${tone}`}>
      <span style={{ width: `${Math.round(part * 100)}%` }} />
      <span class="sr">{part >= 1 ? 'Overdue' : `${Math.round(part * 100)} percent of the time is used`}</span>
    </span>
  );
}
