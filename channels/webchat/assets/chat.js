// The page's own part: the language of ?lang=, and a signed link's token, which
// comes in the fragment so that no server log and no referrer ever sees it.
(() => {
  const lang = new URLSearchParams(location.search).get('lang') || navigator.language || '';
  if (lang.startsWith('es')) document.documentElement.lang = 'es';
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (!token) return;
  history.replaceState(null, '', location.pathname + location.search);
  document.addEventListener('DOMContentLoaded', () => document.querySelector('parley-chat').setAttribute('token', token));
})();
