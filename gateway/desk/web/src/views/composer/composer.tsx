import type { Conversation } from '../../api/types';
import { mode } from '../../state/compose';
import { accept, claim, takeOver } from '../../state/actions';
import { can, mine } from '../../state/talk';
import { known } from '../../state/people';
import { session } from '../../state/session';
import { Button } from '../../ui/kit';
import { Icon } from '../../ui/icon';
import { Reply } from './reply';
import { Aside } from './aside';

/** What can be written: to the person, to colleagues, or to the agent who has it. Three places, never one. */
export function Composer({ c }: { c: Conversation }) {
  const tabs: { id: typeof mode.value; label: string; icon: 'send' | 'note' | 'hand' }[] = [{ id: 'reply', label: 'Reply', icon: 'send' }];
  if (c.can?.note !== false) tabs.push({ id: 'note', label: 'Private note', icon: 'note' });
  if (can('whisper')) tabs.push({ id: 'whisper', label: 'Whisper', icon: 'hand' });
  const on = tabs.some((t) => t.id === mode.value) ? mode.value : 'reply';
  const move = (e: KeyboardEvent) => {
    const at = tabs.findIndex((t) => t.id === on);
    const to = e.key === 'ArrowRight' ? at + 1 : e.key === 'ArrowLeft' ? at - 1 : -1;
    const next = tabs[to];
    if (!next) return;
    mode.value = next.id;
    document.getElementById('tab-' + next.id)?.focus();
  };
  return (
    <section class={`composer ${on}`} aria-label="Write">
      <div class="tabs" role="tablist" aria-label="Who it is for" onKeyDown={move}>
        {tabs.map((t) => (
          <button
            key={t.id}
            id={`tab-${t.id}`}
            type="button"
            role="tab"
            aria-selected={on === t.id}
            aria-controls="compose-panel"
            tabIndex={on === t.id ? 0 : -1}
            onClick={() => {
              mode.value = t.id;
            }}
          >
            <Icon name={t.icon} size={14} /> {t.label}
          </button>
        ))}
      </div>
      <div id="compose-panel" role="tabpanel" aria-labelledby={`tab-${on}`}>
        {on === 'reply' ? (
          mine.value && can('reply') ? (
            <Reply id={c.item.conversation} item={c.item} />
          ) : (
            <Locked c={c} />
          )
        ) : (
          <Aside key={on} id={c.item.conversation} kind={on} />
        )}
      </div>
    </section>
  );
}

/** Why nothing can be sent from here, and what would change that. */
function Locked({ c }: { c: Conversation }) {
  const i = c.item;
  const holder = i.holder_display || i.holder;
  const own = i.holder === session.value?.name;
  const forMe = c.can?.accept ?? (i.control === 'offered' && i.offered_to === session.value?.name);
  const why =
    i.control === 'bot'
      ? 'The assistant is answering.'
      : i.control === 'queued'
        ? 'Nobody has this conversation yet.'
        : i.control === 'offered'
          ? forMe
            ? 'It is offered to you.'
            : `It is offered to ${known(i.offered_to) || 'an agent'}.`
          : i.control === 'wrapping'
            ? own
              ? 'You are wrapping up.'
              : `${holder} is wrapping up.`
            : i.control === 'transferring'
              ? `${holder} is handing it to ${known(i.transfer_to)}.`
              : i.control === 'closed'
                ? 'This conversation is closed.'
                : own
                  ? c.why_not?.reply || 'You can’t reply here.'
                  : `${holder} has this conversation.`;
  return (
    <div class="locked">
      <Icon name="lock" />
      <p class="grow">{why}</p>
      {forMe ? (
        <Button kind="primary" keys="c" onClick={() => void accept()}>
          Accept to reply
        </Button>
      ) : can('claim') ? (
        <Button kind="primary" keys="c" onClick={() => void claim()}>
          Claim to reply
        </Button>
      ) : can('take_over') ? (
        <Button kind="primary" keys="t" onClick={takeOver}>
          Take over to reply
        </Button>
      ) : null}
    </div>
  );
}
