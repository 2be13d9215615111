// Follows every link of every page of a finished site from its index.html, as a citizen would: node crawl.mjs OUTPUT
//
// Each address is gone to by a click (on a skip link: by Enter) on the first link that names it; of every link it is
// seen that nothing lies over it. Twice over, with scripts off and on. Prints what is wrong; the exit code is 1 if
// anything is. What must hold on each page is in rules.mjs.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launch } from './chromium.mjs';
import { filesOf } from './pages.mjs';
import { faultsOf, overflowAt } from './rules.mjs';

const HEIGHT = 800;
const folder = `${pathToFileURL(resolve(process.argv[2])).href}/`;
const files = filesOf(process.argv[2], '.html').map((name) => new URL(name, folder).href);
const browser = await launch();
const results = await Promise.all([crawl(false), crawl(true)]);
await browser.close();

const faults = results.flatMap((result) => result.faults);
for (const { scripts, pages, links, followed } of results) {
  console.log(`scripts ${scripts ? 'on' : 'off'}: ${pages} pages, ${links} links, ${followed} addresses`);
}
for (const fault of faults) console.log(fault);
process.exit(faults.length === 0 ? 0 : 1);

/** In each page, as a global function: scrolls to a link, or focuses it if only the keyboard shows it. */
function bringIntoView(link) {
  if (link.matches('.skip')) {
    link.focus();
    return { isOutside: true };
  }
  // The link to the text goes when the focus leaves it.
  document.activeElement.blur();
  link.scrollIntoView({ block: 'center', behavior: 'instant' });
  const { x, y, width, height } = link.getClientRects()[0];
  const place = { x: x + width / 2, y: y + height / 2 };
  return { ...place, isCovered: !link.contains(document.elementFromPoint(place.x, place.y)) };
}

/** In the page: all links that are to be seen there. */
function linksOf() {
  const links = [...document.links].map((link, index) => ({ link, index }));
  return links.filter(({ link }) => link.checkVisibility()).map(({ link, index }) => {
    const { isCovered } = bringIntoView(link);
    return { href: link.href, index, isDownload: link.hasAttribute('download'), isCovered };
  });
}

/** Opens every page that can be reached, and goes to every address that their links name. */
async function crawl(scripts) {
  const context = await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 360, height: HEIGHT } });
  const page = await context.newPage();
  await page.addInitScript(`globalThis.bringIntoView = ${bringIntoView}`);
  const faults = new Set();
  const fault = (text) => faults.add(`scripts ${scripts ? 'on' : 'off'}: ${relative(page.url())}: ${text}`);
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) fault(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => fault(`script: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) fault(`asks for ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    // The walk leaves a page before its icon is there.
    const { errorText } = request.failure();
    if (errorText !== 'net::ERR_ABORTED') fault(`could not load ${request.url()}: ${errorText}`);
  });
  page.on('download', (download) => fault(`downloads ${download.url()}`));

  // Each page with the links that were not followed yet. From a page the walk goes on where a link led, as a reader
  // does, and jumps only when there is nothing left to follow.
  const pages = new Map();
  const named = new Set();
  let [links, followed] = [0, 0];
  // No page links to 404.html; the server shows it.
  const doors = [`${folder}index.html`, `${folder}404.html`];
  for (;;) {
    const next = doors.shift() ?? [...pages.keys()].find((url) => pages.get(url).length > 0);
    if (!next) break;
    await page.goto(next);
    for (let at = next; ; ) {
      if (!pages.has(at)) {
        const all = await arrive(page, fault);
        links += all.length;
        pages.set(at, all.filter(({ href }) => !named.has(href) && named.add(href)));
      }
      const link = pages.get(at).shift();
      if (!link) break;
      await follow(page, link, fault);
      followed += 1;
      at = page.url().split('#')[0];
      if (!at.startsWith(folder)) break; // An error page, which has its own words for what is wrong.
    }
  }
  for (const url of files) if (!pages.has(url)) fault(`no link leads to ${relative(url)}`);
  await context.close();
  return { scripts, pages: pages.size, links, followed, faults: [...faults] };
}

/** Looks at a page that was not seen before; returns the links to see of it that stay in the site, by number. */
async function arrive(page, fault) {
  for (const text of await faultsOf(page)) fault(text);
  for (const width of [320, 360]) for (const text of await overflowAt(page, width, HEIGHT)) fault(text);
  const links = await page.evaluate(linksOf);
  for (const { href, isDownload, isCovered } of links) {
    if (isCovered) fault(`the link to ${relative(href)} cannot be clicked`);
    if (isDownload && !existsSync(fileURLToPath(href))) fault(`there is nothing to download at ${relative(href)}`);
    const isDialable = /^tel:\+?[0-9]+(-[0-9]+)*$/.test(href);
    if (!href.startsWith(folder) && !isDialable) fault(`leads out of the site: ${href}`);
  }
  return links.filter(({ href, isDownload }) => href.startsWith(folder) && !isDownload);
}

/** Follows a link of the page that is open, and looks where it leads. */
async function follow(page, { index, href }, fault) {
  const place = await page.evaluate((index) => bringIntoView(document.links[index]), index);
  if (place.isCovered) return; // What was said of it already.
  const arrival = page.waitForEvent('framenavigated');
  if (place.isOutside) await page.keyboard.press('Enter');
  else await page.mouse.click(place.x, place.y);
  await arrival;
  await page.waitForLoadState();
  if (page.url() !== href) {
    fault(`the link to ${relative(href)} leads to ${page.url()}`);
    return;
  }
  const anchor = decodeURIComponent(new URL(href).hash.slice(1));
  const { headings, top, isCut } = await page.evaluate(
    (id) => {
      const target = document.getElementById(id);
      const top = target?.getBoundingClientRect().top;
      // A figure, a word and a row stand in the midst of what they belong to: a part of it is to be seen above them.
      const isWithin = target?.matches('data, .term, tr');
      return { headings: document.querySelectorAll('h1').length, top, isCut: isWithin && scrollY > 0 && top < innerHeight / 4 };
    },
    anchor,
  );
  if (headings === 0) fault(`the link to ${relative(href)} shows no heading`);
  if (!anchor) return;
  if (top === undefined) fault(`the link to ${relative(href)} names an anchor that is not there`);
  else if (top < -1 || top >= HEIGHT) fault(`${relative(href)} is not scrolled to: its top is at ${top} px`);
  else if (isCut) fault(`${relative(href)} is scrolled to the edge: what it stands in begins above the window`);
}

/** Shortens an address to what follows the folder of the site. */
function relative(url) {
  return decodeURIComponent(url.replace(folder, ''));
}
