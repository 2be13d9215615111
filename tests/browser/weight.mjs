// Weighs the pages that are read over a poor connection: node weight.mjs OUTPUT
//
// Sizes are bytes as the server packs them (gzip); pages are also weighed as they lie on the disk, since not every server
// packs them. The exit code is 1 if something is too heavy.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { filesOf, kindOf } from './pages.mjs';

const LIMITS = { notice: 22_500, item: 5_000 };
const UNPACKED = { notice: 80_000, item: 15_000 };
const STYLES = 7_000;
const SCRIPTS = 5_000;

const output = process.argv[2];
const faults = [];
const heaviest = {};
for (const path of filesOf(output, '.html')) {
  const html = readFileSync(join(output, path), 'utf8');
  const kind = kindOf(html);
  weigh(kind, path, gzipSync(html).length, LIMITS[kind]);
  if (UNPACKED[kind]) weigh(`${kind}, unpacked`, path, Buffer.byteLength(html), UNPACKED[kind]);
  const linked = (pattern) => [...html.matchAll(pattern)].map(([, href]) => join(dirname(path), href));
  // What the search needs is loaded on a page of its own, where it is what the reader came for.
  const isForSearch = (name) => /\/search\.[0-9a-f]+\.(css|js)$/.test(name);
  const sum = (files) => files.reduce((total, file) => total + gzipSync(readFileSync(join(output, file))).length, 0);
  weigh('style sheets', path, sum(linked(/<link rel="stylesheet"[^>]* href="([^"]+)"/g).filter((name) => !isForSearch(name))), STYLES);
  const scripts = linked(/<script[^>]* src="([^"]+)"/g).filter((name) => !isForSearch(name));
  weigh('scripts', path, sum(scripts), SCRIPTS);
}
for (const path of filesOf(output, '.css')) {
  if (readFileSync(join(output, path), 'utf8').includes('@font-face')) faults.push(`${path} loads a font`);
}
for (const ending of ['.woff', '.woff2', '.ttf', '.otf']) {
  for (const path of filesOf(output, ending)) faults.push(`${path} is a font`);
}
for (const [kind, { path, size, limit }] of Object.entries(heaviest)) {
  console.log(`${kind}: ${size} bytes${limit ? ` of ${limit}` : ''} (${path})`);
  if (size > limit) faults.push(`${path}: ${kind} of ${size} bytes, more than ${limit}`);
}
for (const fault of faults) console.log(fault);
process.exit(faults.length === 0 ? 0 : 1);

/** Notes how heavy something is, if nothing of its kind is heavier. */
function weigh(kind, path, size, limit) {
  if (size >= (heaviest[kind]?.size ?? 0)) heaviest[kind] = { path, size, limit };
}
