import type { Agent } from '../api/types';

// What a frame of the event socket means for the page. Frames say what changed; the page
// then asks how it is now. Pure, so that order, doubles and gaps can be tested.

export interface Live {
  /** The last event seen; a reconnect asks for what came after. */
  seq: number;
  viewing: Readonly<Record<string, { who: string[]; typing: string[] }>>;
  agents: Agent[] | null;
}

export const blank: Live = { seq: 0, viewing: {}, agents: null };

export interface Frame {
  type: string;
  seq?: number;
  resumed?: boolean;
  name?: string;
  conversation?: string | null;
  handoff?: string | null;
  until?: string;
  text?: string;
  who?: string[] | string;
  from?: string;
  typing?: string[];
  agents?: Agent[];
  code?: string;
}

export type Effect =
  | { do: 'queue' | 'approvals' | 'team' | 'reload' | 'settle' }
  | { do: 'talk' | 'panel' | 'heard'; id: string }
  | { do: 'offer'; handoff: string; until: string }
  | { do: 'alert'; id: string; text: string }
  | { do: 'whisper'; id: string; text: string; from: string }
  | { do: 'bye'; code: string };

/** The state after a frame, and what is to be done about it. */
export function take(live: Live, f: Frame): [Live, Effect[]] {
  switch (f.type) {
    case 'welcome': {
      const seq = f.resumed ? Math.max(live.seq, 0) : (f.seq ?? live.seq);
      return [{ ...live, seq, viewing: {} }, f.resumed ? [{ do: 'settle' }] : [{ do: 'settle' }, { do: 'reload' }]];
    }
    case 'event':
      if (f.seq !== undefined && f.seq <= live.seq) return [live, []];
      return [{ ...live, seq: f.seq ?? live.seq }, effects(f)];
    case 'presence':
      return [{ ...live, agents: f.agents ?? live.agents }, [{ do: 'team' }]];
    case 'viewing':
      if (!f.conversation) return [live, []];
      return [
        { ...live, viewing: { ...live.viewing, [f.conversation]: { who: Array.isArray(f.who) ? f.who : [], typing: f.typing ?? [] } } },
        [],
      ];
    case 'offer':
      return [live, [{ do: 'queue' }, { do: 'offer', handoff: f.handoff ?? '', until: f.until ?? '' }]];
    case 'alert':
      return [live, [{ do: 'queue' }, { do: 'alert', id: f.conversation ?? '', text: f.text ?? '' }]];
    case 'whisper':
      return [
        live,
        [
          { do: 'talk', id: f.conversation ?? '' },
          { do: 'whisper', id: f.conversation ?? '', text: f.text ?? '', from: f.from ?? (typeof f.who === 'string' ? f.who : '') },
        ],
      ];
    case 'bye':
      return [live, [{ do: 'bye', code: f.code ?? '' }]];
    default:
      return [live, []];
  }
}

// What an event touches, by the first part of its name. What isn't known touches everything of its conversation.
function effects(f: Frame): Effect[] {
  const name = f.name ?? '';
  const out: Effect[] = [];
  const kind = name.split('.')[0];
  if (kind !== 'draft' && kind !== 'record') out.push({ do: 'queue' });
  if (f.conversation) {
    out.push({ do: 'talk', id: f.conversation });
    if (!['message', 'draft', 'record', 'note'].includes(kind ?? '')) out.push({ do: 'panel', id: f.conversation });
    if (name === 'message.received') out.push({ do: 'heard', id: f.conversation });
  }
  if (kind === 'approval') out.push({ do: 'approvals' });
  if (kind === 'control' || kind === 'handoff' || kind === 'agent') out.push({ do: 'team' });
  return out;
}
