// The person's ear and mouth on a call: what is said to them is spoken, word by word
// accounted for as Twilio does, and cut when they speak.

const SILENT = 70, SPOKEN = 15; // characters a second

/** voices reports whether this browser can speak. */
export const voices = () => 'speechSynthesis' in window && speechSynthesis.getVoices().length > 0;

/** hearing is the browser's own speech recognition, where it has one. */
export const hearing = () => window.SpeechRecognition || window.webkitSpeechRecognition;

/**
 * mouth speaks the gateway's sentences. send takes frames for the gateway, show draws what
 * becomes of a sentence: "saying", "heard" or "cut".
 */
export const mouth = (send, show) => {
  let queue = [], current = null, heard = '', open = false, began = 0, sound = false;
  const info = (name, value) => send({ type: 'info', name, value, ts: Date.now() });

  const speak = (s) => new Promise((done) => {
    const rate = sound ? SPOKEN : SILENT;
    s.stop = (() => {
      const timer = setTimeout(done, sound ? 4000 + (s.token.length / 8) * 1000 : Math.max(120, (s.token.length / rate) * 1000));
      const stop = () => { clearTimeout(timer); if (sound) speechSynthesis.cancel(); };
      if (!sound) { s.at = () => Math.floor(((Date.now() - s.began) / 1000) * rate); return stop; }
      const u = new SpeechSynthesisUtterance(s.token);
      let place = 0;
      u.lang = s.lang || 'en-US';
      u.onboundary = (e) => { place = e.charIndex; };
      u.onend = u.onerror = () => { clearTimeout(timer); done(); };
      s.at = () => place;
      speechSynthesis.speak(u);
      return stop;
    })();
  });

  const run = async () => {
    if (current) return;
    for (let s = queue.shift(); s; s = queue.shift()) {
      current = s;
      if (!open) { open = true; began = Date.now(); heard = ''; info('agentSpeaking', 'on'); }
      if (s.token) {
        s.began = Date.now();
        show(s, 'saying');
        await speak(s);
        if (s.cut) { current = null; continue; }
        heard += s.token;
        show(s, 'heard');
        info('tokensPlayed', s.token);
      }
      current = null;
      if (s.last && !queue.length) { open = false; info('agentSpeaking', 'off'); }
    }
  };

  return {
    /** take adds a sentence; nothing said later overtakes it. */
    take(frame) { queue.push({ ...frame }); run(); },
    /** interrupt cuts what may be cut, and tells the gateway how far it came. */
    interrupt() {
      const s = current;
      if (!s || s.interruptible === false || !s.token) return false;
      const cut = s.token.slice(0, s.at()), words = cut.slice(0, cut.lastIndexOf(' ') + 1);
      s.cut = true;
      s.stop();
      queue = queue.filter((q) => q.interruptible === false);
      show({ ...s, said: words }, 'cut');
      send({ type: 'interrupt', utteranceUntilInterrupt: heard + words, durationUntilInterruptMs: Date.now() - began });
      open = false;
      info('agentSpeaking', 'off');
      current = null;
      run();
      return true;
    },
    /** hush ends everything, as at the end of a call. */
    hush() { if (current && current.stop) { current.cut = true; current.stop(); } queue = []; current = null; open = false; },
    sound(on) { sound = on && voices(); return sound; },
    get busy() { return Boolean(current); },
  };
};

/** microphone listens; words are handed over when they are final, begun when they begin. */
export const microphone = (lang, { begun, said, stopped }) => {
  const Recognition = hearing();
  if (!Recognition) return null;
  const r = new Recognition();
  let on = false;
  Object.assign(r, { lang, continuous: true, interimResults: true });
  r.onresult = (e) => {
    const last = e.results[e.results.length - 1], text = last[0].transcript.trim();
    if (last.isFinal) said(text); else if (text.includes(' ')) begun();
  };
  r.onerror = (e) => { if (e.error === 'not-allowed' || e.error === 'service-not-allowed') { on = false; stopped('The browser does not let this page listen.'); } };
  r.onend = () => { if (on) { try { r.start(); } catch { on = false; stopped(''); } } else stopped(''); };
  return {
    start() { on = true; try { r.start(); } catch { /* it listens already */ } },
    stop() { on = false; r.stop(); },
  };
};
