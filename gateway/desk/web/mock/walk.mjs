// One shift at a real service in demonstration, by keyboard alone: sign in, become available,
// claim, be stopped by a rule, answer, write a note, finish. node mock/walk.mjs BASE PUBLIC [OUT]
// Each step waits for what a person would see, and says when it does not come.
import { mkdir } from 'node:fs/promises';
import puppeteer from 'puppeteer-core';

const [base = 'http://127.0.0.1:8081', open = 'http://127.0.0.1:8080', out = 'pictures'] = process.argv.slice(2);
const phone = async (from, text) => {
  const r = await fetch(`${open}/demo/texts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ from, text }),
  });
  if (!r.ok) throw new Error(`the phone: ${r.status} ${await r.text()}`);
  await new Promise((done) => setTimeout(done, 700));
};
await mkdir(out, { recursive: true });
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage();
page.on('pageerror', (e) => console.log(`  the page threw: ${e.message}`));
page.on('console', (m) => {
  if (m.type() === 'error') console.log(`  console: ${m.text()} ${m.location().url ?? ''}`);
});
await page.setViewport({ width: 1440, height: 900 });

const sees = (text, timeout = 25000) => page.waitForFunction((t) => document.body.innerText.includes(t), { timeout }, text);
const focused = () =>
  page.evaluate(
    () =>
      document.activeElement?.getAttribute('aria-label') ||
      document.activeElement?.innerText?.trim().split('\n')[0] ||
      document.activeElement?.tagName,
  );
const key = (k) => page.keyboard.press(k);
async function tabTo(words, most = 60) {
  for (let i = 0; i < most; i++) {
    if ((await focused())?.includes(words)) return;
    await key('Tab');
  }
  throw new Error(`the keyboard does not reach “${words}”`);
}
let n = 0;
async function step(name, run) {
  try {
    await run();
    await page.screenshot({ path: `${out}/walk-${String(++n).padStart(2, '0')}.png` });
    console.log(`ok   ${name}`);
  } catch (e) {
    await page.screenshot({ path: `${out}/walk-failed.png` });
    console.log(`FAIL ${name}: ${e.message} (focus: ${await focused()})`);
    await browser.close();
    process.exit(1);
  }
}
const composer = '[data-focus="composer"]';

await phone('+15125550123', 'zip 78701');
await phone('+15125550123', 'can I talk to a real person please');
await step('signs in with one key press', async () => {
  await page.goto(`${base}/desk`);
  await sees('This is a demonstration');
  await tabTo('Dana');
  await key('Enter');
  await sees('Unassigned');
});
await step('becomes available', async () => {
  await sees('nothing is offered');
  await tabTo('I’m available');
  await key('Enter');
  await page.waitForFunction(() => document.querySelector('.dot.available'));
});
await step('takes what is waiting or offered, and the focus is in the composer', async () => {
  await page.waitForFunction(() => document.querySelectorAll('.rows a').length > 0 || document.querySelector('.views .calls'), {
    timeout: 25000,
  });
  if (await page.$('.views .calls')) await page.click('.views .calls');
  await page.waitForSelector('.rows a');
  await key('j');
  await page.waitForSelector('.talk-head h2');
  await page.waitForFunction(() => /Claim|Accept/.test(document.querySelector('.talk-head').innerText));
  await key('c');
  await page.waitForFunction((c) => document.activeElement?.matches(c), { timeout: 25000 }, composer);
});
await step('is told while typing which rule speaks against it', async () => {
  await page.keyboard.type('If you do not pay today we will have you arrested.');
  await page.waitForSelector('.findings .stop', { timeout: 25000 });
});
await step('is led to the finding instead of sending', async () => {
  await page.keyboard.down('Control');
  await key('Enter');
  await page.keyboard.up('Control');
  await page.waitForFunction(() => document.activeElement?.closest('.findings'), { timeout: 4000 });
});
await step('writes it lawfully', async () => {
  await page.focus(composer);
  await page.keyboard.down('Control');
  await key('a');
  await page.keyboard.up('Control');
  await page.keyboard.type('Hi Angela, this is Dana, a person. How can I help you today?');
  await page.waitForFunction(() => document.querySelector('.counter')?.innerText.includes('No rule'), { timeout: 25000 });
});
await step('sends it, and sees how it fares', async () => {
  await page.keyboard.down('Control');
  await key('Enter');
  await page.keyboard.up('Control');
  await page.waitForFunction(
    (c) =>
      document.querySelector(c).value === '' &&
      /Sent|Delivered|Sending|Waiting/.test(document.querySelector('.msg.you:last-of-type, .msg.you')?.innerText ?? ''),
    { timeout: 25000 },
    composer,
  );
});
await step('hears the answer without touching anything', async () => {
  await phone('+15125550123', 'do you take settlements');
  await sees('do you take settlements');
});
await step('writes a note that can’t go out', async () => {
  await key('Escape');
  await key('n');
  await page.waitForFunction(() => document.activeElement?.matches('[data-focus="note"]'));
  await page.keyboard.type('Asked about a settlement.');
  await page.keyboard.down('Control');
  await key('Enter');
  await page.keyboard.up('Control');
  await page.waitForFunction(() => document.querySelector('.note-line')?.innerText.includes('Asked about a settlement'), {
    timeout: 25000,
  });
});
await step('sees the trace', async () => {
  await key('Escape');
  await page.focus('.transcript');
  await page.click('.proof .link');
  await page.waitForSelector('.trace li');
  await key('Escape');
  await page.waitForFunction(() => !document.querySelector('dialog[open]'));
});
await step('finishes with a disposition', async () => {
  await page.focus('.transcript');
  await key('f');
  await page.waitForSelector('[name="disposition"]', { timeout: 25000 });
  await page.click('[name="disposition"]');
  await page.evaluate(() => [...document.querySelectorAll('dialog .button.primary')].pop().focus());
  await key('Enter');
  await page.waitForFunction(() => !document.querySelector('dialog[open]'), { timeout: 25000 });
});
console.log('the shift is over');
await browser.close();
