import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { window as visible } from '../../lib/order';
import { hasMore, held, items, more, rows } from '../../state/queue';
import { open } from '../../state/route';
import { Row } from './row';

/** The height of a row in pixels; the sheet reserves the same. */
const HEIGHT = 76;

/** Only what can be seen is drawn; the rest is space. */
export function Rows() {
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState({ top: 0, seen: 800 });
  const measure = () => {
    const b = box.current;
    if (!b) return;
    setAt((old) => (old.top === b.scrollTop && old.seen === b.clientHeight ? old : { top: b.scrollTop, seen: b.clientHeight }));
    if (hasMore.value && b.scrollTop + b.clientHeight > b.scrollHeight - 12 * HEIGHT) void more();
  };
  useLayoutEffect(measure, []);
  useEffect(() => {
    const o = new ResizeObserver(measure);
    o.observe(box.current!);
    return () => {
      o.disconnect();
      held.value = false;
    };
  }, []);
  const all = rows.value.rows;
  const selected = all.findIndex((r) => r.item.conversation === open.value);
  useEffect(() => {
    const b = box.current;
    if (!b || selected < 0) return;
    const top = selected * HEIGHT;
    if (top < b.scrollTop) b.scrollTop = top;
    else if (top + HEIGHT > b.scrollTop + b.clientHeight) b.scrollTop = top + HEIGHT - b.clientHeight;
  }, [open.value]);
  const { from, to } = visible(all.length, HEIGHT, at.top, at.seen);
  const total = hasMore.value ? -1 : items.value.length;
  return (
    <div
      class="rows"
      ref={box}
      onScroll={measure}
      onPointerEnter={() => {
        held.value = true;
      }}
      onPointerLeave={() => {
        held.value = false;
      }}
    >
      <ol style={{ height: `${all.length * HEIGHT}px` }}>
        {all.slice(from, to).map(({ item, gone }, i) => (
          <Row
            key={item.conversation}
            item={item}
            gone={gone}
            top={(from + i) * HEIGHT}
            place={from + i + 1}
            of={total}
            first={selected < 0 ? from + i === 0 : from + i === selected}
          />
        ))}
      </ol>
    </div>
  );
}
