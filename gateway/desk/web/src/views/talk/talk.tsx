import { useEffect } from 'preact/hooks';
import { data, error, load } from '../../state/talk';
import { pane } from '../../state/dialogs';
import { lower } from '../../state/alerts';
import { go } from '../../state/route';
import { Bones, Button, Empty } from '../../ui/kit';
import { Composer } from '../composer/composer';
import { Header } from './header';
import { Why } from './why';
import { Transcript } from './transcript';

/** The conversation: who has it, why, what was said, what to say. */
export function Talk({ id }: { id: string }) {
  useEffect(() => {
    pane.value = 'talk';
    lower('m:' + id);
  }, [id]);
  const c = data.value;
  const here = c?.item.conversation === id;
  return (
    <section class="talk col-talk" aria-label="Conversation">
      {error.value && !here ? (
        <Empty icon="alert" title="The conversation can’t be shown">
          <p>{error.value}</p>
          <span class="row">
            <Button kind="primary" onClick={() => void load()}>
              Try again
            </Button>
            <Button onClick={() => go('desk')}>Back to the list</Button>
          </span>
        </Empty>
      ) : !here ? (
        <div class="pad">
          <Bones rows={6} height={64} label="Loading the conversation" />
        </div>
      ) : (
        <>
          <Header c={c} />
          <Why c={c} />
          <Transcript c={c} />
          <Composer c={c} />
        </>
      )}
    </section>
  );
}
