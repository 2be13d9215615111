// Reads the finished pages as someone does who sees or hears badly: node comfort.mjs OUTPUT
//
// OUTPUT is a built site. It is served with a content security policy as strict as published sites should have, and
// its toolbar is used with the keyboard alone. Each check prints a line; all that do not hold are listed at the end.

import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { launch } from './chromium.mjs';

const [output] = process.argv.slice(2);
if (!output) {
  console.error('usage: node comfort.mjs OUTPUT');
  process.exit(2);
}
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'";
const TYPES = { html: 'text/html; charset=utf-8', css: 'text/css', js: 'text/javascript' };
const NOTICE = readdirSync(output).find((name) => name.includes('-') && !name.includes('.'));
const PAGES = ['index.html', `${NOTICE}/index.html`, `${NOTICE}/06.html`, 'contact.html', 'feedback.html', 'sitemap.html', '404.html'];
const ITEM = PAGES[2];
const KEY = 'gongkai-comfort';
const MODES = [
  {},
  { size: 'large' },
  { size: 'larger', contrast: 'black' },
  { size: 'larger', contrast: 'white', spacing: 'wide' },
];
const STATUSES = ['completed', 'mostly-completed', 'in-progress', 'long-term', 'not-done', 'unknown'];
// A small phone; a window of 1280 × 1024 px at 400 %; a desk.
const WINDOWS = [[320, 568], [320, 256], [1280, 800]];
// What readers of WCAG 2.2, 1.4.12, may ask of every page.
const SPACING = '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }';

