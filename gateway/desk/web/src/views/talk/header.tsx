import type { Conversation, Item } from '../../api/types';
import { say } from '../../lib/words';
import { accept, busy, cancelTransfer, claim, finish, release, setMode, takeOver } from '../../state/actions';
import { pane, show } from '../../state/dialogs';
import { go } from '../../state/route';
import { live } from '../../state/socket';
import { known } from '../../state/people';
import { session } from '../../state/session';
import * as api from '../../api/calls';
import { Button, Countdown, Notice, Tag, type Tone } from '../../ui/kit';
import { Menu, type Choice } from '../../ui/menu';
import { Icon, channelIcon, type IconName } from '../../ui/icon';

/** Who speaks now, in one word. */
export function badge(item: Item, me: string): { word: string; tone: Tone; icon: IconName } {
  if (item.transfer_to || item.control === 'transferring') return { word: 'TRANSFERRING', tone: 'waiting', icon: 'transfer' };
  switch (item.control) {
    case 'queued':
      return { word: 'QUEUED', tone: 'waiting', icon: 'inbox' };
    case 'offered':
      return { word: 'OFFERED', tone: 'waiting', icon: 'bell' };
    case 'human':
      return item.holder === me
        ? { word: 'YOU', tone: 'accent', icon: 'agent' }
        : { word: item.holder_display || item.holder || 'AGENT', tone: 'quiet', icon: 'agent' };
    case 'wrapping':
      return { word: 'WRAPPING', tone: 'warning', icon: 'flag' };
    case 'closed':
      return { word: 'CLOSED', tone: 'quiet', icon: 'check' };
    default:
      return { word: 'BOT', tone: 'quiet', icon: 'bot' };
  }
}

export function Header({ c }: { c: Conversation }) {
  const item = c.item;
  const me = session.value?.name ?? '';
  const b = badge(item, me);
  return (
    <header class="talk-head">
      <div class="line">
        <span class="narrow-only">
          <Button icon="left" kind="quiet" label="Back to the list" onClick={() => go('desk')} />
        </span>
        <Icon name={channelIcon(item.channel)} size={20} />
        <div class="grow title">
          <h2>{item.name || 'Not known yet'}</h2>
          <p class="soft">
            {say(item.channel)} · {say(item.language)}
            {item.account && (
              <>
                {' '}
                · <span class="num">{item.account}</span>
              </>
            )}
            {item.mode && item.mode !== 'auto' && <> · the assistant {item.mode === 'off' ? 'is silent' : 'only drafts'}</>}
          </p>
        </div>
        <Tag tone={b.tone} icon={b.icon} title="Who has the conversation">
          {b.word}
        </Tag>
        <span class="panel-switch">
          <Button
            icon="person"
            kind="quiet"
            label="Person and account"
            onClick={() => {
              pane.value = 'panel';
            }}
          />
        </span>
      </div>
      <Others id={item.conversation} />
      <Actions c={c} me={me} />
    </header>
  );
}

/** Saves a file of the service's; the session goes with it. */
function download(href: string, name: string): void {
  const a = document.createElement('a');
  a.href = href;
  a.download = name;
  a.click();
}

function Others({ id }: { id: string }) {
  const v = live.value.viewing[id];
  const me = session.value?.name;
  const typing = (v?.typing ?? []).filter((n) => n !== me);
  const who = (v?.who ?? []).filter((n) => n !== me && !typing.includes(n));
  if (!typing.length && !who.length) return null;
  return (
    <p class="others-line" role="status">
      {typing.length > 0 && (
        <Tag tone="warning" icon="pen">
          {typing.map(known).join(', ')} writing a reply
        </Tag>
      )}
      {who.length > 0 && <Tag icon="eye">{who.map(known).join(', ')} looking</Tag>}
    </p>
  );
}

