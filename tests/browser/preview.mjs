// Edits a site while its preview is open in a browser, as editors do: node preview.mjs GONGKAI SITE [--poll]
//
// SITE is the folder with the Zhoushan notice; it is copied first. Each check prints a line; the first that does not
// hold ends the run with code 1. With `--poll` the server is told not to rely on the system's own news of changes.

import { spawn } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { launch } from './chromium.mjs';

const [gongkai, site, ...flags] = process.argv.slice(2);
if (!site) {
  console.error('usage: node preview.mjs GONGKAI SITE [--poll]');
  process.exit(2);
}
const PATIENCE = 10_000; // ms until what should happen counts as missing
const STILLNESS = 1_500; // ms in which what should not happen is waited for
const NOTICE = 'zhoushan-2025';
const ITEM = `${NOTICE}/06.html`;
const SECTION = `content/${NOTICE}/06.md`;
const STYLE = 'themes/default/assets/style.css';
// The browser tells of each try to reach a server that is gone, and of an icon that no page names.
const EXPECTED = /ERR_(CONNECTION_|INCOMPLETE_CHUNKED_|EMPTY_RESPONSE)|favicon\.ico/;
const SPARE_PAGES = 26; // with the 24 sections, 50 files

const root = copy();
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
context.setDefaultTimeout(PATIENCE);
const faults = [];
let server = await start(0);
try {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(server.url).origin });
  await check('an edit is on the page without a click, in each tab', editIsShown);
  await check('what is read stays where it is, whatever is edited above and below', placeIsKept);
  await check('the focus and a half-filled form stay', formIsKept);
  await check('the toolbar, what was chosen in it, and what is read aloud stay', comfortIsKept);
  await check('a script that does not keep its page, and a new one that does, load it again', codeStartsAnew);
  await check('a page that an edit does not concern is left alone', othersAreLeftAlone);
  await check('a tab that is not seen asks for nothing, and catches up when it is shown', hiddenTabCatchesUp);
  await check('an error is told below the last good page, and goes when it is mended', errorComesAndGoes);
  await check('what looks like HTML in a message is text', messagesAreText);
  await check('the list of errors stays folded until the errors change', listStaysFolded);
  await check('the list fits a phone and is not printed', listFits);
  await check('a style sheet is swapped without loading the page again', styleIsSwapped);
  await check('a burst of 50 saved files gives one update', burstIsOneUpdate);
  await check('Alt and a click, and Alt+Shift+E, tell the source', sourceIsTold);
  await check('a page outlives its server and catches up with the next', serverIsOutlived);
  await check('a patched page is the page that a new visitor gets', patchedIsFresh);
  assert.deepEqual(faults, [], 'the console of the browser is quiet');
  console.log('all of it holds');
} catch (error) {
  console.error(`does not hold: ${error.check ?? 'the start'}\n${error.message}\n${server.log()}`);
  process.exitCode = 1;
} finally {
  await browser.close();
  await server.stop();
  rmSync(root, { recursive: true });
}

async function check(sentence, holds) {
  try {
    await holds();
  } catch (error) {
    throw Object.assign(error, { check: sentence });
  }
  for (const page of context.pages()) await page.close();
  console.log(`ok: ${sentence}`);
}

// The site and its server

/** Copies the site without its approved text, so that its text may be edited, and with a form and some more pages. */
function copy() {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-preview-'));
  for (const name of ['site.yaml', 'content', 'themes']) {
    cpSync(join(site, name), join(folder, name), { recursive: true });
  }
  rmSync(join(folder, `content/${NOTICE}/approved.txt`), { force: true });
  appendFileSync(join(folder, 'site.yaml'), '\nfeedback: {action: "https://example.org/"}\n');
  for (let n = 0; n < SPARE_PAGES; n += 1) {
    writeFileSync(join(folder, sparePage(n)), `---\ntitle: 页面${n}\n---\n内容。\n`);
  }
  return folder;
}

function sectionFile(n) {
  return `content/${NOTICE}/${`${n}`.padStart(2, '0')}.md`;
}

function sparePage(n) {
  return `content/spare-${n}.md`;
}

