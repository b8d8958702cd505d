// <parley-chat>: the chat widget, one custom element with a shadow root.
// Attributes: endpoint, brand, assistant, lang (en, es), inline, open, theme (light, dark), token, stop.
// Comments stand on lines of their own: the server drops them.
(() => {
  const S = /*settings*/ {};
  const base = (document.currentScript || {}).src || location.href;
  const T = {
    en: {
      role: 'AI assistant of {b}', open: 'Chat with {b}', close: 'Close chat', log: 'Conversation', write: 'Write a message',
      send: 'Send', person: 'Talk to a person', stop: 'Stop contact', sure: 'Press again to stop contact', stopText: 'Stop contacting me.',
      card: 'We never ask for a card number here.', hi: 'Hi, I’m {a}.', ai: 'I’m an AI assistant. A person can take over whenever you ask.',
      ask: ['What is my balance?', 'I’d like a payment plan', 'I don’t think I owe this'],
      sending: 'Sending…', waiting: 'Waiting for connection', sent: 'Sent', failed: 'Not sent.', retry: 'Try again', refused: 'It can’t be sent like this.', edit: 'Change it', you: 'You', typing: '{a} is writing',
      lost: 'Connection lost. Reconnecting; what you typed is kept.',
      call: 'Or call {p}.', now: 'Try now', fresh: '{n} new', just: 'just now', human: 'person', tag: 'AI', link: 'Your link has expired. You can go on here without it.',
      bot: 'Online', queued: 'A person will join soon', talk: 'You’re talking with a person', closed: 'This conversation is closed',
    },
    es: {
      role: 'Asistente de IA de {b}', open: 'Chatear con {b}', close: 'Cerrar el chat', log: 'Conversación', write: 'Escriba un mensaje',
      send: 'Enviar', person: 'Hablar con una persona', stop: 'No contactarme', sure: 'Presione otra vez para confirmar', stopText: 'No me contacten más.',
      card: 'Aquí nunca pedimos números de tarjeta.', hi: 'Hola, soy {a}.', ai: 'Soy un asistente de IA. Una persona puede atenderle cuando lo pida.',
      ask: ['¿Cuál es mi saldo?', 'Quiero un plan de pagos', 'Creo que no debo esto'],
      sending: 'Enviando…', waiting: 'Esperando conexión', sent: 'Enviado', failed: 'No se envió.', retry: 'Reintentar', refused: 'Así no se puede enviar.', edit: 'Cambiarlo', you: 'Usted', typing: '{a} está escribiendo',
      lost: 'Se perdió la conexión. Reconectando; lo que escribió se conserva.',
      call: 'O llame al {p}.', now: 'Probar ahora', fresh: '{n} nuevos', just: 'ahora', human: 'persona', tag: 'IA', link: 'Su enlace ha vencido. Puede seguir aquí sin él.',
      bot: 'En línea', queued: 'Pronto le atenderá una persona', talk: 'Está hablando con una persona', closed: 'Esta conversación está cerrada',
    },
  };
  const ICON = {
    chat: 'M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z', close: 'M6 6l12 12M18 6L6 18', send: 'M4 12l16-8-5 16-3-7z',
    person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c1-4 4-6 8-6s7 2 8 6', down: 'M12 5v14M6 13l6 6 6-6', alert: 'M12 4l9 16H3zM12 10v4M12 17v.5', lock: 'M6 11h12v9H6zM8 11V8a4 4 0 0 1 8 0v3',
  };
  const icon = (name) => {
    const ns = 'http://www.w3.org/2000/svg', svg = document.createElementNS(ns, 'svg'), p = document.createElementNS(ns, 'path');
    for (const [k, v] of [['viewBox', '0 0 24 24'], ['aria-hidden', 'true']]) svg.setAttribute(k, v);
    p.setAttribute('d', ICON[name]);
    svg.append(p);
    return svg;
  };
  const el = (tag, cls, kids = [], attrs = {}) => {
    const e = document.createElement(tag);
    if (cls) e.className = cls;
    for (const k in attrs) k.startsWith('on') ? e.addEventListener(k.slice(2), attrs[k]) : e.setAttribute(k, attrs[k]);
    e.append(...[].concat(kids));
    return e;
  };

  // One chat, living in host; what it returns are the two ends of its life.
  const chat = (host) => {
    const attr = (n) => host.getAttribute(n);
    const page = (attr('lang') || document.documentElement.lang || navigator.language || 'en').slice(0, 2);
    const lang = T[page] ? page : 'en', inline = host.hasAttribute('inline');
    const names = { b: attr('brand') || S.brand, a: attr('assistant') || S.assistant, p: S.phone };
    const t = (k, more = {}) => T[lang][k].replace(/\{(\w)\}/g, (_, x) => ({ ...names, ...more }[x]));
    const words = (S.words || {})[lang] || (S.words || {}).en || {};
    const endpoint = new URL(attr('endpoint') || '/channels/webchat/socket', base);
    endpoint.protocol = endpoint.protocol.replace('http', 'ws');
    const key = 'parley:' + endpoint, own = new Map();
    // last: what was shown; head: what there was at the welcome; unseen: came while reading elsewhere.
    let last = 0, head = 0, unseen = 0, tries = 0, told = 0, ws, ready, wanted, kept = {}, reconnecting, forgetting, ticking, armed;
    try { kept = JSON.parse(sessionStorage.getItem(key)) || {}; } catch { /* private mode: works without */ }
    const keep = (more) => {
      Object.assign(kept, more, { unsent: [...own.values()].filter((p) => p.state === 'sending').map((p) => p.frame) });
      try { sessionStorage.setItem(key, JSON.stringify(kept)); } catch { /* the same */ }
    };

    // What is on the screen.
    const button = (cls, kids, onclick, label) => el('button', cls, kids, { type: 'button', onclick, ...(label ? { 'aria-label': label } : {}) });
    const badge = el('span', 'badge');
    const launch = button('launch', [icon('chat'), badge], () => show(panel.hidden), t('open'));
    const state = el('p', 'state', t('bot'), { role: 'status' });
    const banner = el('p', 'banner', words.banner || '', { role: 'note' });
    const net = el('div', 'net', '', { role: 'status' });
    const ask = el('div', 'choices', T[lang].ask.map((q) => button('choice', q, () => say(q))));
    const hello = el('div', 'hello', [el('p', 'hi', t('hi')), el('p', '', words.greeting || t('ai')), ask]);
    const skeleton = el('div', 'skeleton', [el('i'), el('i'), el('i')], { 'aria-hidden': 'true' });
    const list = el('ol', 'list'), log = el('div', '', list, { role: 'log', 'aria-live': 'polite', 'aria-label': t('log') });
    const typer = el('span', 'sr', '', { role: 'status' });
    const typing = el('p', 'typing', [el('span', 'dots', [el('i'), el('i'), el('i')])]);
    const scroll = el('div', 'scroll', [hello, skeleton, log, typing, typer], { tabindex: '0', role: 'group', 'aria-label': t('log'), onscroll: () => { if (unseen && !panel.hidden && atBottom()) bottom(); } });
    const pill = button('pill', '', () => { bottom(); text.focus(); });
    const text = el('textarea', '', '', { id: 'text', rows: '1', maxlength: S.max, placeholder: t('write'), autocomplete: 'off', oninput: () => typed(), onkeydown: (e) => { if (e.key === 'Enter' && !e.shiftKey && !e.isComposing) { e.preventDefault(); submit(); } } });
    const form = el('form', '', [el('label', 'sr', t('write'), { for: 'text' }), text, el('button', 'send', icon('send'), { type: 'submit', 'aria-label': t('send') })], { onsubmit: (e) => { e.preventDefault(); submit(); } });
    const person = button('plain', [icon('person'), t('person')], () => say(t('person')));
    const stop = button('plain', t('stop'), () => arm(!armed));
    const panel = el('section', 'panel', [
      el('header', '', [el('span', 'mark', icon('chat')), el('div', '', [el('h2', '', names.a), el('p', 'who', t('role')), state]), ...(inline ? [] : [button('x', icon('close'), () => show(), t('close'))])]),
      banner, net, el('div', 'middle', [scroll, pill]), form,
      el('footer', '', [person, ...(attr('stop') === 'off' ? [] : [stop]), el('p', 'card', [icon('lock'), t('card')])]),
    ], { role: inline ? 'region' : 'dialog', 'aria-label': t('open'), lang, onkeydown: (e) => { if (e.key === 'Escape' && !inline) { e.stopPropagation(); show(); } } });
    badge.hidden = net.hidden = typing.hidden = pill.hidden = panel.hidden = true;
    banner.hidden = !words.banner;
    text.value = kept.draft || '';
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const theme = () => { host.dataset.theme = attr('theme') || (dark.matches ? 'dark' : 'light'); };
    theme();

    // Opening moves the focus into the chat, closing gives it back.
    const show = (on, quiet) => {
      panel.hidden = !on;
      launch.setAttribute('aria-expanded', !!on);
      host.toggleAttribute('data-shown', !!on);
      if (!inline) keep({ open: on });
      if (!on) return launch.focus();
      badge.hidden = true;
      connect();
      grow();
      bottom();
      if (!quiet) text.focus();
    };

    // The line: one socket, reconnected with growing, jittered pauses.
    const connect = () => {
      wanted = true;
      clearTimeout(reconnecting);
      if (ws && ws.readyState < 2) return;
      const line = ws = new WebSocket(endpoint);
      ws.onopen = () => line.send(JSON.stringify({ type: 'hello', conversation: kept.conversation, since: last, token: attr('token') || undefined }));
      ws.onmessage = (e) => { if (line === ws) take(JSON.parse(e.data)); };
      ws.onclose = () => { if (line === ws) broken(); };
    };
    const broken = () => {
      ready = false;
      host.removeAttribute('data-ready');
      writing();
      for (const p of own.values()) mark(p);
      if (!wanted) return;
      reconnecting = setTimeout(connect, Math.min(30000, 500 * 2 ** tries++) * (0.5 + Math.random() / 2));
      setTimeout(status, 1200);
    };
    const status = () => {
      host.toggleAttribute('data-ready', !!ready);
      net.hidden = !wanted || (navigator.onLine && (ready || !tries));
      skeleton.hidden = !kept.conversation || last || ready;
      if (!net.hidden) net.replaceChildren(icon('alert'), el('span', '', t('lost') + (S.phone ? ' ' + t('call') : '')), button('plain', t('now'), connect));
    };
    const again = () => { status(); if (wanted && navigator.onLine && !document.hidden) connect(); };
    const transmit = (frame) => { if (ready && ws.readyState === 1) ws.send(JSON.stringify(frame)); };
    const take = (f) => {
      const p = own.get(f.id);
      if (f.type === 'welcome') welcome(f);
      else if (f.type === 'message') message(f, f.from === 'you' && p);
      else if (f.type === 'ack' && p) settle(p, 'sent');
      else if (f.type === 'typing') writing(f.from);
      else if (f.type === 'control') {
        state.dataset.state = f.state;
        state.textContent = t({ offered: 'queued', queued: 'queued', human: 'talk', wrapping: 'talk', closed: 'closed' }[f.state] || 'bot');
        disable(person, f.state !== 'bot');
      } else if (f.type === 'error') refused(f, p);
    };
    const welcome = (f) => {
      if (f.conversation !== kept.conversation || f.seq < last) {
        last = 0;
        for (const li of [...list.children]) if (li.dataset.seq) li.remove();
      }
      keep({ conversation: f.conversation });
      // A page that embeds the chat may want to know which conversation it is.
      host.dispatchEvent(new CustomEvent('parley:conversation', { detail: f.conversation, bubbles: true, composed: true }));
      head = f.seq;
      ready = true;
      tries = 0;
      log.setAttribute('aria-busy', last < head);
      if (!head) hello.hidden = own.size > 0;
      status();
      for (const p of own.values()) if (p.state === 'sending') push(p);
    };
    const refused = (f, p) => {
      if (f.code === 'bad_token') {
        host.removeAttribute('token');
        list.append(el('li', 'system', el('p', 'bubble', t('link')), { 'data-seq': last }));
      }
      if (!p || p.state !== 'sending') return;
      if (f.code === 'rate_limited' || (f.code === 'try_again' && ++p.tries < 3)) {
        clearTimeout(p.timer);
        p.timer = setTimeout(() => push(p), 3000);
      } else {
        settle(p, f.code === 'try_again' ? 'failed' : 'refused');
        bottom();
      }
    };

    // What the person says: shown at once, kept until the server has it.
    const say = (words, move) => {
      const id = [...crypto.getRandomValues(new Uint8Array(12))].map((b) => b.toString(16).padStart(2, '0')).join('');
      const p = queue(move ? { type: 'choice', id, move, label: words } : { type: 'message', id, text: words });
      retire(words);
      keep();
      push(p);
      connect();
      bottom();
    };
    const queue = (frame) => {
      const note = el('p', 'note'), li = item({ from: 'you', text: frame.text || frame.label }, note);
      const p = { frame, li, note, state: 'sending', tries: 0 };
      own.set(frame.id, p);
      list.append(li);
      hello.hidden = true;
      mark(p);
      return p;
    };
    const push = (p) => {
      const { label, ...frame } = p.frame;
      transmit(frame);
      mark(p);
      // No word for long: the line is dead without knowing it.
      clearTimeout(p.timer);
      if (ready) p.timer = setTimeout(() => ws.close(), 12000);
    };
    const settle = (p, how) => {
      clearTimeout(p.timer);
      p.state = how;
      keep();
      mark(p);
    };
    const mark = (p) => {
      p.li.dataset.state = p.state;
      p.note.textContent = t(p.state !== 'sending' ? p.state : ready ? 'sending' : 'waiting');
      if (p.state === 'failed') p.note.append(button('plain', t('retry'), () => { p.tries = 0; settle(p, 'sending'); push(p); }));
      if (p.state === 'refused') p.note.append(button('plain', t('edit'), () => { p.li.remove(); own.delete(p.frame.id); text.value = p.frame.text || p.frame.label; typed(); text.focus(); }));
    };

    // What the feed says: in order, each once.
    const message = (f, mine) => {
      if (f.seq <= last) return;
      last = f.seq;
      const stay = atBottom(), li = mine ? mine.li : item(f);
      if (mine) settle(mine, 'sent');
      else if (f.from === 'you' || f.choices) retire(f.from === 'you' && f.text);
      if (f.from !== 'you') {
        writing();
        if (f.choices) li.firstChild.append(el('div', 'choices offer', f.choices.map((c) => el('button', 'choice', c.label, { type: 'button', 'aria-pressed': 'false', onclick: () => say(c.label, c.id) })), { role: 'group' }));
      }
      li.dataset.seq = last;
      // What is still under way stays below what is settled; what failed stays where it was.
      const anchor = [...list.children].find((x) => !x.dataset.seq && /^s/.test(x.dataset.state) && x !== li) || null;
      if (li.parentNode !== list || li.nextSibling !== anchor) list.insertBefore(li, anchor);
      hello.hidden = skeleton.hidden = true;
      if (last >= head) log.setAttribute('aria-busy', 'false');
      if (f.from !== 'you' && last > Math.max(head, kept.seen || 0) && (!stay || panel.hidden)) {
        badge.textContent = ++unseen;
        badge.hidden = !panel.hidden;
        pill.replaceChildren(icon('down'), t('fresh', { n: unseen }));
        pill.hidden = panel.hidden;
      }
      if (stay) bottom();
    };
    const item = (f, note = '') => {
      const you = f.from === 'you', at = f.at ? new Date(f.at) : new Date();
      const time = el('time', '', '', { datetime: at.toISOString(), title: at.toLocaleString(lang, { dateStyle: 'full', timeStyle: 'short' }) });
      const tag = { bot: [el('span', 'tag', t('tag'))], agent: [icon('person'), el('span', 'tag', t('human'))] }[f.from] || [];
      const top = f.from === 'system' ? '' : el('p', 'head', [el('b', you ? 'sr' : '', you ? t('you') : f.name || (f.from === 'bot' ? names.a : names.b)), ...tag, time]);
      times([time]);
      return el('li', f.from, el('div', 'body', [top, el('p', 'bubble', f.text || '…'), note]));
    };
    // Buttons of an earlier turn stay to be read; the one that was taken looks taken.
    const retire = (words) => {
      for (const b of list.querySelectorAll('.offer button:enabled')) {
        if (b.textContent === words) b.setAttribute('aria-pressed', 'true');
        disable(b, true);
      }
    };
    // A disabled button swallows keys: the focus may not stay on it.
    const disable = (b, on) => {
      if (on && root.activeElement === b) scroll.focus();
      b.disabled = on;
    };
    const writing = (who) => {
      const stay = atBottom();
      clearTimeout(forgetting);
      typing.hidden = !who;
      typer.textContent = who ? t('typing', who === 'agent' ? { a: t('human') } : {}) : '';
      if (who) forgetting = setTimeout(writing, 6000);
      if (who && stay) bottom();
    };
    const times = (which) => {
      const f = new Intl.RelativeTimeFormat(lang, { numeric: 'auto', style: 'short' });
      for (const e of which || list.querySelectorAll('time')) {
        const at = new Date(e.dateTime), m = Math.round((at - Date.now()) / 60000);
        e.textContent = m > -1 ? t('just') : m > -60 ? f.format(m, 'minute') : m > -1440 ? f.format(Math.round(m / 60), 'hour') : at.toLocaleDateString(lang, { weekday: 'short', month: 'short', day: 'numeric' });
      }
    };

    // The composer and the reading position.
    const submit = () => {
      const words = text.value.trim();
      text.value = kept.draft = '';
      if (words) say(words);
      grow();
      text.focus();
    };
    const typed = () => {
      grow();
      keep({ draft: text.value });
      if (Date.now() - told > 3000) { told = Date.now(); transmit({ type: 'typing' }); }
    };
    const grow = () => {
      text.style.height = 'auto';
      text.style.height = Math.min(text.scrollHeight + 2, 140) + 'px';
    };
    // To stop contact takes two presses, the second within a few seconds.
    const arm = (on) => {
      clearTimeout(stop.timer);
      if (!on && armed) say(t('stopText'));
      if (on) stop.timer = setTimeout(() => { armed = false; arm(); }, 6000);
      armed = on;
      stop.textContent = t(on ? 'sure' : 'stop');
    };
    const atBottom = () => panel.hidden || scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 60;
    const bottom = () => {
      if (panel.hidden) return;
      scroll.scrollTop = scroll.scrollHeight;
      unseen = 0;
      pill.hidden = true;
      if (last > (kept.seen || 0)) keep({ seen: last });
    };

    const root = host.attachShadow({ mode: 'open' });
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(S.css);
      root.adoptedStyleSheets = [sheet];
    } catch { root.append(el('style', '', S.css)); /* a browser from before constructed sheets */ }
    root.append(panel, ...(inline ? [] : [launch]));
    for (const frame of kept.unsent || []) queue(frame);
    skeleton.hidden = !kept.conversation;
    if (kept.conversation) hello.hidden = true;
    const listen = (how) => {
      for (const e of ['online', 'offline']) window[how](e, again);
      document[how]('visibilitychange', again);
      dark[how]('change', theme);
    };
    return {
      start() {
        listen('addEventListener');
        ticking = setInterval(times, 30000);
        if (inline || host.hasAttribute('open') || kept.open) show(true, true);
        else if (kept.conversation) connect();
      },
      stop() {
        listen('removeEventListener');
        clearInterval(ticking);
        clearTimeout(reconnecting);
        wanted = false;
        if (ws) ws.close();
      },
    };
  };

  class Chat extends HTMLElement {
    connectedCallback() { (this.chat ||= chat(this)).start(); }
    disconnectedCallback() { this.chat.stop(); }
  }
  if (!customElements.get('parley-chat')) customElements.define('parley-chat', Chat);
})();
