// Looks at each kind of page with axe-core, as readers set their screens: node accessibility.mjs GONGKAI SITE…
//
// Every rule runs on a small phone and on a desk in plain light, and on a phone in each size of type. What else a reader
// can set changes colours only, and is looked at with the rules for these: the full product of sizes, colours and rules
// would take minutes and find nothing more. The exit code is 1 if anything is wrong.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { launch } from './chromium.mjs';
import { filesOf, oneOfEachKind } from './pages.mjs';
import { overflowAt } from './rules.mjs';
import { publish } from './server.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
// 7:1 is asked for tired eyes; axe leaves both out unless they are named.
const ADDED = ['color-contrast-enhanced', 'target-size'];
const EVERY_RULE = {
  runOnly: { type: 'tag', values: TAGS },
  rules: Object.fromEntries(ADDED.map((rule) => [rule, { enabled: true }])),
  resultTypes: ['violations'],
};
const COLOURS = {
  runOnly: { type: 'rule', values: ['color-contrast', 'color-contrast-enhanced', 'link-in-text-block'] },
  resultTypes: ['violations'],
};
const PLAIN = { colorScheme: 'light', forcedColors: 'none', contrast: 'no-preference', reducedMotion: 'reduce' };
const HEIGHT = 800;
const AT_ONCE = 3;
const PATIENCE = 180_000; // ms: the machine may have other work, and nothing here is about speed

const [gongkai, ...sites] = process.argv.slice(2);
if (sites.length === 0) {
  console.error('usage: node accessibility.mjs GONGKAI SITE…');
  process.exit(2);
}
const browser = await launch();
// Each fault with the looks in which it shows.
const faults = new Map();
const looks = new Set();
const servers = await Promise.all(sites.map((site) => publish(gongkai, site)));
const waiting = servers.flatMap(({ url, output }, index) => {
  const modes = modesOf(output);
  // Who opens a former address is elsewhere at once.
  const pages = Object.entries(oneOfEachKind(output)).filter(([kind]) => kind !== 'moved');
  return pages.map(([kind, path]) => ({ url: url + path, name: `${sites[index]} ${path}`, kind, modes }));
});
const pages = waiting.length;
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let next; (next = waiting.shift()); ) await look(next);
  }),
);
await browser.close();
for (const server of servers) server.close();
for (const [fault, where] of faults) console.log(`${fault} – ${[...where].join('; ')}`);
console.log(`${pages} pages, each ${[...looks].join('; ')}: ${faults.size} faults`);
process.exit(faults.size === 0 ? 0 : 1);

/** Returns what the style sheets of a site can be told by attributes of `<html>`: `{ size: ['large'], … }`. */
function modesOf(output) {
  const modes = { size: new Set(), contrast: new Set() };
  for (const path of filesOf(output, '.css')) {
    const css = readFileSync(join(output, path), 'utf8');
    for (const [, mode, value] of css.matchAll(/\[data-(size|contrast)=["']?([\w-]+)/g)) modes[mode].add(value);
  }
  return { size: [...modes.size], contrast: [...modes.contrast] };
}

/** Keeps what was found on a page. */
function note(name, when, found) {
  looks.add(when);
  for (const fault of found) faults.set(`${name}: ${fault}`, (faults.get(`${name}: ${fault}`) ?? new Set()).add(when));
}

/** Opens a page once and sets the screen in all ways. */
async function look({ url, name, kind, modes }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: HEIGHT }, ...PLAIN });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  await page.goto(url);
  await page.evaluate(AXE);
  const ask = async (when, options) => note(name, when, await page.evaluate(runAxe, options));
  const measure = async (width, when) => note(name, when, await overflowAt(page, width, HEIGHT));

  for (const width of [320, 360, 1280]) {
    await measure(width, `light at ${width} px`);
    // Between the two the layout is that of the small phone.
    if (width !== 360) await ask(`light at ${width} px`, EVERY_RULE);
  }
  for (const [when, media] of [
    ['dark', { colorScheme: 'dark' }],
    ['with more contrast', { contrast: 'more' }],
    ['with more contrast, dark', { contrast: 'more', colorScheme: 'dark' }],
    ['in forced colours', { forcedColors: 'active' }],
    ['in forced colours, dark', { forcedColors: 'active', colorScheme: 'dark' }],
  ]) {
    await page.emulateMedia({ ...PLAIN, ...media });
    if (media.forcedColors) note(name, when, await page.evaluate(showForced));
    await ask(when, COLOURS);
  }
  await page.reload();
  await page.evaluate(AXE);
  for (const colorScheme of modes.contrast.length > 0 ? ['light', 'dark'] : []) {
    await page.emulateMedia({ ...PLAIN, colorScheme });
    for (const contrast of modes.contrast) {
      await set(page, { contrast });
      await ask(`${contrast} on a ${colorScheme} system`, COLOURS);
    }
  }
  await page.emulateMedia(PLAIN);
  for (const size of modes.size) {
    await set(page, { size });
    for (const width of [320, 360, 1280]) await measure(width, `${size} at ${width} px`);
    await page.setViewportSize({ width: 360, height: HEIGHT });
    await ask(`${size} at 360 px`, EVERY_RULE);
  }
  await set(page, {});
  await page.setViewportSize({ width: 1280, height: HEIGHT });
  if (kind === 'item') await press(page, ask, measure);
  await context.close();

  // A desk's screen of 1280 × 1024 px, enlarged four times.
  const close = await browser.newContext({ viewport: { width: 320, height: 256 }, deviceScaleFactor: 4, ...PLAIN });
  close.setDefaultTimeout(PATIENCE);
  const enlarged = await close.newPage();
  await enlarged.goto(url);
  note(name, 'at 400 %', await overflowAt(enlarged, 320, 256));
  await close.close();
}

/** Puts the page into modes, as the buttons do. */
function set(page, modes) {
  return page.evaluate(({ size, contrast }) => {
    const { dataset } = document.documentElement;
    for (const [name, value] of Object.entries({ size, contrast })) {
      if (value) dataset[name] = value;
      else delete dataset[name];
    }
  }, modes);
}

/** Presses each button that the head of the page shows, and looks at what the page then says of itself. */
async function press(page, ask, measure) {
  const buttons = page.locator('[data-generated] button:not([type=submit]):visible');
  for (let index = 0; index < (await buttons.count()); index += 1) {
    const button = buttons.nth(index);
    const label = (await button.innerText()).trim();
    await button.click();
    await measure(1280, `after pressing ${label}`);
    await ask(`after pressing ${label}`, EVERY_RULE);
  }
}

/** In the page: tells axe the colours that are forced, and returns which buttons then look like text. */
function showForced() {
  const faults = [];
  for (const element of document.body.querySelectorAll('*')) {
    // axe reads this property first, and Chromium says what the author wished for and not what it shows.
    element.style.webkitTextFillColor = '';
    element.style.webkitTextFillColor = getComputedStyle(element).color;
  }
  for (const button of document.querySelectorAll('button')) {
    const { borderTopWidth, borderTopStyle } = getComputedStyle(button);
    if (parseFloat(borderTopWidth) < 1 || borderTopStyle === 'none') faults.push(`the button ${button.textContent.trim()} has no edge`);
  }
  return faults;
}

/** In the page: runs axe and returns what it finds, a sentence for each rule. */
async function runAxe(options) {
  const { violations } = await globalThis.axe.run(document, options);
  return violations.map(({ id, nodes }) => {
    const reason = nodes[0].any.concat(nodes[0].all, nodes[0].none)[0]?.message ?? '';
    return `${id}: ${nodes.length} × ${nodes[0].target} (${reason})`;
  });
}
