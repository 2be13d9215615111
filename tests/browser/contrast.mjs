// Measures the contrast of every text against what is behind it, in every mode: node contrast.mjs OUTPUT
//
// OUTPUT is a built site. It fails below 7 : 1 (WCAG 2.2, 1.4.6).

import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch } from './chromium.mjs';

const LEAST = 7;
const [output] = process.argv.slice(2);
if (!output) {
  console.error('usage: node contrast.mjs OUTPUT');
  process.exit(2);
}
const notice = readdirSync(output).find((name) => name.includes('-') && !name.includes('.'));
const PAGES = ['index.html', `${notice}/index.html`, `${notice}/06.html`, 'contact.html', 'feedback.html', 'sitemap.html', '404.html'];
const MODES = {
  light: {},
  dark: { colorScheme: 'dark' },
  'light, more contrast': { contrast: 'more' },
  'dark, more contrast': { colorScheme: 'dark', contrast: 'more' },
  'black on white': { colorScheme: 'dark', chosen: { contrast: 'white' } },
  'yellow on black': { chosen: { contrast: 'black' } },
  'forced colours': { forcedColors: 'active' },
  paper: { colorScheme: 'dark', media: 'print', chosen: { contrast: 'black' } },
};

const browser = await launch();
const faults = new Set();
for (const [name, { chosen, media = 'screen', ...options }] of Object.entries(MODES)) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  await context.addInitScript((kept) => localStorage.setItem('gongkai-comfort', kept), JSON.stringify(chosen ?? {}));
  const page = await context.newPage();
  await page.emulateMedia({ media });
  let least = Infinity;
  for (const path of PAGES) {
    await page.goto(pathToFileURL(resolve(output, path)).href);
    // Rows that a link leads to, and the block that is read aloud, stand on a colour of their own.
    const measured = await page.evaluate(measure);
    for (const { ratio, words } of measured) {
      least = Math.min(least, ratio);
      if (ratio < LEAST) faults.add(`${name}: ${path}: ${ratio.toFixed(2)} : 1: ${words}`);
    }
  }
  console.log(`${name}: at least ${least.toFixed(2)} : 1`);
  await context.close();
}
await browser.close();
for (const fault of faults) console.error(fault);
process.exit(faults.size === 0 ? 0 : 1);

/** In the page: returns the contrast of each text that is shown, plain, marked, and with the focus. */
function measure() {
  const found = [];
  const colour = (text) => {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
    return { rgb: [r, g, b], a };
  };
  const brightness = (rgb) =>
    rgb
      .map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const { rgb, a } = colour(getComputedStyle(each).backgroundColor);
      if (a > 0) return rgb;
    }
    // The canvas of the browser: its colour is what a system colour says.
    return colour(getComputedStyle(document.documentElement).getPropertyValue('--canvas') || canvas).rgb;
  };
  const probe = document.createElement('p');
  probe.className = 'probe';
  document.body.append(probe);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('.probe { background: Canvas; }');
  document.adoptedStyleSheets = [sheet];
  const canvas = getComputedStyle(probe).backgroundColor;
  probe.remove();

  const look = (within, how) => {
    const texts = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode;
      if (!data.trim() || !parentElement.checkVisibility()) continue;
      const [ink, paper] = [colour(getComputedStyle(parentElement).color).rgb, behind(parentElement)];
      const [light, dark] = [brightness(ink), brightness(paper)].sort((a, b) => b - a);
      found.push({ ratio: (light + 0.05) / (dark + 0.05), words: `${how} ${data.trim().slice(0, 20)}` });
    }
  };
  look(document.body, 'plain');
  for (const row of document.querySelectorAll('tr[id]')) {
    location.hash = row.id;
    look(row, 'led to');
  }
  for (const block of document.querySelectorAll('main p, main dd, main td, main h1, main h2')) {
    block.setAttribute('data-by-script-reading', '');
    look(block, 'read aloud');
    block.removeAttribute('data-by-script-reading');
  }
  for (const target of document.querySelectorAll('a, button, select, input, textarea')) {
    target.focus({ focusVisible: true, preventScroll: true });
    look(target, 'focused');
  }
  for (const button of document.querySelectorAll('.comfort button')) {
    button.setAttribute('aria-pressed', 'true');
    look(button, 'pressed');
  }
  return found;
}