const server = createServer((request, response) => {
  const path = decodeURI(new URL(request.url, 'http://x').pathname);
  try {
    const bytes = readFileSync(join(output, path));
    response.writeHead(200, { 'content-type': TYPES[path.split('.').pop()] ?? 'text/plain', 'content-security-policy': POLICY });
    response.end(bytes);
  } catch {
    response.writeHead(path === '/favicon.ico' ? 204 : 404).end();
  }
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const base = `http://127.0.0.1:${server.address().port}/`;
const browser = await launch();
const faults = [];

await check('the keyboard alone finds and works the whole toolbar', keyboard);
await check('what was chosen holds on other pages and after a reload', remembered);
await check('a browser that keeps nothing still obeys', refused);
await check('without script there is no toolbar, and no room for one', withoutScript);
await check('the page is read aloud, sentence by sentence, with pause and stop', reading);
await check('the toolbar folds away on phones', folded);
await check('nothing sticks out of 320 px, nor at 400 % zoom, in any mode', fits);
await check('what navigates is at least 44 px high and wide', targets);
await check('the focus is always visible and never covered', focus);
await check('each status has a shape of its own, in forced colours and on paper, too', shapes);
await check('skip links, landmarks and one first heading', landmarks);
await check('the toolbar says its name, and no button moves when one is pressed', steady);
await check('links of a few words stand in one line', unbroken);
await check('on phones no text is smaller than what the reader chose', large);
await check('figures keep to their units and days, and their table can be read in every window', figures);
await check('an item names its notice, on phones and on paper', origin);
await check('the contents list all parts of a notice', contents);
await check('the less of a status is done, the paler its bar', shades);
await check('nothing is printed that only leads on', paper);
await browser.close();
server.close();

for (const fault of faults) console.error(fault);
process.exit(faults.length === 0 ? 0 : 1);

async function check(sentence, holds) {
  try {
    await holds();
    console.log(`ok: ${sentence}`);
  } catch (error) {
    faults.push(`does not hold: ${sentence}\n${error.message}`);
  }
}

/** Opens a page in a browser that has chosen before, and hands it over; what the console says is a fault. */
async function visit(path, { chosen, width = 360, height = 800, prepare, ...options }, act) {
  const context = await browser.newContext({ viewport: { width, height }, ...options });
  if (prepare) await context.addInitScript(prepare);
  if (chosen) {
    const kept = [KEY, JSON.stringify(chosen)];
    await context.addInitScript(([key, value]) => localStorage.getItem(key) ?? localStorage.setItem(key, value), kept);
  }
  const page = await context.newPage();
  const said = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  try {
    await page.goto(base + path);
    await act(page);
    assert.deepEqual(said, [], `the console of ${path}`);
  } finally {
    await context.close();
  }
}

function chosenOn(page) {
  return page.evaluate(() => {
    const { size, contrast, spacing } = document.documentElement.dataset;
    return JSON.parse(JSON.stringify({ size, contrast, spacing }));
  });
}

/** Presses Tab until the button with this text has the focus. */
async function tabTo(page, text, key = 'Tab') {
  for (let step = 0; step < 30; step += 1) {
    if (await page.evaluate((text) => document.activeElement.textContent === text, text)) return;
    await page.keyboard.press(key);
  }
  assert.fail(`no ${key} leads to ${text}`);
}

async function press(page, text) {
  await tabTo(page, text);
  await page.keyboard.press('Enter');
}

async function keyboard() {
  await visit(ITEM, { width: 1280 }, async (page) => {
    const plain = await page.evaluate(() => [document.body.scrollHeight, getComputedStyle(document.body).backgroundColor]);
    const pressed = () => page.locator('.comfort [aria-pressed=true]').allTextContents();
    await press(page, '大字');
    assert.deepEqual([await chosenOn(page), await pressed()], [{ size: 'large' }, ['大字']]);
    await press(page, '特大');
    await press(page, '黑底黄字');
    await press(page, '行距加宽');
    assert.deepEqual(await chosenOn(page), { size: 'larger', contrast: 'black', spacing: 'wide' });
    assert.deepEqual(await pressed(), ['特大', '黑底黄字', '行距加宽']);
    const sizes = await page.locator('.text p').first().evaluate((p) => [parseFloat(getComputedStyle(p).fontSize), parseFloat(getComputedStyle(p).lineHeight)]);
    assert.ok(sizes[0] >= 28 && sizes[1] / sizes[0] > 2, `the text has ${sizes}`);
    await tabTo(page, '特大', 'Shift+Tab');
    await page.keyboard.press('Space');
    assert.deepEqual(await chosenOn(page), { contrast: 'black', spacing: 'wide' }, 'a second time takes it back');
    await press(page, '还原');
    assert.deepEqual([await chosenOn(page), await pressed()], [{}, []]);
    assert.match(await page.locator('.comfort [role=status]').textContent(), /已还原/);
    await press(page, '还原');
    assert.deepEqual(await page.evaluate(() => [document.body.scrollHeight, getComputedStyle(document.body).backgroundColor]), plain);
    assert.equal(await page.locator('.comfort').evaluate((place) => place.matches('[data-generated]')), true);
  });
}

async function remembered() {
  await visit(ITEM, { width: 1280 }, async (page) => {
    await page.getByRole('button', { name: '特大' }).click();
    await page.getByRole('button', { name: '白底黑字' }).click();
    for (const path of [...PAGES, ITEM]) {
      await page.goto(base + path);
      assert.deepEqual(await chosenOn(page), { size: 'larger', contrast: 'white' }, path);
    }
    await page.reload();
    assert.deepEqual(await chosenOn(page), { size: 'larger', contrast: 'white' }, 'after a reload');
    const other = await page.context().newPage();
    await other.goto(base + PAGES[0]);
    await other.getByRole('button', { name: '还原' }).click();
    await page.waitForFunction(() => !document.documentElement.dataset.size);
  });
  // Before the page is painted: when its body begins, the attributes are there.
  const prepare = () => {
    new MutationObserver((_, observer) => {
      if (!document.body) return;
      window.sizeAtFirst = document.documentElement.dataset.size;
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  };
  await visit(ITEM, { chosen: { size: 'large' }, prepare }, async (page) => {
    assert.equal(await page.evaluate(() => window.sizeAtFirst), 'large', 'applied before the page is there');
  });
  await visit(ITEM, { chosen: { size: '"><b>', contrast: 7, spacing: null } }, async (page) => {
    assert.deepEqual(await chosenOn(page), {}, 'what nobody can have chosen is ignored');
  });
}

async function refused() {
  const prepare = () => {
    Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });
  };
  await visit(ITEM, { width: 1280, prepare }, async (page) => {
    await page.getByRole('button', { name: '特大' }).click();
    assert.deepEqual(await chosenOn(page), { size: 'larger' });
  });
}

async function withoutScript() {
  for (const path of PAGES) {
    await visit(path, { javaScriptEnabled: false }, async (page) => {
      assert.equal(await page.locator('.comfort *, button:not([type=submit])').count(), 0, path);
      assert.equal(await page.locator('.comfort').evaluate((place) => place.getBoundingClientRect().height), 0, path);
    });
  }
}

/** In the page: a voice that says a sentence when the test lets it. */
function voice() {
  const said = [];
  let current = null;
  const synthesis = {
    speaking: false,
    getVoices: () => [{ lang: 'en-US', localService: true }, { lang: 'zh_CN', localService: true, name: 'mandarin' }],
    speak(utterance) {
      current = utterance;
      said.push(utterance);
    },
    cancel() {
      const cut = current;
      current = null;
      cut?.onerror?.({ error: 'interrupted' });
    },
  };
  window.SpeechSynthesisUtterance = function Utterance(text) { this.text = text; };
  Object.defineProperty(window, 'speechSynthesis', { value: synthesis });
  window.said = () => said.map(({ text, lang, voice }) => ({ text, lang, voice: voice?.name }));
  window.finish = () => {
    const done = current;
    current = null;
    done?.onend?.();
  };
  window.breakVoice = () => current?.onerror?.({ error: 'voice-unavailable' });
}

async function reading() {
  await visit(ITEM, { prepare: voice }, async (page) => {
    const marked = () => page.locator('[data-by-script-reading]').evaluateAll((all) => all.map((block) => block.localName));
    const said = () => page.evaluate(() => window.said());
    await press(page, '朗读');
    const [first] = await said();
    assert.deepEqual({ ...first, text: '' }, { text: '', lang: 'zh-CN', voice: 'mandarin' });
    assert.equal(await page.evaluate(() => document.activeElement.textContent), '暂停', 'the focus stays');
    for (let n = 0; n < 6; n += 1) await page.evaluate(() => window.finish());
    assert.equal((await marked()).length, 1, 'one block is marked');
    await page.keyboard.press('Enter');
    const before = await said();
    assert.equal(await page.evaluate(() => document.activeElement.textContent), '继续');
    await page.evaluate(() => window.finish());
    assert.equal((await said()).length, before.length, 'a pause is silent');
    await page.keyboard.press('Enter');
    const after = await said();
    assert.equal(after[after.length - 1].text, before[before.length - 1].text, 'goes on with the same sentence');
    const box = await page.locator('.voice').boundingBox();
    assert.ok(box.y + box.height <= 801 && box.y > 600, 'the controls stay at hand');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    assert.deepEqual([await marked(), await page.evaluate(() => document.activeElement.textContent)], [[], '朗读']);

    await page.keyboard.press('Enter');
    for (let n = 0; n < 500; n += 1) await page.evaluate(() => window.finish());
    assert.equal(await page.evaluate(() => document.documentElement.dataset.reading), undefined, 'it comes to an end');
    const all = (await said()).slice(after.length).map(({ text }) => text).join('').replace(/\s/g, '');
    const text = await page.locator('.text p').allTextContents();
    for (const paragraph of text) assert.ok(all.includes(paragraph.replace(/\s/g, '')), `reads ${paragraph.slice(0, 20)}`);
    assert.ok(!all.includes('回到全文'), 'no navigation is read');

    await page.keyboard.press('Enter');
    await page.evaluate(() => window.breakVoice());
    assert.match(await page.locator('.comfort [role=status]').textContent(), /无法朗读/);
  });
  const prepare = () => delete Window.prototype.speechSynthesis && delete window.speechSynthesis;
  await visit(ITEM, { prepare }, async (page) => {
    assert.equal(await page.evaluate(() => 'speechSynthesis' in window), false);
    assert.equal(await page.getByText('朗读', { exact: true }).count(), 0, 'no voice, no button');
    assert.equal(await page.getByRole('button', { name: '关怀版' }).count(), 1);
  });
}

async function folded() {
  await visit(ITEM, {}, async (page) => {
    const menu = page.getByRole('button', { name: '关怀版' });
    const isOpen = async () => [await menu.getAttribute('aria-expanded'), await page.locator('.choices').isVisible()];
    assert.deepEqual(await isOpen(), ['false', false]);
    const { height } = await page.locator('.comfort').boundingBox();
    assert.ok(height <= 60, `the toolbar takes ${height} px`);
    await press(page, '关怀版');
    assert.deepEqual(await isOpen(), ['true', true]);
    await press(page, '大字');
    assert.deepEqual(await chosenOn(page), { size: 'large' });
    await menu.click();
    assert.deepEqual(await isOpen(), ['false', false]);
    assert.equal(await page.getByRole('region', { name: '无障碍浏览' }).count(), 1);
  });
}

async function fits() {
  const sticking = (page) =>
    page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth > clientWidth ? [`the page is ${scrollWidth} px wide in ${clientWidth} px`] : [];
    });
  const clipped = (page) =>
    page.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter((element) => {
          const { overflowX, overflowY } = getComputedStyle(element);
          const isCut = (of, inner, outer) => ['hidden', 'clip'].includes(of) && inner > outer + 1;
          return (
            isCut(overflowX, element.scrollWidth, element.clientWidth) ||
            isCut(overflowY, element.scrollHeight, element.clientHeight)
          );
        })
        .map((element) => `<${element.localName} class="${element.className}"> is cut off`),
    );
  for (const chosen of MODES) {
    for (const path of PAGES) {
      // The page's own policy would keep the foreign style out, which a reader's browser may put in.
      await visit(path, { chosen, bypassCSP: true }, async (page) => {
        const seen = {};
        for (const spaced of [false, true]) {
          if (spaced) await page.addStyleTag({ content: SPACING });
          for (const [width, height] of WINDOWS) {
            await page.setViewportSize({ width, height });
            const found = [...(await sticking(page)), ...(await clipped(page))];
            if (found.length > 0) seen[`${width} × ${height} px${spaced ? ', spaced' : ''}`] = found;
          }
        }
        assert.deepEqual(seen, {}, `${path} with ${JSON.stringify(chosen)}`);
      });
    }
  }
}

