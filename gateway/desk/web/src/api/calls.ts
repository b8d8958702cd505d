import { call, findings } from './http';
import type * as T from './types';
import type * as P from './types_panel';

// Every address of the service that the desk knows, once.

const v1 = '/api/v1';
const e = encodeURIComponent;
const talk = (id: string) => `${v1}/desk/conversations/${e(id)}`;
const post = <A = unknown>(path: string, body: unknown = {}) => call<A>('POST', path, body);

export const session = {
  get: () => call<T.Session>('GET', '/desk/session'),
  options: () => call<T.SigninOptions>('GET', '/desk/signin-options'),
  signIn: (name: string, password: string, code?: string) =>
    post<T.Session>('/desk/session', code ? { name, password, code } : { name, password }),
  demo: (name: string) => post<T.Session>('/desk/demo-session', { name }),
  signOut: () => call('DELETE', '/desk/session'),
  beginTotp: (password?: string) => post<T.Enrolment>('/desk/session/totp', password ? { password } : {}),
  confirmTotp: (code: string) => post<T.Session & T.Enrolment>('/desk/session/totp', { code }),
  password: (current: string, next: string) => post('/desk/password', { current, new: next }),
};

export const me = {
  get: () => call<T.Me>('GET', `${v1}/me`),
  status: (status: T.Status) => call('PUT', `${v1}/me/status`, { status }),
};

export const agents = () => call<{ agents: T.Agent[] }>('GET', `${v1}/agents`);

export function items(view: T.View, sort: T.Sort, q: string, cursor: string, limit: number, signal?: AbortSignal) {
  const query = new URLSearchParams({ view, sort, limit: String(limit) });
  if (q) query.set('q', q);
  if (cursor) query.set('cursor', cursor);
  return call<T.ItemList>('GET', `${v1}/desk/items?${query}`, undefined, signal);
}

export const conversation = {
  get: (id: string, signal?: AbortSignal) => call<T.Conversation>('GET', talk(id), undefined, signal),
  panel: (id: string, signal?: AbortSignal) => call<P.Panel>('GET', `${talk(id)}/panel`, undefined, signal),
  trace: (id: string) => call<{ turns: P.Turn[] }>('GET', `${v1}/conversations/${e(id)}/trace`),
  send: (id: string, text: string, epoch?: number, draftOf?: string) =>
    post(`${v1}/conversations/${e(id)}/messages`, {
      text,
      ...(epoch === undefined ? {} : { epoch }),
      ...(draftOf ? { draft_of: draftOf } : {}),
    }),
  check: async (id: string, text: string, signal?: AbortSignal) => {
    const c = await call<T.Check>('POST', `${talk(id)}/check`, { text }, signal);
    return { ...c, findings: findings(c.findings), contact: findings(c.contact) };
  },
  draft: (id: string, text: string) => (text ? call('PUT', `${talk(id)}/draft`, { text }) : call('DELETE', `${talk(id)}/draft`)),
  suggestions: (id: string) => call<{ suggestions: T.Suggestion[]; last_seq: number }>('GET', `${talk(id)}/suggestions`),
  rejectSuggestion: (id: string, sid: string, why: string) => post(`${talk(id)}/suggestions/${e(sid)}/reject`, why ? { why } : {}),
  note: (id: string, text: string) => post<T.Note>(`${talk(id)}/notes`, { text }),
  whisper: (id: string, text: string) => post(`${talk(id)}/whisper`, { text }),
  mode: (id: string, mode: 'auto' | 'draft_only') => post(`${talk(id)}/mode`, { mode }),
  takeOver: (id: string, why: string) => post(`${talk(id)}/takeover`, why ? { why } : {}),
  requestApproval: (id: string, total: T.Money, comment: string) =>
    post(`${talk(id)}/approvals`, { kind: 'settlement', terms: { total }, ...(comment ? { comment } : {}) }),
  offers: (id: string) => call<{ offers: P.Recordable[] }>('GET', `${talk(id)}/offers`),
  agree: (id: string, offer: string) => post(`${talk(id)}/agreement`, { offer }),
  exportPath: (id: string) => `${v1}/conversations/${e(id)}/export`,
};

export const handoff = (id: string, what: string, body: unknown = {}) => post(`${v1}/handoffs/${e(id)}/${what}`, body);
export const reveal = (account: string, field: string, why: string) =>
  post<{ value: string }>(`${v1}/desk/accounts/${e(account)}/reveal`, { field, why });

const list = <A>(x: A[] | Record<string, A[]>): A[] => (Array.isArray(x) ? x : (Object.values(x).find(Array.isArray) ?? []));
export const dispositions = async () => list(await call<T.Disposition[]>('GET', `${v1}/desk/dispositions`));
export const canned = {
  list: async () => list(await call<T.Canned[]>('GET', `${v1}/desk/canned`)),
  save: (c: Partial<T.Canned>) => (c.id ? call('PUT', `${v1}/desk/canned/${e(c.id)}`, c) : post(`${v1}/desk/canned`, c)),
  remove: (id: string) => call('DELETE', `${v1}/desk/canned/${e(id)}`),
};

export const team = () => call<P.Team>('GET', `${v1}/desk/team`);
export const blocked = (cursor = '') =>
  call<{ blocked: P.Blocked[]; next?: string }>('GET', `${v1}/desk/blocked${cursor ? `?cursor=${e(cursor)}` : ''}`);
export const approvals = {
  list: () => call<{ approvals: P.Approval[] }>('GET', `${v1}/approvals?state=pending&limit=200`),
  decide: (id: string, body: { decision: string; comment?: string; edited_args?: { total: string }; expected_sha256?: string }) =>
    post<P.Approval>(`${v1}/approvals/${e(id)}/decision`, body),
};
export const reliability = () => call<P.Reliability>('GET', `${v1}/reports/reliability`);
