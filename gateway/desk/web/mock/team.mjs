// Three people at a real service in demonstration: a transfer, a whisper, a take-over, an alert,
// a signed-out session. node mock/team.mjs BASE PUBLIC [OUT]. Says what does not come.
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
  await new Promise((done) => setTimeout(done, 800));
};
await mkdir(out, { recursive: true });
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const pages = {};
async function sit(name, status) {
  const context = await browser.createBrowserContext();
  const page = (pages[name] = await context.newPage());
  page.on('pageerror', (e) => console.log(`  ${name}: the page threw: ${e.message}`));
  page.on('console', (m) => {
    if (m.type() === 'error') console.log(`  ${name}: ${m.text()} ${m.location().url ?? ''}`);
  });
  await page.setViewport({ width: 1440, height: 900 });
  await page.goto(`${base}/desk`);
  await page.waitForSelector('.choose button');
  await page.evaluate((n) => [...document.querySelectorAll('.choose button')].find((b) => b.innerText.includes(n)).click(), name);
  await page.waitForSelector('.top');
  if (status) {
    await page.evaluate(
      (s) =>
        fetch('/api/v1/me/status', { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ status: s }) }),
      status,
    );
  }
  return page;
}
const sees = (p, text, timeout = 25000) => p.waitForFunction((t) => document.body.innerText.includes(t), { timeout }, text);
const press = (p, label) =>
  p.waitForFunction(
    (l) => {
      const b = [...document.querySelectorAll('dialog[open] button, button, a.button')]
        .reverse()
        .find((x) => x.innerText.trim().startsWith(l) && !x.disabled);
      b?.click();
      return !!b;
    },
    { timeout: 25000 },
    label,
  );
let n = 0;
async function step(name, run) {
  let failed = null;
  try {
    await run();
  } catch (e) {
    failed = e;
  }
  n++;
  for (const [who, p] of Object.entries(pages)) await p.screenshot({ path: `${out}/team-${String(n).padStart(2, '0')}-${who}.png` });
  console.log(failed ? `FAIL ${name}: ${failed.message}` : `ok   ${name}`);
  if (failed) process.exitCode = 1;
}
let at = '';
await phone('+14075550142', '32801');
await phone('+14075550142', 'I want a human please');
const dana = await sit('Dana', 'available');
const sue = await sit('Sue');
await step('it is offered, and rings in the title', async () => {
  await sees(dana, 'Offered to you:', 20000);
  await dana.waitForFunction(() => document.title.startsWith('('));
});
await step('who accepts has it', async () => {
  await press(dana, 'Accept');
  await sees(dana, 'YOU');
  at = await dana.evaluate(() => location.hash);
});
await step('a supervisor watches, and who has it sees that', async () => {
  await sue.goto(`${base}/desk${at}`);
  await sees(sue, 'Whisper');
  await sees(dana, 'looking');
});
await step('and whispers', async () => {
  await sue.click('#tab-whisper');
  await sue.type('[data-focus="note"]', 'Offer the plan first.');
  await sue.evaluate(() => document.querySelector('.aside .button.primary').click());
  await sees(dana, 'Offer the plan first.');
});
const luis = await sit('Luis', 'available');
await step('a transfer asks, and stays until it is accepted', async () => {
  await dana.bringToFront();
  await press(dana, 'Transfer');
  await dana.waitForSelector('[name="to"]');
  await dana.evaluate(() => document.querySelector('[name="to"][value="luis"]').click());
  await dana.type('#transfer-comment', 'Speaks better about plans than I do.');
  await press(dana, 'Ask them');
  await sees(dana, 'TRANSFERRING');
  await luis.bringToFront();
  await luis.goto(`${base}/desk${at}`);
  await sees(luis, 'wants to hand this to you');
});
await step('who accepts it has it, with the comment', async () => {
  await press(luis, 'Accept');
  await sees(luis, 'YOU');
  await sees(luis, 'Speaks better');
  await sees(dana, 'Luis');
});
await step('an agent asks for terms beyond their own', async () => {
  await press(luis, 'Ask for other terms');
  await luis.waitForSelector('#ask-total');
  await luis.type('#ask-total', '300');
  await luis.type('#ask-why', 'One income, pays at once.');
  await luis.evaluate(() => document.querySelector('dialog[open] .button.primary').click());
  await sees(luis, 'Waiting for approval');
});
await step('somebody else approves exactly these', async () => {
  await sue.bringToFront();
  await sue.goto(`${base}/desk#/approvals`);
  await sees(sue, 'Settlement for $300.00');
  await sees(sue, 'One income, pays at once.');
  await press(sue, 'Approve');
  await sue.waitForSelector('#decide-comment');
  await press(sue, 'Approve $300.00');
  await sees(sue, 'Nothing waits for approval');
  await luis.bringToFront();
  await sees(luis, '$300.00');
});
await step('what was typed is there when the line is back', async () => {
  await luis.type('[data-focus="composer"]', 'Half a sent');
  await luis.evaluate(() => new Promise((r) => setTimeout(r, 1500)));
  await luis.reload();
  await luis.waitForFunction(() => document.querySelector('[data-focus="composer"]')?.value === 'Half a sent', { timeout: 25000 });
});
await step('a supervisor takes over with a reason, and the other is told', async () => {
  await sue.bringToFront();
  await sue.goto(`${base}/desk${at}`);
  await sue.waitForSelector('.talk-head');
  await press(sue, 'Take over');
  await sue.waitForSelector('#takeover-why');
  await sue.type('#takeover-why', 'Complaint; mine to answer.');
  await press(sue, 'Take over');
  await sees(sue, 'YOU');
  await sees(luis, 'Sue');
});
await step('a person in distress alerts everybody', async () => {
  await phone('+15125550123', 'zip 78701');
  await phone('+15125550123', 'I can’t go on, I want to kill myself');
  await sees(dana, 'distress', 25000);
});
await step('personal data is shown for a reason, and hidden again', async () => {
  await sue.bringToFront();
  await sue.goto(`${base}/desk${at}`);
  await sue.waitForSelector('.panel .pairs .link');
  await sue.evaluate(() => document.querySelector('.panel .pairs .link').click());
  await sue.waitForSelector('#reveal-why');
  await sue.type('#reveal-why', 'To check the letter.');
  await press(sue, 'Reveal');
  await sue.waitForSelector('.revealed');
});
await step('the team, the stopped messages, the report', async () => {
  for (const p of ['team', 'approvals', 'blocked', 'report']) {
    await sue.evaluate(() => document.querySelector('dialog[open] .dialog-head button')?.click());
    await sue.goto(`${base}/desk#/${p}`);
    await sue.evaluate(() => new Promise((r) => setTimeout(r, 1200)));
    await sue.screenshot({ path: `${out}/team-page-${p}.png` });
    if (await sue.$('.sheet .notice.stop')) console.log(`     ${p}: ${await sue.$eval('.sheet .notice.stop', (e) => e.innerText)}`);
  }
});
await step('who is signed out elsewhere signs in again and finds what they typed', async () => {
  await luis.bringToFront();
  await luis.evaluate(() => fetch('/desk/session', { method: 'DELETE' }));
  await sees(luis, 'Sign in again', 25000);
  await luis.evaluate(() => [...document.querySelectorAll('dialog .choose button')][0].click());
  await luis.waitForFunction(() => !document.querySelector('dialog[open]'), { timeout: 25000 });
});
await browser.close();
