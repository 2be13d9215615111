// Does what citizens come for, from the home page: node tasks.mjs GONGKAI SITE
//
// SITE is the folder with the Zhoushan notice; `feedback.action` is added to its settings. Beside it, forty notices are
// written. Each task is done twice: with the keyboard alone, and by links and forms with scripts off. The first that cannot be done ends the run with
// code 1; for each that can, the number of keys or clicks is printed.

import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { launch } from './chromium.mjs';
import { UNITS, writeForty } from './forty.mjs';
import { publish } from './server.mjs';

const [gongkai, site] = process.argv.slice(2);
const NOTICE = /整改情况的通报/;
const FRAUD = /诈骗/;
const OPINION = '希望第六项写明追赃率的依据。';
const PATIENCE = 30_000; // ms until what should happen counts as missing
const MOST_KEYS = 300; // to whatever is looked for on one page

const TASKS = {
  'finds the item about fraud': async (reader, page) => {
    await reader.follow(FRAUD);
    await isSeen(page, page.getByRole('heading', { name: FRAUD, level: 1 }));
  },
  'finds the item about fraud in the whole notice': async (reader, page) => {
    await reader.follow(NOTICE);
    await reader.follow(FRAUD);
    await isSeen(page, page.getByRole('heading', { name: FRAUD, level: 2 }));
    await reader.follow('第 6 项单独成页', '#item-6');
    await isSeen(page, page.getByRole('heading', { name: FRAUD, level: 1 }));
  },
  'says how much money was returned': async (reader, page) => {
    await reader.follow(NOTICE);
    assert.match(await page.locator('#opening').innerText(), /清退款项102\.28万元/);
    await reader.follow('102.28万元');
    const row = page.locator('tr:target');
    await isSeen(page, row);
    assert.match(await row.innerText(), /清退.*102\.28万元/s);
  },
  'finds the telephone': async (reader, page) => {
    // On the first screen of a phone, 740 px high.
    assert.ok((await page.locator('main a[href="tel:0580-2072198"]').boundingBox()).y < 720);
    await reader.follow(/^(联系方式|联系我们)$/);
    const phone = page.locator('main a[href="tel:0580-2072198"]').first();
    await isSeen(page, phone);
    assert.equal((await phone.innerText()).trim(), '0580-2072198');
    await reader.reach('0580-2072198');
  },
  'tells whether anything was changed since': async (reader, page) => {
    await reader.follow(NOTICE);
    const edition = page.locator('[data-edition]').first();
    assert.ok((await edition.count()) === 1, 'nothing on the page says which edition it is');
    assert.ok(await edition.isVisible(), 'what says which edition it is, is not shown');
    assert.ok((await edition.innerText()).trim().length > 4, 'what says which edition it is, is empty');
  },
  'sends a comment on the item': async (reader, page) => {
    await reader.follow(FRAUD);
    await reader.choose('反映问题');
    await reader.write('您的意见（必填）', OPINION);
    await reader.write('希望答复的，请留下电话、邮箱或地址（可不填）', '0580-0000000');
    await reader.send('提交意见');
    await page.waitForURL(/\/feedback-sent\.html$/, { timeout: PATIENCE });
    assert.equal(await page.locator('body.page-not-found').count(), 0, 'the site has no page that says thank you');
    assert.ok((await page.locator('main').innerText()).trim().length > 10, 'the page that says thank you is empty');
    assert.deepEqual(server.arrived.pop(), {
      about: 'zhoushan-2025/06',
      kind: 'problem',
      text: OPINION,
      reply_to: '0580-0000000',
    });
    // Who has written must not be left in a blind alley.
    await reader.follow('首页');
  },
};

const AMONG_FORTY = {
  'finds last year’s notice of one unit': async (reader, page) => {
    await reader.follow(/^全部 10 个单位$/);
    await reader.follow(UNITS[0]);
    await isSeen(page, page.getByRole('heading', { name: UNITS[0], level: 1 }));
    assert.equal(await page.locator('main .notices > li').count(), 4);
    assert.match(await page.locator('main .notices > li:nth-child(3)').innerText(), /2024/);
    await reader.follow(/民政局.*通报/, 'main .notices > li:nth-child(3)');
    assert.match(await page.locator('main h1').innerText(), /民政局.*通报/);
  },
  'finds a notice by its year': async (reader, page) => {
    await reader.follow(/^2024年$/);
    await isSeen(page, page.getByRole('heading', { name: '2024年的通报', level: 1 }));
    await reader.follow(/民政局.*通报/);
  },
  'finds all items that are still open': async (reader, page) => {
    await reader.follow(/尚未完成的事项/);
    await isSeen(page, page.getByRole('heading', { name: '尚未完成的事项', level: 1 }));
    assert.match(await page.locator('main').innerText(), /正在整改 8 项[^]*长期坚持 8 项/);
    await reader.follow(/基层党建/);
    assert.match(await page.locator('main h1').innerText(), /基层党建/);
  },
  'sees the newest notices and the way to all others on three screens': async (_, page) => {
    await page.setViewportSize({ width: 360, height: 740 });
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    assert.ok(height <= 3 * 740, `the home page is ${height} px high`);
    const notices = await page.locator('main a').evaluateAll((links) =>
      links.map((link) => link.getAttribute('href')).filter((href) => /^notice-/.test(href)));
    assert.equal(notices.length, new Set(notices).size, 'a notice stands twice');
    assert.equal(await page.getByText('滨海市巡察整改公开', { exact: true }).filter({ visible: true }).count(), 1);
  },
};

