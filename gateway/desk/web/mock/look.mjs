// Takes pictures of every view in light and dark at three sizes, from the mock or from a real
// service, and runs axe over each. node mock/look.mjs OUT [BASE]; CHROMIUM names the browser.
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import puppeteer from 'puppeteer-core';

const [out = 'pictures', base = 'http://127.0.0.1:8099'] = process.argv.slice(2);
const only = process.env.ONLY ? new RegExp(process.env.ONLY) : /./;
const sizes = [
  [1440, 900],
  [1024, 768],
  [390, 844],
].filter(([w]) => !process.env.WIDTH || String(w) === process.env.WIDTH);
const themes = (process.env.THEMES ?? 'light,dark').split(',');
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const mock = (body) => fetch(base + '/mock', { method: 'POST', body: JSON.stringify(body) });
const click = (p, s) => p.evaluate((s) => document.querySelector(s)?.click(), s);
const press = (p, k) => p.keyboard.press(k);
const wait = (ms) => new Promise((r) => setTimeout(r, ms));
const write = async (p, text) => {
  await p.focus('[data-focus="composer"]');
  await p.keyboard.type(text);
  await wait(700);
};

const scenes = [
  ['signin', '', null, '#/'],
  ['list', 'dana', null, '#/'],
  ['empty', 'dana', async () => mock({ mode: 'empty' }), '#/'],
  ['broken', 'dana', async () => mock({ mode: 'broken' }), '#/c/cv_0001'],
  [
    'thousand',
    'dana',
    async () => mock({ size: 1000 }),
    '#/c/cv_0001',
    async (p) => {
      await p.evaluate(() => {
        localStorage.setItem('parley-desk:view', '"all"');
      });
      await p.reload();
      await wait(600);
      await p.evaluate(() => {
        document.querySelector('.rows').scrollTop = 4000;
      });
      await wait(500);
    },
  ],
  ['queued', 'dana', null, '#/c/cv_0000'],
  [
    'distress',
    'dana',
    null,
    '#/c/cv_0003',
    async (p) => {
      await mock({ frame: { type: 'alert', conversation: 'cv_0003', text: 'Angela T. wrote of wanting to die.' } });
      await wait(300);
      await click(p, '.why .link');
    },
  ],
  ['offered', 'dana', null, '#/c/cv_0005'],
  ['mine', 'dana', null, '#/c/cv_0001'],
  ['block', 'dana', null, '#/c/cv_0001', (p) => write(p, 'This is urgent. If you don’t pay we will take you to court.')],
  [
    'edited',
    'dana',
    null,
    '#/c/cv_0001',
    async (p) => {
      await click(p, '.suggestion .button');
      await write(p, ' Tell me.');
      await click(p, '.edited .link');
    },
  ],
  ['note', 'dana', null, '#/c/cv_0001', (p) => click(p, '#tab-note')],
  ['slash', 'dana', null, '#/c/cv_0001', (p) => write(p, '/h')],
  ['wrapping', 'dana', null, '#/c/cv_0009'],
  ['finish', 'dana', null, '#/c/cv_0009', (p) => click(p, '.actions .primary')],
  ['panel', 'dana', null, '#/c/cv_0001', (p) => click(p, '.panel-switch button')],
  ['reveal', 'dana', null, '#/c/cv_0001', (p) => click(p, '.panel .pairs .link')],
  ['trace', 'dana', null, '#/c/cv_0001', (p) => click(p, '.proof .link')],
  [
    'transfer',
    'dana',
    null,
    '#/c/cv_0001',
    async (p) => {
      await p.focus('.transcript');
      await press(p, 'x');
    },
  ],
  [
    'palette',
    'dana',
    null,
    '#/c/cv_0001',
    async (p) => {
      await p.keyboard.down('Control');
      await press(p, 'k');
      await p.keyboard.up('Control');
    },
  ],
  ['keys', 'dana', null, '#/', (p) => press(p, '?')],
  [
    'expired',
    'dana',
    null,
    '#/c/cv_0001',
    async (p) => {
      await mock({ frame: { type: 'bye', code: 'expired' } });
      await wait(400);
    },
  ],
  [
    'lost',
    'dana',
    null,
    '#/c/cv_0001',
    async () => {
      await mock({ mode: 'broken', drop: true });
      await wait(2500);
    },
  ],
  ['watch', 'sam', null, '#/c/cv_0007', (p) => click(p, '#tab-whisper')],
  ['team', 'sam', null, '#/team'],
  ['approvals', 'sam', null, '#/approvals'],
  ['decide', 'sam', null, '#/approvals', (p) => click(p, '.approvals footer .button:nth-child(2)')],
  ['blocked', 'sam', null, '#/blocked'],
  ['report', 'sam', null, '#/report'],
  [
    'canned',
    'dana',
    null,
    '#/',
    async (p) => {
      await click(p, '[aria-label^="Your account"]');
      await wait(100);
      await click(p, '[role=menuitem]');
    },
  ],
];

await mkdir(out, { recursive: true });
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
let bad = 0;
for (const [width, height] of sizes) {
  for (const theme of themes) {
    const page = await browser.newPage();
    page.on('pageerror', (e) => {
      bad++;
      console.log(`  the page threw: ${e.message}`);
    });
    page.on('console', (m) => {
      if (m.type() === 'error' && !/status of (401|503|422)|WebSocket/.test(m.text())) {
        bad++;
        console.log(`  console: ${m.text()}`);
      }
    });
    await page.setViewport({ width, height, hasTouch: width < 500 });
    await page.setBypassCSP(false);
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: theme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    for (const [name, as, before, hash, then] of scenes) {
      if (!only.test(name)) continue;
      await mock({ mode: 'full', size: 60, sign: as || null });
      if (before) await before();
      await page.goto('about:blank');
      await page.goto(`${base}/desk${hash}`);
      await page.evaluate(() => localStorage.clear());
      await wait(500);
      await mock({ mode: name === 'empty' || name === 'broken' ? name : 'full' });
      if (then) await then(page);
      await wait(350);
      await page.screenshot({ path: `${out}/${name}-${width}-${theme}.png` });
      const client = await page.createCDPSession();
      const { result } = await client.send('Runtime.evaluate', {
        expression:
          axe +
          `;axe.run({resultTypes:['violations']}).then(r => JSON.stringify(r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).slice(0, 4).join(' | '))))`,
        awaitPromise: true,
        returnByValue: true,
      });
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1);
      const found = JSON.parse(result.value ?? '["axe did not run"]');
      if (sideways) found.push('the page scrolls sideways');
      bad += found.length;
      if (found.length) console.log(`${name} ${width} ${theme}\n    ${found.join('\n    ')}`);
      await client.detach();
      await page.evaluate(() => sessionStorage.clear());
    }
    await page.close();
  }
}
await browser.close();
console.log(bad ? `${bad} to mend` : 'nothing to mend');
process.exit(bad ? 1 : 0);
