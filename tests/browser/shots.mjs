// Takes a picture of every kind of page, on a phone and on a desk: node shots.mjs OUTPUT FOLDER [light|dark|print|readme]
//
// OUTPUT is a built site. With `print` it writes PDFs; with `readme` it takes the two small pictures of README.md.

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch } from './chromium.mjs';

const [output, folder, mode = 'light'] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node shots.mjs OUTPUT FOLDER [light|dark|print|readme]');
  process.exit(2);
}
const notice = readdirSync(output, { withFileTypes: true })
  .find((entry) => entry.isDirectory() && entry.name !== 'assets').name;
const KINDS = {
  home: 'index.html',
  notice: `${notice}/index.html`,
  item: `${notice}/06.html`,
  contact: 'contact.html',
  feedback: 'feedback.html',
  search: 'search.html',
  sitemap: 'sitemap.html',
  404: '404.html',
};

/** Opens the page of a kind and hands it to `take`. */
async function open(kind, width, height, take) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: mode === 'dark' ? 'dark' : 'light',
  });
  const page = await context.newPage();
  await page.goto(pathToFileURL(resolve(output, KINDS[kind])).href);
  await take(page, join(folder, `${kind}-${width}`));
  await context.close();
}

/** Writes what a window shows, as WebP, which Playwright does not offer by itself. */
async function webp(page, path) {
  const devtools = await page.context().newCDPSession(page);
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 80 });
  writeFileSync(`${path}.webp`, Buffer.from(data, 'base64'));
}

const whole = (page, path) => page.screenshot({ path: `${path}.png`, fullPage: true });
const paper = (page, path) => page.pdf({ path: `${path}.pdf`, preferCSSPageSize: true });

mkdirSync(folder, { recursive: true });
const browser = await launch();
if (mode === 'readme') {
  await open('notice', 1280, 640, webp);
  await open('item', 360, 640, webp);
} else {
  for (const kind of Object.keys(KINDS)) {
    if (mode === 'print') {
      await open(kind, 1280, 800, paper);
    } else {
      for (const width of [360, 1280]) await open(kind, width, 800, whole);
    }
  }
}
await browser.close();
