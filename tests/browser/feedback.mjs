// Tells the unit something, in every way that the pages offer: node feedback.mjs GONGKAI SITE
//
// SITE is a folder with a site; it is built twice, as it is and with `feedback.action` set to a server that runs here.
// With an action, the forms are filled in and sent with scripts off, and what arrives is compared. Without one there is
// no form, but ways to get in touch and a sheet to print.

import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import assert from 'node:assert/strict';
import { launch } from './chromium.mjs';
import { faultsOf, overflowAt } from './rules.mjs';

const [gongkai, site] = process.argv.slice(2);
const OPINION = '希望第六项写明追赃率的依据。\r\n谢谢 <b>&amp;';
const browser = await launch();
const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
const page = await context.newPage();

await withoutAction();
await withAction();
await browser.close();
console.log('everything arrived');

function build() {
  execFileSync(gongkai, ['build', '--quiet', '--root', site], { stdio: 'inherit' });
}

async function open(path) {
  await page.goto(pathToFileURL(resolve(join(site, 'output', path))).href);
}

async function withoutAction() {
  build();
  for (const path of ['zhoushan-2025/06.html', 'feedback.html', 'contact.html', 'zhoushan-2025/index.html']) {
    await open(path);
    assert.equal(await page.locator('form, input, textarea, button').count(), 0, `${path} has a form that leads nowhere`);
    // What the notice calls 电子邮箱 is the way through an online platform.
    assert.equal(await page.locator('a[href^="mailto:"]').count(), 0, `${path} has an e-mail address`);
  }
  for (const path of ['feedback.html', 'contact.html', 'zhoushan-2025/index.html']) {
    await open(path);
    assert.equal(await page.locator('a[href^="tel:"]').first().getAttribute('href'), 'tel:0580-2072198', path);
    for (const way of ['0580-2072198', '316021', '浙江省统一政府咨询投诉举报平台']) {
      assert.ok(await page.getByText(way).first().isVisible(), `${path} does not show ${way}`);
    }
    assert.deepEqual(await page.locator('.steps').first().locator('li').allTextContents(), ['地市信箱', '舟山', '部门信箱', '市公安局']);
  }

  await open('zhoushan-2025/06.html');
  await page.locator('#feedback a[href$="#sheet"]').click();
  assert.match(page.url(), /feedback\.html#sheet$/);
  await page.emulateMedia({ media: 'print' });
  assert.deepEqual(await shown(), ['paper print-only'], 'the paper shows the sheet and nothing else');
  await page.emulateMedia({ media: 'screen' });
  assert.ok((await shown()).length > 1, 'the screen shows the rest');
  assert.equal(await page.locator('.paper').isVisible(), false, 'the screen has no boxes that nobody can fill in');
  assert.match(await page.locator('.sheet').innerText(), /打印本页.*寄到/s);
}

/** Returns the class of each outermost element that shows text, below the elements that hold the page together. */
function shown() {
  return page.evaluate(() => {
    const isFrame = (element) => element.matches('body, .frame, main, article, .sheet');
    const visit = (element) => {
      if (!element.checkVisibility() || element.innerText.trim() === '') return [];
      return isFrame(element) ? [...element.children].flatMap(visit) : [element.className || element.tagName];
    };
    return visit(document.body);
  });
}

async function withAction() {
  const arrived = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      if (request.method === 'POST') arrived.push([request.url, Object.fromEntries(new URLSearchParams(body))]);
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end('<!doctype html><title>ok</title><h1>已收到</h1>');
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const action = `http://127.0.0.1:${server.address().port}/opinions?site=1`;
  appendFileSync(join(site, 'site.yaml'), `\nfeedback: {action: "${action}", answer_within: 收到后15个工作日内}\n`);
  build();

  for (const path of ['zhoushan-2025/06.html', 'feedback.html']) {
    await open(path);
    assert.deepEqual(await faultsOf(page), [], path);
    for (const width of [320, 360]) assert.deepEqual(await overflowAt(page, width, 800), [], path);
    assert.equal(await page.locator('input:checked').count(), 0, `${path} answers for the reader`);
    assert.equal(await page.locator('form [maxlength]').count(), 0, `${path} cuts what is pasted`);
    assert.equal((await page.locator('main').innerText()).match(/姓名/g).length, 1, `${path} says once that no name is needed`);
  }
  for (const path of ['feedback-sent.html', 'feedback-failed.html']) {
    await open(path);
    assert.deepEqual(await faultsOf(page), [], path);
    assert.ok(await page.locator('main a[href="tel:0580-2072198"]').isVisible(), `${path} gives no number to call`);
  }
  await open('feedback-sent.html');
  assert.ok(await page.locator('main a[href="zhoushan-2025/index.html"]').isVisible(), 'there is a way back to the notice');
  assert.match(await page.locator('main').innerText(), /收到后15个工作日内/);

  await open('zhoushan-2025/06.html');
  await page.getByLabel('您的意见').fill(OPINION);
  await page.getByRole('button', { name: '提交意见' }).click();
  assert.equal(arrived.length, 0, 'what it is about has to be chosen');
  await page.getByLabel('反映问题').check();
  await page.getByLabel('希望答复的').fill('0580-0000000');
  await send();
  assert.deepEqual(arrived.pop(), [
    '/opinions?site=1',
    {
      about: 'zhoushan-2025/06',
      kind: 'problem',
      text: OPINION,
      reply_to: '0580-0000000',
    },
  ]);

  await open('feedback.html');
  await page.getByRole('button', { name: '提交意见' }).click();
  assert.equal(arrived.length, 0, 'an empty message is not sent');
  await page.getByLabel('关于哪一项？').selectOption({ label: '六、关于“打击治理电信网络诈骗不够有效”问题的整改情况' });
  await page.getByLabel('意见建议').check();
  await page.getByLabel('您的意见').fill(OPINION);
  await send();
  assert.deepEqual(arrived.pop(), [
    '/opinions?site=1',
    { about: 'zhoushan-2025/06', kind: 'suggestion', text: OPINION, reply_to: '' },
  ]);

  await open('feedback.html');
  await page.emulateMedia({ media: 'print' });
  assert.deepEqual(await shown(), ['paper print-only'], 'with a form, too, the paper shows the sheet only');
  server.close();
}

async function send() {
  await page.getByRole('button', { name: '提交意见' }).click();
  await page.getByRole('heading', { name: '已收到' }).waitFor();
}
