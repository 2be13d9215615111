// Searches, as citizens do: node search.mjs REAL VARIED TABLE
//
// REAL is the built site of the repository, VARIED one with two notices and statuses (tests/it/search.rs), TABLE is
// tests/search.md: queries with the first hit and the number of hits. What the page finds is also compared with a plain
// search through all texts, which knows nothing of the index.

import { createServer } from 'node:http';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import assert from 'node:assert/strict';
import { launch } from './chromium.mjs';
import { faultsOf, overflowAt } from './rules.mjs';

const [real, varied, table] = process.argv.slice(2);
// Stricter than need be: no requests but for scripts and styles, and no forms.
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'";
const TYPES = { html: 'text/html; charset=utf-8', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };

const browser = await launch();
const asked = [];
const servers = [];
const [realSite, variedSite] = [await serve(real), await serve(varied)];
await theTable();
await onlyWhatIsNeeded();
await byKeyboard();
await withoutScript();
await nothingFound();
await filters();
await anOlderIndex();
await withoutIndex();
await browser.close();
for (const server of servers) server.close();
console.log('everything was found');

/** Serves a folder under the policy; returns its address. */
async function serve(folder) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://x').pathname;
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    asked.push(request.url);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[file.split('.').pop()], 'content-security-policy': POLICY });
    response.end(readFileSync(file));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  servers.push(server);
  return `http://127.0.0.1:${server.address().port}/`;
}

