import { useEffect, useState } from 'preact/hooks';
import * as api from '../../api/calls';
import { findings, words } from '../../api/http';
import type { Blocked } from '../../api/types_panel';
import { hrefOf } from '../../state/route';
import { known } from '../../state/people';
import { may } from '../../state/session';
import { Findings } from '../../ui/findings';
import { Ago, Bones, Button, Empty, Notice, Tag } from '../../ui/kit';

/** What the rules kept from going out, whoever wrote it. */
export function BlockedPage() {
  const [all, setAll] = useState<Blocked[] | null>(null);
  const [next, setNext] = useState('');
  const [error, setError] = useState('');
  const load = async (cursor: string) => {
    setError('');
    try {
      const got = await api.blocked(cursor);
      setAll((old) => [...(cursor ? (old ?? []) : []), ...(got.blocked ?? [])]);
      setNext(got.next ?? '');
    } catch (e) {
      setError(words(e));
    }
  };
  useEffect(() => {
    void load('');
  }, []);
  return (
    <div class="sheet">
      <div class="row wrap">
        <h1 class="grow">Stopped messages</h1>
        <Button icon="undo" onClick={() => void load('')}>
          Look again
        </Button>
      </div>
      <p class="soft">Drafts that a rule kept from being sent. Nobody outside has seen them.</p>
      {error && (
        <Notice tone="stop" action={<Button onClick={() => void load(next)}>Try again</Button>}>
          {error}
        </Notice>
      )}
      {!all ? (
        !error && <Bones rows={5} height={64} />
      ) : all.length === 0 ? (
        <Empty icon="shield" title="Nothing was stopped">
          Every draft so far was lawful as written.
        </Empty>
      ) : (
        <ul class="approvals">
          {all.map((b, i) => (
            <li key={b.conversation + b.at + i}>
              <article class="card">
                <header class="row wrap">
                  <Tag icon={b.who === 'bot' ? 'bot' : 'agent'}>{b.who === 'bot' ? 'Assistant' : known(b.who)}</Tag>
                  <span class="grow soft">
                    <Ago at={b.at} />
                  </span>
                  <a href={hrefOf(b.conversation)}>Open the conversation</a>
                  {may('data:export') && (
                    <a href={api.conversation.exportPath(b.conversation)} download={`case-file-${b.conversation}.json`}>
                      Case file
                    </a>
                  )}
                </header>
                {b.text && <blockquote>{b.text}</blockquote>}
                <Findings findings={findings(b.rules)} />
              </article>
            </li>
          ))}
        </ul>
      )}
      {next && <Button onClick={() => void load(next)}>Show older</Button>}
    </div>
  );
}