appendFileSync(join(site, 'site.yaml'), '\nfeedback: {action: /feedback}\n');
const server = await publish(gongkai, site, { feedback: true });
const forty = mkdtempSync(join(tmpdir(), 'gongkai-forty-'));
writeForty(forty);
const serverOfForty = await publish(gongkai, forty);
const browser = await launch();
const faults = [];
for (const [how, scripts, makeReader] of [
  ['with the keyboard alone', true, keyboard],
  ['without scripts', false, clicks],
]) {
  const tasks = [...Object.entries(TASKS).map((task) => [server, ...task]), ...Object.entries(AMONG_FORTY).map((task) => [serverOfForty, ...task])];
  for (const [{ url }, what, task] of tasks) {
    const context = await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 360, height: 640 } });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    const reader = makeReader(page);
    try {
      await page.goto(url);
      await task(reader, page);
      console.log(`${how} ${what}: ${reader.effort()}`);
    } catch (error) {
      faults.push(`${how} nobody ${what}: ${error.message}`);
    }
    await context.close();
  }
}
await browser.close();
server.close();
serverOfForty.close();
rmSync(forty, { recursive: true });
for (const fault of faults) console.log(fault);
process.exit(faults.length === 0 ? 0 : 1);

/** Waits until the reader sees something without scrolling. */
async function isSeen(page, locator) {
  await locator.first().waitFor();
  const box = await locator.first().boundingBox();
  const { height } = page.viewportSize();
  assert.ok(box.y > -2 && box.y < height - 20, `${await locator.first().innerText()} is at ${box.y} px, out of sight`);
}

/** Reads with Tab, Enter, space, arrows and letters. */
function keyboard(page) {
  let keys = 0;
  const press = (key) => {
    keys += 1;
    return page.keyboard.press(key);
  };

  /** Presses Tab until something of that name is reached; what is reached must be seen each time. */
  async function reach(name, within) {
    const pattern = name instanceof RegExp ? name.source : `^${name}$`;
    for (let step = 0; step < MOST_KEYS; step += 1) {
      await press('Tab');
      const { isIt, hidden } = await page.evaluate(focused, { pattern, within });
      assert.equal(hidden, undefined, `the keyboard reaches ${hidden}, which cannot be seen`);
      if (isIt) return;
    }
    assert.fail(`Tab does not lead to ${name}`);
  }

  return {
    effort: () => `${keys} keys`,
    reach,
    async follow(name, within) {
      await reach(name, within);
      const before = page.url();
      await press('Enter');
      await page.waitForURL((url) => url.href !== before);
      await page.waitForLoadState();
    },
    async choose(name) {
      // Tab leads to the choice that is made; arrows make another.
      const wanted = page.getByLabel(name);
      const group = await wanted.getAttribute('name');
      await reach(new RegExp(`^radio:${group}$`));
      for (let step = 0; step < 10 && !(await wanted.isChecked()); step += 1) await press('ArrowDown');
      assert.ok(await wanted.isChecked(), `the arrows do not lead to ${name}`);
    },
    async write(name, text) {
      await reach(name);
      keys += text.length;
      await page.keyboard.type(text);
    },
    async send(name) {
      await reach(name);
      await press('Enter');
    },
  };
}

/** In the page: tells whether the focus is on what is looked for, and names it if it cannot be seen. */
function focused({ pattern, within }) {
  const element = document.activeElement;
  if (!element || element === document.body) return {};
  const name =
    element.type === 'radio'
      ? `radio:${element.name}`
      : (element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent).trim();
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const isMarked = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  // A link may be broken over two lines: one of its boxes is enough.
  const isSeen = [...element.getClientRects()].some(({ x, y, width, height }) => {
    const [left, top] = [x + Math.min(width, innerWidth) / 2, y + Math.min(height, innerHeight - y) / 2];
    const hit = document.elementFromPoint(left, top);
    return hit && (element.contains(hit) || hit.contains(element) || [...(element.labels ?? [])].some((l) => l.contains(hit)));
  });
  return {
    isIt: new RegExp(pattern).test(name) && (!within || element.closest(within) !== null),
    hidden: isSeen && isMarked ? undefined : `${name || element.tagName} (${isSeen ? 'without an outline' : 'covered'})`,
  };
}

/** Reads by following links and filling in forms. */
function clicks(page) {
  let count = 0;
  const find = (name, within, what) => {
    const place = within ? page.locator(within) : page.locator('body');
    return place.getByRole(what, { name, exact: typeof name === 'string' }).first();
  };
  return {
    effort: () => `${count} clicks`,
    reach: (name) => find(name, undefined, 'link').waitFor(),
    async follow(name, within) {
      count += 1;
      const before = page.url();
      await find(name, within, 'link').click();
      await page.waitForURL((url) => url.href !== before);
    },
    async choose(name) {
      count += 1;
      await page.getByLabel(name).check();
    },
    async write(name, text) {
      await page.getByLabel(name).fill(text);
    },
    async send(name) {
      count += 1;
      await find(name, undefined, 'button').click();
    },
  };
}