/** Starts the preview and waits until it says where it is. */
async function start(port) {
  const child = spawn(gongkai, ['preview', '--root', root, '--port', `${port}`, ...flags]);
  let printed = '';
  const ended = new Promise((done) => child.on('exit', done));
  const url = await new Promise((found, failed) => {
    const read = (chunk) => {
      printed += chunk;
      const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(printed);
      if (address) found(address[0]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', (chunk) => (printed += chunk));
    child.on('error', failed);
    ended.then(() => failed(new Error(`the preview ended at once:\n${printed}`)));
  });
  const stop = async () => {
    child.kill('SIGINT');
    await ended;
  };
  return { url, stop, log: () => printed };
}

function edit(path, change) {
  const file = join(root, path);
  const text = readFileSync(file, 'utf8');
  const edited = change(text);
  assert.notEqual(edited, text, `the test changes ${path}`);
  writeFileSync(file, edited);
  return () => writeFileSync(file, text);
}

/** Adds a sentence to the end of the first paragraph of a section. */
function addSentence(path, sentence) {
  return edit(path, (text) => text.replace(/^(---\n[^]*?\n---\n+.+)$/m, `$1${sentence}`));
}

// The browser

/** Opens a page and waits until it follows its server; `page.fetches` counts how often it was asked for anew. */
async function open(path) {
  const page = await context.newPage();
  page.on('console', (message) => {
    const line = `${message.text()} (${message.location().url})`;
    if (message.type() === 'error' && !EXPECTED.test(line)) faults.push(line);
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.fetches = 0;
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === `/${path}` && request.resourceType() !== 'document') page.fetches += 1;
  });
  const followed = page.waitForRequest((request) => request.url().includes('/__gongkai/events'));
  await page.goto(new URL(path, server.url).href);
  await followed;
  // The first thing a page does is to see whether it is up to date.
  await until(() => page.fetches > 0, 'the page follows the preview');
  await page.evaluate(() => (window.isSameDocument = true));
  page.fetches = 0;
  return page;
}

async function until(holds, what) {
  const end = Date.now() + PATIENCE;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

async function rest(page) {
  await page.waitForTimeout(STILLNESS);
}

async function shows(page, text) {
  await page.locator('main').getByText(text).first().waitFor();
}

async function isSameDocument(page) {
  return page.evaluate(() => window.isSameDocument === true);
}

function problems(page) {
  return page.locator('gongkai-preview .problems');
}

// The checks

async function editIsShown() {
  const pages = [await open(ITEM), await open(ITEM), await open(`${NOTICE}/index.html`)];
  addSentence(SECTION, '新加的第一句。');
  for (const page of pages) {
    await shows(page, '新加的第一句。');
    assert.ok(await isSameDocument(page), 'the page was not loaded again');
  }
}

async function placeIsKept() {
  for (const anchoring of ['auto', 'none']) {
    const page = await open(`${NOTICE}/index.html`);
    // Some browsers keep places by themselves, others do not.
    await page.evaluate((anchoring) => {
      const styles = new CSSStyleSheet();
      styles.replaceSync(`:root { overflow-anchor: ${anchoring}; }`);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, styles];
    }, anchoring);
    await page.locator('#item-12').evaluate((element) => element.scrollIntoView({ behavior: 'instant' }));
    await page.mouse.wheel(0, 150);
    await page.waitForTimeout(300);
    const paragraph = page.locator('#item-12 p').nth(1);
    const before = await paragraph.boundingBox();
    for (const section of [2, 20]) {
      const text = `第${section}项加长的一句，${anchoring}。`;
      addSentence(sectionFile(section), text.repeat(50));
      await shows(page, text);
      // What the browser does comes with the next frames.
      await page.waitForTimeout(300);
      const moved = (await paragraph.boundingBox()).y - before.y;
      assert.ok(Math.abs(moved) <= 2, `section ${section} moves the text by ${moved} px (overflow-anchor: ${anchoring})`);
    }
  }
}

async function formIsKept() {
  const page = await open(ITEM);
  await page.getByLabel('反映问题').check();
  await page.getByLabel('您的意见').fill('写到一半的意见');
  await page.getByLabel('您的意见').evaluate((field) => field.setSelectionRange(2, 4));
  addSentence(SECTION, '新加的第二句。');
  await shows(page, '新加的第二句。');
  assert.ok(await page.getByLabel('反映问题').isChecked(), 'the choice stays');
  const field = await page.evaluate(() => {
    const { id, value, selectionStart, selectionEnd } = document.activeElement;
    return { id, value, selectionStart, selectionEnd };
  });
  const id = await page.getByLabel('您的意见').getAttribute('id');
  assert.deepEqual(field, { id, value: '写到一半的意见', selectionStart: 2, selectionEnd: 4 });
}

async function comfortIsKept() {
  const page = await open(ITEM);
  // There is no voice on a machine for tests.
  await page.evaluate(() => {
    window.speechSynthesis.speak = () => {};
    window.speechSynthesis.cancel = () => {};
  });
  for (const name of ['特大', '黑底黄字', '朗读']) await page.getByRole('button', { name }).click();
  const state = () =>
    page.evaluate(() => [
      { ...document.documentElement.dataset },
      [...document.querySelectorAll('.comfort [aria-pressed=true]')].map((button) => button.textContent),
      document.querySelectorAll('[data-by-script-reading]').length,
      document.activeElement.textContent,
    ]);
  const before = await state();
  const all = { comfort: '', size: 'larger', contrast: 'black', reading: 'playing' };
  assert.deepEqual(before, [all, ['特大', '黑底黄字'], 1, '暂停']);
  addSentence(SECTION, '新加的一句，与工具栏无关。');
  await shows(page, '新加的一句，与工具栏无关。');
  const mend = edit('themes/default/templates/base.html', (text) => text.replace('<div class="comfort"', '<div data-x="y" class="comfort"'));
  await page.locator('.comfort[data-x=y]').waitFor({ state: 'attached' });
  assert.deepEqual(await state(), before);
  assert.ok(await isSameDocument(page), 'the page was not loaded again');
  mend();
  await page.locator('.comfort:not([data-x])').waitFor({ state: 'attached' });
  for (const name of ['停止', '还原']) await page.getByRole('button', { name }).click();
}

async function codeStartsAnew() {
  const page = await open(ITEM);
  const starts = async (change) => {
    const loaded = page.waitForEvent('load');
    const mend = change();
    await loaded;
    const again = page.waitForEvent('load');
    mend();
    await again;
  };
  await starts(() => edit('themes/default/assets/comfort.js', (text) => `${text}// Changed.\n`));
  await starts(() => edit('themes/default/templates/base.html', (text) => text.replace(' data-keeps-page', '')));
  assert.ok(await page.locator('.comfort button').first().isVisible());
}

async function othersAreLeftAlone() {
  const [concerned, other] = [await open(ITEM), await open(`${NOTICE}/20.html`)];
  addSentence(SECTION, '新加的第三句。');
  await shows(concerned, '新加的第三句。');
  await rest(other);
  assert.equal(other.fetches, 0, 'the other page is not asked for');
}

async function hiddenTabCatchesUp() {
  const page = await open(ITEM);
  // Without windows, no tab covers another.
  const setHidden = (isHidden) =>
    page.evaluate((isHidden) => {
      Object.defineProperty(document, 'hidden', { value: isHidden, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, isHidden);
  await setHidden(true);
  addSentence(SECTION, '没人看时加的一句。');
  await rest(page);
  assert.equal(page.fetches, 0, 'the hidden page is not asked for');
  await setHidden(false);
  await shows(page, '没人看时加的一句。');
}

async function errorComesAndGoes() {
  const [page, other] = [await open(ITEM), await open('contact.html')];
  const mend = edit(SECTION, (text) => text.replace(/^heading: /m, 'heading: ['));
  for (const each of [page, other]) {
    await problems(each).getByText(`${SECTION}:2:`).first().waitFor();
    assert.ok(await each.locator('h1').isVisible(), 'the last good page stays');
  }
  await page.locator('.site-title').click();
  await page.waitForURL(`${server.url}index.html`);
  await problems(page).waitFor();
  mend();
  for (const each of [page, other]) await problems(each).waitFor({ state: 'detached' });
}

async function messagesAreText() {
  const page = await open(ITEM);
  const mend = edit(SECTION, (text) => text.replace(/^heading: /m, 'status: "<b>x</b>"\nheading: '));
  await problems(page).locator('.message', { hasText: '<b>x</b>' }).first().waitFor();
  assert.equal(await problems(page).locator('b', { hasText: /^x$/ }).count(), 0);
  mend();
  await problems(page).waitFor({ state: 'detached' });
}

async function listStaysFolded() {
  const page = await open(ITEM);
  const mendOne = edit(SECTION, (text) => text.replace(/^heading: /m, 'heading: ['));
  await problems(page).waitFor();
  await page.keyboard.press('Escape');
  await problems(page).waitFor({ state: 'detached' });
  const mendTwo = edit(SECTION, (text) => text.replace('---\n', '---\n# 上面加的一行\n'));
  await rest(page);
  assert.equal(await problems(page).count(), 0, 'the same error on another line does not unfold the list');
  await page.goto(`${server.url}${NOTICE}/07.html`);
  await rest(page);
  assert.equal(await problems(page).count(), 0, 'nor does another page');
  mendTwo();
  const mendThree = edit(sectionFile(21), (text) => text.replace(/^heading: /m, 'heading: ['));
  await problems(page).getByText('21.md:2:').first().waitFor();
  mendOne();
  mendThree();
  await problems(page).waitFor({ state: 'detached' });
}

async function listFits() {
  const page = await open(ITEM);
  await page.setViewportSize({ width: 360, height: 700 });
  const mend = edit(SECTION, (text) => text.replace(/^heading: /m, 'heading: ['));
  await problems(page).waitFor();
  const { height } = await page.locator('gongkai-preview .dock').boundingBox();
  assert.ok(height <= 700 * 0.6 + 1, `the list is ${height} px high`);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360, 'nothing sticks out');
  await page.emulateMedia({ media: 'print' });
  assert.ok(!(await problems(page).isVisible()), 'the list is not printed');
  mend();
  await problems(page).waitFor({ state: 'detached' });
}

async function styleIsSwapped() {
  const page = await open(ITEM);
  const mend = edit(STYLE, (text) => `${text}\nh1 { letter-spacing: 7px; }\n`);
  const spacing = () => page.locator('h1').evaluate((heading) => getComputedStyle(heading).letterSpacing);
  await until(async () => (await spacing()) === '7px', 'the new style is there');
  assert.ok(await isSameDocument(page), 'the page was not loaded again');
  await until(async () => (await page.locator('link[rel=stylesheet]').count()) === 1, 'the old style is gone');
  mend();
  await until(async () => (await spacing()) !== '7px', 'the style is as it was');
}

async function burstIsOneUpdate() {
  const page = await open(`${NOTICE}/index.html`);
  for (let n = 1; n <= 24; n += 1) addSentence(sectionFile(n), `第${n}次保存。`);
  for (let n = 0; n < SPARE_PAGES; n += 1) edit(sparePage(n), (text) => `${text}\n又一段。\n`);
  await shows(page, '第1次保存。');
  await rest(page);
  for (let n = 1; n <= 24; n += 1) await shows(page, `第${n}次保存。`);
  assert.equal(page.fetches, 1, 'the page is asked for once');
}

async function sourceIsTold() {
  const page = await open(ITEM);
  const copied = async (act) => {
    await page.evaluate(() => navigator.clipboard.writeText(''));
    await act();
    await until(() => page.evaluate(async () => (await navigator.clipboard.readText()) !== ''), 'a place is copied');
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const paragraph = page.locator('.text p').nth(1);
  const text = await paragraph.textContent();
  const lineOf = (place) => {
    const [, path, line] = /^(.*):(\d+)$/.exec(place) ?? assert.fail(`${place} is no place`);
    return readFileSync(join(root, path), 'utf8').split('\n')[line - 1];
  };
  const clicked = await copied(() => paragraph.click({ modifiers: ['Alt'] }));
  assert.ok(lineOf(clicked).includes(text.slice(0, 10)), `${clicked} is not where the paragraph was written`);
  await page.locator('gongkai-preview .answer', { hasText: clicked }).waitFor();
  assert.ok(await isSameDocument(page), 'the page stays');

  // The caret stands where one has clicked.
  await page.locator('.text p').nth(0).click();
  const pressed = await copied(() => page.keyboard.press('Alt+Shift+E'));
  const first = await page.locator('.text p').nth(0).textContent();
  assert.ok(lineOf(pressed).includes(first.slice(0, 10)), `${pressed} is not where the caret stands`);

  await page.goto(`${server.url}__proof/${NOTICE}/`);
  await page.locator('gongkai-preview nav').waitFor();
  const row = page.locator('tr.row td.page p').nth(3);
  const words = await row.textContent();
  const proofed = await copied(() => row.click({ modifiers: ['Alt'] }));
  assert.ok(lineOf(proofed).includes(words.slice(0, 10)), `${proofed} is not where the row was written`);
}

async function serverIsOutlived() {
  const page = await open(ITEM);
  const { port } = new URL(server.url);
  await server.stop();
  await page.locator('gongkai-preview .status').waitFor();
  addSentence(SECTION, '停着时加的一句。');
  server = await start(port);
  await shows(page, '停着时加的一句。');
  assert.ok(await isSameDocument(page), 'the page was not loaded again');
  await page.locator('gongkai-preview .status').waitFor({ state: 'detached' });
}

async function patchedIsFresh() {
  const page = await open(`${NOTICE}/index.html`);
  edit(sectionFile(10), (text) => text.replace(/^heading: .*$/m, (line) => `${line}（改）`));
  editParagraphs(sectionFile(15), (paragraphs) => paragraphs.slice(0, -1));
  editParagraphs(sectionFile(16), (paragraphs) => ['开头的一段。', '- 一\n- 二', ...paragraphs]);
  editParagraphs(sectionFile(17), ([first, ...others]) => [...others, '最后的一段。', first]);
  for (const text of ['（改）', '开头的一段。', '最后的一段。']) await shows(page, text);
  await rest(page);
  assert.ok(await isSameDocument(page), 'the page was not loaded again');
  const html = (each) => each.evaluate(() => document.head.outerHTML + document.body.outerHTML);
  assert.equal(await html(page), await html(await open(`${NOTICE}/index.html`)));
}

function editParagraphs(path, change) {
  edit(path, (text) => {
    const [, head, body] = /^(---\n[^]*?\n---\n)([^]*)$/.exec(text);
    return `${head}${change(body.trim().split('\n\n')).join('\n\n')}\n`;
  });
}