async function targets() {
  for (const path of PAGES) {
    for (const width of [360, 1280]) {
      await visit(path, { width }, async (page) => {
        if (width === 360) await page.getByRole('button', { name: '关怀版' }).click();
        const small = await page.evaluate(() =>
          [...document.querySelectorAll('nav a, header a, footer a, button, select, textarea, input[type=text], .choice, .links a, .contacts a, .glossary a, .ways a')]
            .filter((target) => target.checkVisibility() && !target.closest('.notice-header'))
            .map((target) => ({ name: target.textContent.trim().slice(0, 20), box: target.getBoundingClientRect() }))
            .filter(({ box }) => box.width < 43.9 || box.height < 43.9)
            .map(({ name, box }) => `${name}: ${box.width.toFixed(1)} × ${box.height.toFixed(1)} px`),
        );
        assert.deepEqual(small, [], `${path} at ${width} px`);
      });
    }
  }
}

async function focus() {
  for (const [path, chosen] of [[PAGES[1], {}], [ITEM, { contrast: 'black' }], ['feedback.html', { size: 'larger' }]]) {
    await visit(path, { chosen, width: 1280, height: 700, prepare: voice }, async (page) => {
      // The bar with the controls of the voice must not cover what has the focus, either.
      await page.getByRole('button', { name: '朗读' }).click();
      await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
      const found = [];
      for (let step = 0; step < 90; step += 1) {
        await page.keyboard.press('Tab');
        const fault = await page.evaluate(faultOfFocus);
        if (fault === null) break;
        if (fault) found.push(fault);
      }
      assert.deepEqual(found, [], path);
    });
  }
}

