import { pane } from '../state/dialogs';
import { open } from '../state/route';
import { Queue } from './queue/queue';
import { Talk } from './talk/talk';
import { PanelView } from './panel/panel';
import { Empty, Kbd } from '../ui/kit';

/** Three columns; a narrow screen shows one of them. */
export function Desk() {
  const id = open.value;
  const on = id ? (pane.value === 'list' ? 'talk' : pane.value) : 'list';
  return (
    <>
      <h1 class="sr">Conversations</h1>
      <div class="desk" data-pane={on}>
        <Queue />
        {id ? (
          <Talk key={id} id={id} />
        ) : (
          <section class="talk col-talk" aria-label="Conversation">
            <Empty icon="webchat" title="No conversation is open">
              <p>
                Choose one on the left, or press <Kbd>j</Kbd>. <Kbd>?</Kbd> lists every key.
              </p>
            </Empty>
          </section>
        )}
        {id ? <PanelView /> : <aside class="panel col-panel" aria-label="Person and account" />}
      </div>
    </>
  );
}
