// Compares what gongkai reads of HTML with what Chromium shows of it: node reading.mjs TABLE
//
// TABLE is tests/reading.md. A row that gongkai refuses claims nothing; of every other the lines have to be seen, those and
// no more, each letter in a place of its own and none above the one before it.

import { readFileSync } from 'node:fs';
import assert from 'node:assert/strict';
import { launch } from './chromium.mjs';

const rows = readFileSync(process.argv[2], 'utf8').split('\n').filter((line) => line.startsWith('| `'));
const cells = rows.map((row) => row.split('|').slice(1, 4).map((cell) => cell.trim().replace(/^`|`$/g, '')));
const trusted = cells.filter(([, , refused]) => !refused);
assert.ok(trusted.length > 30, 'the table was read');

/** Returns the lines of the page that are seen, outside generated parts, and whether every letter is where it should be. */
function seen() {
  const sheet = new CSSStyleSheet();
  // Not seen, but counted in lists.
  sheet.replaceSync('[data-generated] { visibility: hidden }');
  document.adoptedStyleSheets = [sheet];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  let letters = '';
  let isInOrder = true;
  let last = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    // What find in page would open has its place already.
    if (getComputedStyle(parent).visibility !== 'visible' || parent.closest('[hidden=until-found]')) continue;
    for (let at = 0; at < node.data.length; at += 1) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const place = range.getBoundingClientRect();
      if (!node.data[at].trim() || !place.width || !place.height) continue;
      letters += node.data[at];
      // Small text above the line is still on it.
      if (last && place.left < last.left && place.bottom < last.top + 4) isInOrder = false;
      last = place;
    }
  }
  // Of a page that is not shown at all, innerText is all text.
  const isShown = document.body?.getClientRects().length > 0;
  const lines = isShown ? document.body.innerText.split(/[\n\t]/).map((line) => line.trim()) : [];
  return { lines: lines.filter(Boolean), letters, isInOrder };
}

const faults = [];
const browser = await launch();
for (const [javaScriptEnabled, doctype] of [[true, '<!doctype html>'], [false, '']]) {
  const page = await (await browser.newContext({ javaScriptEnabled })).newPage();
  for (const [html, read] of trusted) {
    await page.goto(`data:text/html;charset=utf-8,${encodeURIComponent(doctype + html)}`);
    const { lines, letters, isInOrder } = await page.evaluate(seen);
    // Numbers of lists are no text to a browser.
    const expected = read.split(' / ').map((line) => line.replace(/^-?\d+\./, '')).filter(Boolean);
    const isSame = lines.join('\n') === expected.join('\n');
    if (!isSame || letters !== expected.join('').replaceAll(' ', '') || !isInOrder) {
      faults.push(`${doctype}${html}: read ${expected.join(' / ')}, seen ${lines.join(' / ')}, letters ${letters}`);
    }
  }
}
await browser.close();
console.log(faults.join('\n'));
process.exitCode = faults.length > 0 ? 1 : 0;
