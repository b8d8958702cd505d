// Small helpers that every part of the page shares.

const PATHS = {
  ok: 'M5 12.5l4.5 4.5L19 7.5',
  retry: 'M20 5v5h-5M4 19v-5h5M19 10a7.5 7.5 0 0 0-13.5-2M5 14a7.5 7.5 0 0 0 13.5 2',
  fallback: 'M6 4v6a5 5 0 0 0 5 5h8M15 11l4 4-4 4',
  handoff: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c1-4 4-6 8-6s7 2 8 6',
  blocked: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM6 6l12 12',
  skipped: 'M6 12h12',
  wait: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2',
  open: 'M9 6l6 6-6 6',
  alert: 'M12 4l9 16H3zM12 10v4M12 17v.5',
  bot: 'M5 8h14v10H5zM12 8V4M9 12v1.5M15 12v1.5',
  lock: 'M6 11h12v9H6zM8 11V8a4 4 0 0 1 8 0v3',
  unlock: 'M6 11h12v9H6zM8 11V8a4 4 0 0 1 7.5-2',
  paper: 'M6 3h9l4 4v14H6zM9 12h7M9 16h7M9 8h3',
  flag: 'M5 21V4h13l-3 4.5 3 4.5H5',
  gauge: 'M4 18a8.5 8.5 0 1 1 16 0M12 16l4-6',
};

/** icon draws one of the set; it is never the only sign. */
export const icon = (name) => {
  const ns = 'http://www.w3.org/2000/svg', svg = document.createElementNS(ns, 'svg'), path = document.createElementNS(ns, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', PATHS[name] || PATHS.skipped);
  svg.append(path);
  return svg;
};

/** el makes an element: attributes starting with "on" are listeners, "class" is the class, true is an empty attribute. */
export const el = (tag, attrs = {}, ...kids) => {
  const e = document.createElement(tag);
  for (const [k, v] of Object.entries(attrs)) {
    if (v === undefined || v === null || v === false) continue;
    if (k.startsWith('on')) e.addEventListener(k.slice(2), v);
    else e.setAttribute(k, v === true ? '' : v);
  }
  e.append(...kids.flat().filter((k) => k !== undefined && k !== null && k !== false));
  return e;
};

export const $ = (id) => document.getElementById(id);

/** same reports whether a place shows this value already, and notes that it does. */
export const same = (place, value) => {
  const now = JSON.stringify(value);
  if (place.dataset.shows === now) return true;
  place.dataset.shows = now;
  return false;
};

export const money = (amount) => {
  const [whole, cents = '00'] = String(amount).split('.');
  return '$' + whole.replace(/\B(?=(\d{3})+$)/g, ',') + '.' + cents.padEnd(2, '0');
};

export const cents = (amount) => Math.round(Number(amount) * 100);

/** day writes a civil date as "Fri, Dec 4", with the year where it is not this one. */
export const day = (date) => {
  const [y, m, d] = date.split('-').map(Number), at = new Date(Date.UTC(y, m - 1, d));
  return at.toLocaleDateString('en-US', { timeZone: 'UTC', weekday: 'short', month: 'short', day: 'numeric', year: y === new Date().getFullYear() ? undefined : 'numeric' });
};

export const clock = (at) => new Date(at).toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit', second: '2-digit' });
export const exact = (at) => new Date(at).toLocaleString('en-US', { dateStyle: 'full', timeStyle: 'long' });

export const number = (e164) => e164.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3');

export const millis = (ms) => (ms >= 100 ? ms.toFixed(0) : ms >= 10 ? ms.toFixed(1) : ms >= 0.005 ? ms.toFixed(2) : '<0.01');

/** words turns a code such as "opt_out" into words. */
export const words = (code) => String(code).replace(/[_-]/g, ' ');

export const plural = (n, one, many = one + 's') => n + ' ' + (n === 1 ? one : many);

/** get asks the server; "same" when nothing changed since the tag, and an Error with the server's reason when it fails. */
export const get = async (url, tag) => {
  const stop = AbortSignal.timeout ? AbortSignal.timeout(8000) : undefined;
  const resp = await fetch(url, { cache: 'no-store', headers: tag ? { 'If-None-Match': tag } : {}, signal: stop });
  if (resp.status === 304) return { same: true, tag };
  const body = await resp.json().catch(() => ({}));
  if (!resp.ok) throw new Error(body.detail || 'the server answered ' + resp.status);
  return { body, tag: resp.headers.get('ETag') };
};
