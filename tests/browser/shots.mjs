// Takes pictures of one page of each kind: node shots.mjs OUTPUT FOLDER [light|dark|large|print|readme|docs]
//
// OUTPUT is a built site. In `light`, `dark` and `large` (type) the pictures show whole pages at 360 and 1280 px; with
// `print` there are PDFs. `readme` takes the two small pictures of README.md. `docs` takes all of it as small WebP files,
// which need `pdftoppm` (poppler-utils) for the paper.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch } from './chromium.mjs';
import { oneOfEachKind } from './pages.mjs';

const WIDTHS = [360, 1280];
// What the pictures of `docs` may weigh together; the best quality that stays below is taken.
const LIMIT = 600_000;
const QUALITIES = [0.8, 0.7, 0.6, 0.5, 0.4];
// The desk is shown smaller than it is, 800 px wide; the phone almost as large as it is.
const SCALES = { 360: 0.85, 1280: 0.6 };

const [output, folder, mode = 'light'] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node shots.mjs OUTPUT FOLDER [light|dark|large|print|readme|docs]');
  process.exit(2);
}
const kinds = oneOfEachKind(output);

/** Opens the page of a kind as a reader has set it, and returns what `take` makes of it. */
async function open(kind, { width, height = 800, look = 'light', scale = 1 }, take) {
  const colorScheme = look === 'dark' ? 'dark' : 'light';
  const viewport = { width, height };
  const context = await browser.newContext({ viewport, deviceScaleFactor: scale, colorScheme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(pathToFileURL(resolve(output, kinds[kind])).href);
  if (look === 'large') await page.evaluate(() => (document.documentElement.dataset.size = 'large'));
  const taken = await take(page);
  await context.close();
  return taken;
}

const glance = (page) => page.screenshot();
const paper = (page) => page.pdf({ preferCSSPageSize: true });

/** Turns a PNG into WebP, which Playwright does not offer by itself. */
async function webp(png, quality) {
  const data = await encoder.evaluate(
    async ([source, quality]) => {
      const image = new Image();
      image.src = `data:image/png;base64,${source}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.width, image.height];
      canvas.getContext('2d').drawImage(image, 0, 0);
      return canvas.toDataURL('image/webp', quality).split(',')[1];
    },
    [png.toString('base64'), quality],
  );
  return Buffer.from(data, 'base64');
}

/** Returns the first sheets of a PDF as PNG. */
function sheets(pdf, count) {
  const scratch = mkdtempSync(join(tmpdir(), 'gongkai-shots-'));
  execFileSync('pdftoppm', ['-png', '-r', '60', '-l', String(count), '-', join(scratch, 'sheet')], { input: pdf });
  const pictures = readdirSync(scratch).sort().map((name) => readFileSync(join(scratch, name)));
  rmSync(scratch, { recursive: true });
  return pictures;
}

/** Takes every picture of the documentation, as PNG by its name. */
async function documentation() {
  const pictures = {};
  for (const kind of Object.keys(kinds)) {
    for (const width of WIDTHS) pictures[`${kind}-${width}`] = await open(kind, { width, scale: SCALES[width] }, glance);
  }
  for (const kind of ['notice', 'item', 'feedback']) {
    for (const look of ['large', 'dark']) pictures[`${kind}-360-${look}`] = await open(kind, { width: 360, look, scale: SCALES[360] }, glance);
    sheets(await open(kind, { width: 1280 }, paper), kind === 'notice' ? 2 : 1).forEach((png, index) => {
      pictures[`${kind}-paper-${index + 1}`] = png;
    });
  }
  return pictures;
}

mkdirSync(folder, { recursive: true });
const write = (name, bytes) => writeFileSync(join(folder, name), bytes);
const browser = await launch();
const encoder = await browser.newPage();
if (mode === 'readme') {
  write('notice-1280.webp', await webp(await open('notice', { width: 1280, height: 640 }, glance), 0.8));
  write('item-360.webp', await webp(await open('item', { width: 360, height: 640 }, glance), 0.8));
} else if (mode === 'docs') {
  const pictures = Object.entries(await documentation());
  for (const quality of QUALITIES) {
    const files = [];
    for (const [name, png] of pictures) files.push([`${name}.webp`, await webp(png, quality)]);
    const size = files.reduce((sum, [, bytes]) => sum + bytes.length, 0);
    if (size > LIMIT && quality !== QUALITIES.at(-1)) continue;
    for (const [name, bytes] of files) write(name, bytes);
    console.log(`${files.length} pictures, ${size} bytes, quality ${quality}`);
    if (size > LIMIT) process.exitCode = 1;
    break;
  }
} else {
  for (const kind of Object.keys(kinds)) {
    if (mode === 'print') {
      write(`${kind}.pdf`, await open(kind, { width: 1280 }, paper));
      continue;
    }
    for (const width of WIDTHS) {
      write(`${kind}-${width}.png`, await open(kind, { width, look: mode }, (page) => page.screenshot({ fullPage: true })));
    }
  }
}
await browser.close();