/** In the page: tells what is wrong with how the focus is shown; null behind the last element. */
function faultOfFocus() {
  const element = document.activeElement;
  if (element === document.body) return null;
  const name = `<${element.localName}> ${element.textContent.trim().slice(0, 20)}`;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) return `${name} shows no focus`;
  const [box] = element.getClientRects();
  // A region that scrolls may be larger than the window.
  if (element.matches('[role=region]')) return '';
  if (box.top < -1 || box.bottom > innerHeight + 1) return `${name} has the focus outside of the window`;
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return element.contains(top) || top?.contains(element) ? '' : `${name} is covered by <${top?.localName} class="${top?.className}">`;
}

async function shapes() {
  const modes = [{}, { colorScheme: 'dark' }, { forcedColors: 'active' }, { forcedColors: 'active', colorScheme: 'dark' }, { media: 'print' }];
  for (const { media = 'screen', ...options } of modes) {
    await visit(ITEM, options, async (page) => {
      await page.emulateMedia({ media });
      // The example says of no item how far it is.
      await page.evaluate((statuses) => {
        const facts = document.querySelector('.text');
        facts.replaceChildren(...statuses.map((status) => {
          const element = document.createElement('p');
          element.append(Object.assign(document.createElement('span'), { className: `status status-${status}`, textContent: '一' }));
          return element;
        }));
      }, STATUSES);
      const pictures = [];
      for (const status of STATUSES) pictures.push((await page.locator(`.status-${status}`).screenshot()).toString('base64'));
      const different = new Set(pictures).size;
      assert.equal(different, STATUSES.length, `${different} shapes in ${media} ${JSON.stringify(options)}`);
    });
  }
}

