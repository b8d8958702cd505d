import { connect, line } from '../state/socket';
import { calm, distressed } from '../state/alerts';
import { busy } from '../state/actions';
import { accept, decline, offers } from '../state/own';
import { hrefOf, open, page } from '../state/route';
import { me, reads, session, setStatus, speaks } from '../state/session';
import { saving } from '../state/typed';
import { say } from '../lib/words';
import { Button, Countdown, Notice } from '../ui/kit';

/** What holds for the whole page: the line is down, somebody is in distress, this is a demonstration. */
export function Banners() {
  return (
    <section class="banners" aria-label="Notices">
      {distressed.value.map((d) => (
        <Notice
          key={d.id}
          tone="stop"
          icon="hand"
          alert
          action={
            <span class="row">
              <a class="button primary" href={hrefOf(d.id)} onClick={() => calm(d.id)}>
                Open
              </a>
              <Button icon="close" kind="quiet" label="Dismiss" onClick={() => calm(d.id)} />
            </span>
          }
        >
          <b>Somebody may be in distress.</b> {d.text} Talk about the person, not the debt.
        </Notice>
      ))}
      {offers.value
        .filter((i) => i.conversation !== open.value)
        .map((i) => (
          <Notice
            key={i.conversation}
            tone="waiting"
            icon="bell"
            alert
            action={
              <span class="row">
                <Button disabled={busy.value !== ''} onClick={() => void decline(i)}>
                  Decline
                </Button>
                <a class="button plain" href={hrefOf(i.conversation)}>
                  Look first
                </a>
                <Button kind="primary" icon="check" disabled={busy.value !== ''} onClick={() => void accept(i)}>
                  Accept
                </Button>
              </span>
            }
          >
            <b>Offered to you:</b> {i.name || 'a person not known yet'}, {say(i.channel).toLowerCase()}. {i.reason_text}.{' '}
            <Countdown until={i.offer_until!} />
          </Notice>
        ))}
      {line.value === 'lost' && reads.value && (
        <div role="status">
          <Notice tone="warning" icon="offline" action={<Button onClick={connect}>Try now</Button>}>
            <b>Reconnecting…</b> What you see may be old. What you type is kept
            {saving.value === 'unsaved' ? ' here until the line is back' : ''}.
          </Notice>
        </div>
      )}
      {page.value === 'desk' &&
        speaks.value &&
        me.value &&
        me.value.status !== 'available' &&
        me.value.status !== 'busy' &&
        line.value === 'live' && (
          <div role="status">
            <Notice
              tone="waiting"
              icon="bell"
              action={
                <Button kind="primary" onClick={() => void setStatus('available')}>
                  I’m available
                </Button>
              }
            >
              You are {me.value.status}: nothing is offered to you. You can still claim what waits.
            </Notice>
          </div>
        )}
      {session.value?.demo && <p class="demo-line">Demonstration: the debtors are made up.</p>}
    </section>
  );
}
