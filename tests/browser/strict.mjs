// Opens every page of a site as a strict server gives it: node strict.mjs GONGKAI SITE
//
// With scripts on, the browser must have nothing to say, and nothing may be asked of anyone else. With scripts off,
// each page must show all that it says, and its forms must work. Each link must lead to a page, and to a place on it.
// `crawl.mjs` follows the same links by clicking, without a server. The exit code is 1 if anything is wrong.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from './chromium.mjs';
import { filesOf, kindOf } from './pages.mjs';
import { publish } from './server.mjs';

// The server shows 404.html wherever there is nothing.
const NOWHERE = 'no/such/page.html';
const PATIENCE = 180_000; // ms: the machine may have other work

const [gongkai, site] = process.argv.slice(2);
const server = await publish(gongkai, site);
const browser = await launch();
const faults = new Set();
// Who opens a former address is elsewhere at once.
const paths = [...filesOf(server.output, '.html').filter((path) => kindOf(readFileSync(join(server.output, path), 'utf8')) !== 'moved'), NOWHERE];
const looked = await Promise.all([visit(true), visit(false)]);
const links = await follow(looked.flat());
await browser.close();
server.close();
for (const fault of faults) console.log(fault);
console.log(`${paths.length} pages with scripts and without, ${links} links: ${faults.size} faults`);
process.exit(faults.size === 0 ? 0 : 1);

/** Opens every page; returns, for each, its address, its anchors and where it leads. */
async function visit(scripts) {
  const context = await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 360, height: 800 } });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  let path;
  const fault = (text) => faults.add(`${path} ${scripts ? 'with' : 'without'} scripts: ${text}`);
  // Violations of the policy are told on the console, as errors.
  page.on('console', (message) => {
    const isExpected = message.location().url === server.url + NOWHERE;
    if (['error', 'warning'].includes(message.type()) && !isExpected) fault(`console: ${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => fault(`script: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url)) fault(`asks for ${request.url()}`);
  });
  page.on('response', (response) => {
    const expected = response.url() === server.url + NOWHERE ? 404 : 200;
    if (response.status() !== expected) fault(`${response.status()}: ${response.url()}`);
  });
  const seen = [];
  for (path of paths) {
    await page.goto(server.url + path, { waitUntil: 'load' });
    for (const text of await page.evaluate(shows)) fault(text);
    seen.push({ path, ...(await page.evaluate(leads)) });
  }
  await context.close();
  return seen;
}

/** In the page: returns what it does not show though it says it, and what in its forms cannot be used. */
function shows() {
  const faults = [];
  const name = (element) => `<${element.tagName.toLowerCase()}> ${element.textContent.trim().slice(0, 20)}`;
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const main = document.querySelector('main');
  if (!main || main.innerText.trim().length < 10) faults.push('there is no text');
  if (![...document.querySelectorAll('h1')].some(isShown)) faults.push('no h1 is shown');
  // The approved text and its headings, whatever the theme folds away of its own.
  for (const element of document.querySelectorAll('main h1, main h2, main h3, main h4, main h5, main h6, main p, main td')) {
    if (!element.closest('[data-generated]') && !isShown(element)) faults.push(`${name(element)} is not shown`);
  }
  for (const form of document.forms) {
    if (!isShown(form)) continue;
    const fields = [...form.elements].filter((field) => field.name && field.type !== 'hidden');
    if (!fields.some(isShown)) faults.push('a form has no field');
    for (const field of fields) {
      if (!isShown(field) || field.disabled) faults.push(`the field ${field.name} cannot be used`);
    }
    if (![...form.elements].some((element) => element.type === 'submit' && isShown(element))) faults.push('a form has no button');
  }
  return faults;
}

/** In the page: returns its anchors and where its links lead. */
function leads() {
  return {
    anchors: [...document.querySelectorAll('[id]')].map(({ id }) => id),
    links: [...new Set([...document.querySelectorAll('a[href], link[href]')].map(({ href }) => href))],
  };
}

/** Asks the server for everything that a page leads to, once. Returns how many links there were. */
async function follow(seen) {
  const anchors = new Map(seen.map(({ path, anchors }) => [server.url + path, new Set(anchors)]));
  const answers = new Map();
  const ask = (address) => {
    if (!answers.has(address)) answers.set(address, fetch(address).then((answer) => answer.arrayBuffer().then(() => answer.status)));
    return answers.get(address);
  };
  let count = 0;
  for (const { path, links } of seen) {
    for (const link of links.filter((link) => link.startsWith(server.url))) {
      count += 1;
      const [address, anchor] = link.split('#');
      const status = await ask(address);
      if (status !== 200 && address !== server.url + NOWHERE) faults.add(`${path}: ${status} at ${address}`);
      const isThere = !anchor || anchors.get(address)?.has(decodeURIComponent(anchor));
      if (!isThere) faults.add(`${path}: there is no #${decodeURIComponent(anchor)} in ${address}`);
    }
  }
  return count;
}