/** Opens a page that must not complain. */
async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 800 }, ...options });
  const page = await context.newPage();
  page.on('console', (message) => {
    // A browser asks for favicon.ico by itself.
    const isFavicon = message.location().url.endsWith('/favicon.ico');
    if (['error', 'warning'].includes(message.type()) && !isFavicon) assert.fail(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => assert.fail(`${page.url()}: ${error.message}`));
  return page;
}

/** Opens the results of a query. */
async function ask(page, site, query) {
  await page.goto(`${site}search.html?${new URLSearchParams(query)}`);
  return results(page);
}

/** Waits for results; returns their number, and the addresses of those shown. */
async function results(page) {
  await page.waitForFunction(() => !['', '正在查找……'].includes(document.getElementById('found').textContent));
  const links = await page.$$eval('#hits a', (all) => all.map((link) => link.getAttribute('href')));
  const said = await page.locator('#found').textContent();
  return { count: said === '没有找到。' ? 0 : Number(said.match(/^找到 (\d+) 处$/)[1]), links };
}

/** What a reader takes for the same text, written without a look at search.js. */
function plain(text) {
  const narrow = [...text].map((c) => (c >= '！' && c <= '～' ? String.fromCharCode(c.charCodeAt(0) - 0xfee0) : c)).join('');
  return narrow.toLowerCase().replace(/[^\S\n]|[\u200b\ufeff]/gu, '').replace(/[“”‘’'「」『』]/g, '"').replace(/[–—―]/g, '-').replace(/[•・]/g, '·');
}

/** Every document of a site by rank: address and text. */
function documentsOf(folder) {
  const files = readdirSync(join(folder, 'search')).filter((name) => name.startsWith('texts-'));
  files.sort((one, other) => one.match(/\d+/)[0] - other.match(/\d+/)[0]);
  const entries = files.flatMap((name) => {
    let data;
    new Function('gongkaiSearch', readFileSync(join(folder, 'search', name), 'utf8'))((n, tag, all) => (data = all));
    return data;
  });
  const headings = entries.filter(([path, , title]) => title && path !== 'contact.html').map(([path, own, title]) => [path + own, title]);
  const others = entries.flatMap(([path, own, , documents]) =>
    documents.map(([anchor, printed, label]) => [path + (anchor || own), label ? `${label}${printed}` : printed]),
  );
  // The page with the ways to get in touch has a text of its own beside them.
  const ownContact = entries.filter(([path, , , [first]]) => path === 'contact.html' && first[1].includes('您')).map(([path, , title]) => [path, title]);
  return [...headings, ...ownContact, ...others].map(([address, text]) => [address, plain(text)]);
}

function inTexts(documents, query) {
  const words = query.split(/\s+/).map((word) => plain(word).replace(/^[",;:?!()、。《》]+|[",;:?!()、。《》]+$/g, '')).filter(Boolean);
  return documents.filter(([, text]) => words.length > 0 && words.every((word) => text.includes(word))).map(([address]) => address);
}

/** Every row of the table over http, some from the disk; what is shown has the words in it. */
async function theTable() {
  const rows = readFileSync(table, 'utf8').split('\n').filter((line) => line.startsWith('| `')).map((line) => {
    const [query, first, count] = line.split('|').slice(1).map((cell) => cell.trim().replaceAll('`', ''));
    return { query, first, count: Number(count) };
  });
  assert.ok(rows.length >= 30, `${rows.length} rows`);
  const documents = documentsOf(real);
  const page = await open();
  const disk = `${pathToFileURL(resolve(real)).href}/`;
  const wrong = [];
  for (const [n, { query, first, count }] of rows.entries()) {
    const expected = inTexts(documents, query);
    for (const site of n % 4 === 0 ? [realSite, disk] : [realSite]) {
      const found = await ask(page, site, { q: query });
      const at = site === disk ? 'from the disk' : 'over http';
      if (found.count !== count || (found.links[0] ?? 'none') !== first) wrong.push(`| \`${query}\` | ${found.links[0] ?? 'none'} | ${found.count} | ${at}`);
      if (found.count !== expected.length) wrong.push(`\`${query}\`: ${expected.length} texts have it, ${found.count} hits ${at}`);
      const shown = expected.slice(0, 20).sort();
      if (String([...found.links].sort()) !== String(shown)) wrong.push(`\`${query}\`: ${found.links} instead of ${shown} ${at}`);
      assert.equal(await page.locator('#none').isVisible(), found.count === 0, query);
      assert.equal(await page.locator('#hits li:not(:has(mark))').count(), 0, `${query}: every hit has a mark`);
    }
  }
  assert.deepEqual(wrong, []);
  assert.deepEqual(await faultsOf(page), []);
  for (const query of ['反诈', '追赃', '0580-2072198', '法']) {
    await ask(page, realSite, { q: query });
    assert.deepEqual(await faultsOf(page), []);
    const names = await page.$$eval('#hits a', (all) => all.map((link) => link.textContent));
    assert.equal(new Set(names).size, names.length, `${query}: two hits have the same name: ${names}`);
  }
  for (const width of [320, 360]) assert.deepEqual(await overflowAt(page, width, 800), []);
  for (const target of await page.locator('#hits a, #search input, #search button').all()) {
    const { height } = await target.boundingBox();
    assert.ok(height >= 44, `${await target.textContent()} is ${height} px high`);
  }
  const figure = await ask(page, realSite, { q: '追赃金额' });
  await page.locator('#hits a').first().click();
  await page.waitForURL(`${realSite}${figure.links[0]}`);
  const place = page.locator(`[id="${figure.links[0].split('#')[1]}"]`);
  assert.equal(await place.textContent(), '936.3万元');
  await page.context().close();
}

/** Nothing is loaded before a search, and then only what the query needs. */
async function onlyWhatIsNeeded() {
  const page = await open();
  asked.length = 0;
  await page.goto(`${realSite}search.html`);
  await page.waitForTimeout(200);
  assert.deepEqual(asked.filter((url) => url.startsWith('/search/')), []);
  await ask(page, realSite, { q: '电信网络诈骗' });
  const names = asked.filter((url) => url.startsWith('/search/')).map((url) => url.match(/\/(\w+)/g)[1]);
  assert.ok(names.filter((name) => name === '/pairs').length <= 3, String(names));
  await page.context().close();
}

/** From the home page to a hit and back, without a mouse. */
async function byKeyboard() {
  const page = await open();
  const tabTo = async (selector) => {
    for (let n = 0; n < 40; n += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((selector) => document.activeElement.matches(selector), selector)) return;
    }
    assert.fail(`no way to ${selector}`);
  };
  await page.goto(`${realSite}index.html`);
  await tabTo('nav a[href="search.html"]');
  await page.keyboard.press('Enter');
  await page.waitForURL(/search\.html$/);
  await tabTo('#q');
  await page.keyboard.press('Enter');
  assert.match(page.url(), /search\.html$/, 'nothing to search, nothing done');
  assert.equal(await page.locator('#found').textContent(), '请先写要找的词。');
  assert.ok(await page.locator('#q').evaluate((field) => field === document.activeElement));
  await page.keyboard.insertText('追赃 推文');
  await page.keyboard.press('Enter');
  await page.waitForURL(/search\.html\?q=/);
  const found = await results(page);
  assert.deepEqual(found, { count: 1, links: ['zhoushan-2025/06.html#item-6-2'] });
  assert.equal(await page.locator('#q').inputValue(), '追赃 推文');
  // The answer is heard and seen, not the form once more.
  await page.waitForFunction(() => document.activeElement.id === 'found');
  const { y } = await page.locator('#hits a').boundingBox();
  assert.ok(y > 0 && y < 400, `the first hit is at ${y} px`);
  assert.deepEqual(await page.locator('#hits mark').allTextContents(), ['推文', '追赃', '追赃']);
  await tabTo('#hits a');
  await page.keyboard.press('Enter');
  await page.waitForURL(/06\.html#item-6-2$/);
  await page.goBack();
  assert.deepEqual(await results(page), found);
  await page.goBack();
  await page.waitForURL(/search\.html$/);
  assert.equal(await page.locator('#hits a').count(), 0);
  await page.context().close();
}

/** Without script there is no form, but ways to find what one looks for. */
async function withoutScript() {
  const page = await open({ javaScriptEnabled: false });
  for (const address of ['search.html', 'search.html?q=反诈']) {
    await page.goto(realSite + address);
    for (const control of await page.locator('input, select, button, form').all()) assert.equal(await control.isVisible(), false);
    assert.ok(await page.getByText('搜索要在浏览器里运行脚本').isVisible());
    assert.ok(await page.locator('main a[href="zhoushan-2025/index.html"]').isVisible());
    assert.ok(await page.locator('main a[href="sitemap.html"]').isVisible());
    assert.deepEqual(await faultsOf(page), []);
  }
  await page.context().close();
}

/** Where nothing is found, only what can be done is offered. */
async function nothingFound() {
  const page = await open();
  await ask(page, realSite, { q: '量子计算机' });
  const text = await page.locator('main').innerText();
  assert.ok(!/找到 0|不限|全部内容|运行脚本/.test(text), text);
  for (const to of ['zhoushan-2025/index.html', 'sitemap.html', 'contact.html']) {
    assert.ok(await page.locator(`main a[href="${to}"]`).isVisible(), to);
  }
  await ask(page, variedSite, { q: '引文', notice: 'second', status: 'long-term' });
  assert.equal(await page.locator('#none').isVisible(), false, 'a status that no item has asks for nothing');
  await ask(page, variedSite, { q: '第30次', notice: 'second' });
  await page.getByRole('link', { name: '在全部内容中再找一次' }).click();
  assert.equal((await results(page)).count, 1);
  // A hit without a status names none.
  await ask(page, variedSite, { q: '12345' });
  assert.equal(await page.locator('#hits .meta').count(), 0);
  await page.context().close();
}

/** Filters stand in the address, long lists come in steps, and what a text holds is never run. */
async function filters() {
  const page = await open();
  await page.goto(`${realSite}search.html`);
  assert.equal(await page.locator('select').count(), 0, 'one notice without statuses needs no filter');
  const all = await ask(page, variedSite, { q: '措施' });
  assert.deepEqual([all.count, all.links.length], [32, 20]);
  const more = page.locator('#more');
  assert.equal(await more.textContent(), '再看 12 处');
  await more.click();
  await page.waitForFunction(() => document.querySelectorAll('#hits a').length === 32);
  assert.equal(await more.isVisible(), false);
  assert.equal(await page.evaluate(() => [...document.querySelectorAll('#hits a')].indexOf(document.activeElement)), 20);
  await page.getByLabel('在哪份通报中找').selectOption('second');
  await page.getByRole('button', { name: '搜索' }).click();
  await page.waitForURL(/\?q=[^&]+&notice=second$/);
  assert.equal((await results(page)).count, 2);
  await page.getByLabel('整改状态').selectOption('completed');
  await page.getByRole('button', { name: '搜索' }).click();
  await page.waitForURL(/&status=completed$/);
  assert.deepEqual(await results(page), { count: 1, links: ['second/02.html'] });
  assert.match(await page.locator('#hits .meta').textContent(), /^second关于整改的通报 · 已完成$/);
  await page.goBack();
  assert.equal((await results(page)).count, 2);
  assert.equal(await page.getByLabel('整改状态').inputValue(), '');
  await page.goBack();
  assert.equal((await results(page)).count, 32);

  const hostile = '<img src=x onerror=alert(1)>';
  for (const query of [hostile, 'ｕ８系统', '"引文"', '“引文”U8', '&“引']) {
    assert.equal((await ask(page, variedSite, { q: query, notice: 'second' })).count, 2, query);
    assert.equal(await page.locator('main img').count(), 0);
  }
  assert.equal((await ask(page, variedSite, { q: '12345', status: 'no-such' })).count, 1, 'an unknown status asks for nothing');
  for (const query of ['constructor', '__proto__', 'a'.repeat(5000), '。，', '\u{20000}\u{20001}']) await ask(page, variedSite, { q: query });
  await page.context().close();
}

/** A browser that kept the index of an older build gets the new one. */
async function anOlderIndex() {
  const page = await open();
  await page.route(/search\/index\.js$/, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/^(gongkaiSearch\("index",")\w+/, '$1deadbeef');
    await route.fulfill({ response, body });
  });
  assert.equal((await ask(page, realSite, { q: '追赃 推文' })).count, 1);
  await page.context().close();
}

/** Where a file cannot be loaded, that is said. */
async function withoutIndex() {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route(/texts-/, (route) => route.abort());
  await page.goto(`${realSite}search.html?q=反诈`);
  await page.getByText('搜索数据没有读全').waitFor();
  await context.close();
}
