import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Conversation, Msg, Note } from '../../api/types';
import { day, ms } from '../../lib/time';
import { pending, zone } from '../../state/talk';
import { Button, Empty } from '../../ui/kit';
import { Bubble, NoteLine, PendingBubble } from './bubble';

type Entry = { key: string; at: number; msg?: Msg; note?: Note };

/** What was said, in order, notes among it. Where the reader was, they stay; a pill leads to the newest. */
export function Transcript({ c }: { c: Conversation }) {
  const box = useRef<HTMLDivElement>(null);
  const down = useRef(true);
  const seen = useRef(0);
  const [fresh, setFresh] = useState(0);
  const entries = useMemo<Entry[]>(() => merge(c), [c]);
  const waiting = pending.value.filter((p) => p.conversation === c.item.conversation);
  const newest = () => {
    const b = box.current;
    if (b) b.scrollTop = b.scrollHeight;
    down.current = true;
    setFresh(0);
  };
  useLayoutEffect(() => {
    const added = entries.length - seen.current;
    if (seen.current && added > 0 && !down.current) setFresh((n) => n + added);
    seen.current = entries.length;
    if (down.current) newest();
  }, [entries, waiting.length]);
  useEffect(() => {
    addEventListener('desk:newest', newest);
    const o = new ResizeObserver(() => {
      if (down.current && box.current) box.current.scrollTop = box.current.scrollHeight;
    });
    if (box.current) o.observe(box.current);
    return () => {
      removeEventListener('desk:newest', newest);
      o.disconnect();
    };
  }, []);
  const scrolled = () => {
    const b = box.current;
    if (!b) return; // the last scroll of one that is gone
    down.current = b.scrollHeight - b.scrollTop - b.clientHeight < 48;
    if (down.current) setFresh(0);
  };
  let lastDay = '';
  return (
    <div class="transcript-box">
      <div
        class="transcript"
        ref={box}
        tabIndex={0}
        data-focus="transcript"
        role="log"
        aria-live="polite"
        aria-label="Messages"
        onScroll={scrolled}
      >
        {entries.length === 0 && <Empty icon="webchat" title="Nothing was said yet" />}
        <ol>
          {entries.map((e) => {
            const d = day(new Date(e.at).toISOString());
            const head =
              d !== lastDay ? (
                <li key={'d' + d} class="day">
                  <span>{d}</span>
                </li>
              ) : null;
            lastDay = d;
            return [
              head,
              <li key={e.key}>{e.msg ? <Bubble m={e.msg} zone={zone.value} /> : <NoteLine n={e.note!} zone={zone.value} />}</li>,
            ];
          })}
          {waiting.map((p) => (
            <li key={p.key}>
              <PendingBubble p={p} />
            </li>
          ))}
        </ol>
      </div>
      {fresh > 0 && (
        <div class="newest">
          <Button kind="primary" icon="newest" onClick={newest}>{`${fresh} new`}</Button>
        </div>
      )}
    </div>
  );
}

function merge(c: Conversation): Entry[] {
  const said = c.messages.map((m) => ({ key: m.id, at: ms(m.at), msg: m, order: m.seq }));
  const notes = (c.notes ?? []).map((n) => ({ key: 'n' + n.id, at: ms(n.at), note: n, order: Infinity }));
  return [...said, ...notes].sort((a, b) => ('msg' in a && 'msg' in b ? a.order - b.order : a.at - b.at));
}
