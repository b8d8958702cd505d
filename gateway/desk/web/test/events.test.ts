import { describe, expect, test } from 'vitest';
import { blank, take, type Effect, type Frame, type Live } from '../src/lib/events';

function play(live: Live, ...frames: Frame[]): [Live, Effect[]] {
  const all: Effect[] = [];
  for (const f of frames) {
    const [next, todo] = take(live, f);
    live = next;
    all.push(...todo);
  }
  return [live, all];
}
const event = (seq: number, name: string, conversation = 'cv'): Frame => ({ type: 'event', seq, name, conversation });

describe('the event socket', () => {
  test('acts on an event once, whatever comes twice or late', () => {
    const [live, todo] = play(
      blank,
      { type: 'welcome', seq: 10, resumed: false },
      event(11, 'message.received'),
      event(11, 'message.received'),
      event(9, 'message.received'),
    );
    expect(live.seq).toBe(11);
    expect(todo.filter((e) => e.do === 'heard')).toHaveLength(1);
  });
  test('starts at the service’s number the first time and reloads', () => {
    const [live, todo] = take(blank, { type: 'welcome', seq: 500, resumed: false });
    expect(live.seq).toBe(500);
    expect(todo).toContainEqual({ do: 'reload' });
  });
  test('goes on where it was when it was resumed: the number only rises with the events', () => {
    const [live, todo] = take({ ...blank, seq: 40 }, { type: 'welcome', seq: 500, resumed: true });
    expect(live.seq).toBe(40);
    expect(todo).toEqual([{ do: 'settle' }]);
    expect(play(live, event(41, 'message.sent'))[0].seq).toBe(41);
  });
  test('asks again only for what an event touches', () => {
    const kinds = (name: string) => take({ ...blank, seq: 1 }, event(2, name))[1].map((e) => e.do);
    expect(kinds('message.sent')).toEqual(['queue', 'talk']);
    expect(kinds('message.received')).toEqual(['queue', 'talk', 'heard']);
    expect(kinds('flag.set')).toEqual(['queue', 'talk', 'panel']);
    expect(kinds('approval.requested')).toEqual(['queue', 'talk', 'panel', 'approvals']);
    expect(kinds('control.changed')).toEqual(['queue', 'talk', 'panel', 'team']);
    expect(kinds('record.read')).toEqual(['talk']);
  });
  test('knows who looks and who writes, per conversation, and forgets it with the line', () => {
    const [live] = take(blank, { type: 'viewing', conversation: 'cv', who: ['luis'], typing: ['luis'] });
    expect(live.viewing['cv']).toEqual({ who: ['luis'], typing: ['luis'] });
    expect(take(live, { type: 'welcome', seq: 1, resumed: true })[0].viewing).toEqual({});
  });
  test('an offer, an alert and a goodbye say what to do', () => {
    expect(take(blank, { type: 'offer', handoff: 'h', until: 'u' })[1]).toContainEqual({ do: 'offer', handoff: 'h', until: 'u' });
    expect(take(blank, { type: 'alert', conversation: 'cv', text: 't' })[1]).toContainEqual({ do: 'alert', id: 'cv', text: 't' });
    expect(take(blank, { type: 'bye', code: 'expired' })[1]).toEqual([{ do: 'bye', code: 'expired' }]);
  });
  test('lets pass what it does not know', () => {
    expect(take(blank, { type: 'news' })).toEqual([blank, []]);
  });
});