function Actions({ c, me }: { c: Conversation; me: string }) {
  const { item, can = {}, why_not: whyNot = {} } = c;
  const transferToMe = item.transfer_to === me;
  const forMe = can.accept ?? (item.control === 'offered' && item.offered_to === me);
  const is = (name: string) => busy.value === name;
  const mine = item.holder === me;
  if (forMe || transferToMe) {
    return (
      <div class="offer-card" role="alert">
        <p class="grow">
          <b>{transferToMe ? `${item.holder_display || item.holder} wants to hand this to you.` : 'This is offered to you.'}</b>{' '}
          {item.offer_until && <Countdown until={item.offer_until} label="left to answer" />}
        </p>
        <Button onClick={() => show({ kind: 'decline' })}>Decline</Button>
        <Button kind="primary" icon="check" keys="c" busy={is('accept')} onClick={() => void accept()}>
          Accept
        </Button>
      </div>
    );
  }
  const more: Choice[] = [];
  if (can.release)
    more.push({ label: mine ? 'Release to the queue' : 'Give it back to the queue', icon: 'undo', run: () => void release() });
  if (can.offer) more.push({ label: 'Offer it to a colleague', icon: 'bell', run: () => show({ kind: 'transfer', how: 'offer' }) });
  if (can.mode && item.mode) {
    const drafts = item.mode !== 'auto';
    more.push({
      label: drafts ? 'Let the assistant answer by itself' : 'Let the assistant only draft',
      icon: 'bot',
      run: () => void setMode(drafts ? 'auto' : 'draft_only'),
    });
  }
  if (can.request_approval) more.push({ label: 'Ask for approval of other terms', icon: 'scale', run: () => show({ kind: 'approval' }) });
  more.push({ label: 'Show how the assistant decided', icon: 'steps', run: () => show({ kind: 'trace', turn: null }) });
  if (can.export)
    more.push({
      label: 'Download the case file',
      icon: 'file',
      run: () => download(api.conversation.exportPath(item.conversation), `case-file-${item.conversation}.json`),
    });
  return (
    <div class="actions">
      {can.claim && (
        <Button kind="primary" icon="check" keys="c" busy={is('claim')} onClick={() => void claim()}>
          Claim
        </Button>
      )}
      {can.take_over && !mine && (
        <Button kind={can.claim ? 'plain' : 'primary'} icon="hand" keys="t" busy={is('take_over')} onClick={takeOver}>
          Take over
        </Button>
      )}
      {mine && (can.cancel_transfer ?? !!item.transfer_to) && (
        <Button icon="close" busy={is('cancel')} onClick={() => void cancelTransfer()}>
          Take the transfer back
        </Button>
      )}
      {can.wrap && (
        <Button icon="flag" keys="f" busy={is('wrap')} onClick={() => void finish('')}>
          {mine ? 'Finish' : 'Force-finish'}
        </Button>
      )}
      {!can.wrap && can.resolve && item.control === 'wrapping' && (
        <Button kind="primary" icon="flag" keys="f" onClick={() => show({ kind: 'finish', to: '' })}>
          {mine ? 'Say what came of it' : 'Force-finish'}
        </Button>
      )}
      {can.transfer && !item.transfer_to && (
        <Button icon="transfer" keys="x" onClick={() => show({ kind: 'transfer' })}>
          Transfer
        </Button>
      )}
      {can.return_to_bot && (
        <Button icon="bot" onClick={() => void finish('bot')}>
          Return to assistant
        </Button>
      )}
      {!can.return_to_bot && whyNot.return_to_bot && mine && (
        <span class="why-not">
          <Icon name="lock" size={14} /> Can’t go back to the assistant: {whyNot.return_to_bot}
        </span>
      )}
      <span class="grow" />
      <Menu label="More to do" face="More" choices={more} end />
      {item.control === 'wrapping' && <Notice tone="warning">Write no more to the person. Say what came of it to close.</Notice>}
    </div>
  );
}