async function landmarks() {
  for (const path of PAGES) {
    await visit(path, {}, async (page) => {
      assert.equal(await page.locator('h1').count(), 1, path);
      const nameless = await page.evaluate(() =>
        [...document.querySelectorAll('nav, [role=region], .comfort section')]
          .filter((mark) => !mark.getAttribute('aria-label') && !document.getElementById(mark.getAttribute('aria-labelledby')))
          .map((mark) => mark.outerHTML.slice(0, 80)),
      );
      assert.deepEqual(nameless, [], path);
      const names = await page.locator('nav').evaluateAll((all) => all.map((nav) => nav.getAttribute('aria-label') || nav.getAttribute('aria-labelledby')));
      assert.equal(new Set(names).size, names.length, `${path}: ${names}`);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'main', `${path}: the skip link leads to the text`);
    });
  }
  await visit(PAGES[1], {}, async (page) => {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), '跳到目录');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.activeElement.matches('.contents a')), 'the contents come next');
  });
}

async function steady() {
  for (const [width, chosen] of [[1280, {}], [1280, { size: 'larger' }], [360, {}]]) {
    await visit(ITEM, { width, chosen }, async (page) => {
      if (width === 360) await page.getByRole('button', { name: '关怀版' }).click();
      assert.equal(await page.locator('.comfort :text("关怀版"):visible').count(), 1, `the name at ${width} px`);
      for (const name of ['字号', '对比度', '行距']) assert.ok(await page.locator('.choices').getByText(name, { exact: true }).isVisible(), name);
      const places = () => page.locator('.comfort button:visible').evaluateAll((all) => all.map((button) => JSON.stringify(button.getBoundingClientRect())));
      await page.evaluate(() => document.activeElement.blur());
      const before = await places();
      await page.getByRole('button', { name: '黑底黄字' }).click();
      assert.deepEqual(await places(), before, `pressed at ${width} px`);
      if (!chosen.size) {
        await page.getByRole('button', { name: '还原' }).click();
        assert.deepEqual(await places(), before, `told at ${width} px`);
      }
    });
  }
}

async function unbroken() {
  for (const chosen of MODES) {
    for (const path of PAGES) {
      await visit(path, { chosen }, async (page) => {
        for (const width of [320, 360, 1280]) {
          await page.setViewportSize({ width, height: 800 });
          const broken = await page.evaluate(() =>
            [...document.querySelectorAll('li > a:not(:has(span)), dd > a, p > a:only-child:not(.term)')]
              .filter((link) => link.checkVisibility() && [...link.textContent].length <= 8)
              .filter((link) => {
                const range = document.createRange();
                range.selectNodeContents(link);
                return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
              })
              .map((link) => link.textContent),
          );
          assert.deepEqual(broken, [], `${path} at ${width} px with ${JSON.stringify(chosen)}`);
        }
      });
    }
  }
}

async function large() {
  for (const path of PAGES) {
    await visit(path, {}, async (page) => {
      await page.getByRole('button', { name: '关怀版' }).click();
      const small = await page.evaluate(() => {
        const least = parseFloat(getComputedStyle(document.documentElement).fontSize);
        return [...document.querySelectorAll('body :not(sup, sub, script)')]
          .filter((element) => element.checkVisibility() && [...element.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim()))
          .filter((element) => parseFloat(getComputedStyle(element).fontSize) < least)
          .map((element) => `<${element.localName}> ${element.textContent.trim().slice(0, 20)}`);
      });
      assert.deepEqual(small, [], path);
    });
  }
}

async function figures() {
  for (const path of [PAGES[1], ITEM]) {
    for (const chosen of MODES) {
      await visit(path, { chosen }, async (page) => {
        for (const width of [320, 360, 768, 1280]) {
          await page.setViewportSize({ width, height: 800 });
          const found = await page.evaluate(brokenFigures);
          assert.deepEqual(found, [], `${path} at ${width} px with ${JSON.stringify(chosen)}`);
        }
        await page.setViewportSize({ width: 360, height: 800 });
        const session = await page.context().newCDPSession(page);
        const { nodes } = await session.send('Accessibility.getFullAXTree');
        const count = (role) => nodes.filter((node) => node.role?.value === role).length;
        const inTables = (tag) => page.locator(`main table ${tag}`).count();
        assert.equal(count('row'), await inTables('tr'), 'rows stay rows');
        assert.equal(count('cell'), await inTables('td'), 'cells stay cells');
        assert.equal(count('columnheader'), await inTables('thead th'), 'columns keep their heads');
      });
    }
  }
}

/** In the page: tells which figures of the text are torn, and what of the table is narrow, outside or without its word. */
function brokenFigures() {
  const found = [];
  const linesOf = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom / 8))).size;
  };
  for (const data of document.querySelectorAll('.text data, td data')) {
    if ([...data.textContent].length <= 8 && linesOf(data) > 1) found.push(`${data.textContent} is torn`);
  }
  for (const row of document.querySelectorAll('#figures tr[id]')) {
    const [label, figure] = row.cells;
    if (linesOf(label) > 2 + label.textContent.length / 5) found.push(`${label.textContent} takes ${linesOf(label)} lines`);
    if (figure.getBoundingClientRect().right > innerWidth) found.push(`the figure of ${label.textContent} sticks out`);
  }
  return found;
}

async function origin() {
  for (const media of ['screen', 'print']) {
    await visit(ITEM, {}, async (page) => {
      await page.emulateMedia({ media });
      const link = page.locator(`main .part-of a[href="../${PAGES[1]}"]`);
      assert.ok(await link.isVisible(), media);
      assert.match(await page.locator('.part-of').textContent(), /通报\s*第 6 项，共 24 项/);
      assert.match(await page.locator('.published').textContent(), /公安局委员会\s*成文日期：2025年8月28日/);
      assert.equal(await page.locator('.breadcrumbs').isVisible(), false, 'it is said once');
    });
  }
}

async function contents() {
  await visit(PAGES[1], { width: 1280 }, async (page) => {
    const missing = await page.evaluate(() => {
      const listed = new Set([...document.querySelectorAll('.contents a')].map(({ hash }) => decodeURIComponent(hash.slice(1))));
      return [...document.querySelectorAll('.notice-text > [id]')].map(({ id }) => id).filter((id) => !listed.has(id));
    });
    assert.deepEqual(missing, []);
    const box = page.locator('.contents');
    // What is cut off at the edge fades, and at the end of the list nothing is covered.
    assert.ok(await box.evaluate((box) => box.scrollHeight > box.clientHeight));
    const end = await box.evaluate((box) => {
      box.scrollTop = box.scrollHeight;
      const last = box.querySelector('li:last-child a').getBoundingClientRect();
      return box.getBoundingClientRect().bottom - last.bottom;
    });
    assert.ok(end >= 32, `below the last entry there are ${end} px`);
  });
}

async function shades() {
  for (const chosen of [{}, { contrast: 'black' }]) {
    await visit(ITEM, { chosen }, async (page) => {
      const opacities = await page.evaluate((statuses) => {
        const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
        document.body.append(drawing);
        return statuses.map((status, index) => {
          const bar = document.createElementNS(drawing.namespaceURI, 'rect');
          bar.setAttribute('class', `bar bar-${(index % 4) + 1} bar-${status}`);
          drawing.append(bar);
          const { fill, fillOpacity, maskImage } = getComputedStyle(bar);
          return fill === 'none' ? 0 : Number(fillOpacity) / (maskImage === 'none' ? 1 : 2);
        });
      }, STATUSES);
      assert.deepEqual(opacities, [1, 0.75, 0.5, 0.25, 0.15, 0]);
    });
  }
}

async function paper() {
  await visit(PAGES[1], {}, async (page) => {
    await page.emulateMedia({ media: 'print' });
    const text = await page.evaluate(() => document.body.innerText);
    for (const words of ['查看更正内容', '回到正文', '再次提到', '回到目录']) assert.ok(!text.includes(words), words);
    const broken = await page.evaluate(() => {
      const kept = [...document.querySelectorAll('.text :is(h2, h3, h4), tr:has(+ tr > .sentence)')];
      return kept.filter((element) => getComputedStyle(element).breakAfter !== 'avoid').map((element) => element.textContent);
    });
    assert.deepEqual(broken, [], 'kept with what follows');
    const figures = await page.locator('#figures').evaluate((section) => getComputedStyle(section).breakBefore);
    const glossary = await page.locator('#glossary').count();
    assert.equal(figures, glossary ? 'auto' : 'page', 'one new page for what follows the text');
  });
}
