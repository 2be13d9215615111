// Which pages a finished site has, and what kind each is.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Returns the files of a site whose names end in `ending`, with `/` between folders, in order. */
export function filesOf(output, ending) {
  return readdirSync(output, { recursive: true })
    .filter((name) => name.endsWith(ending))
    .map((name) => name.replaceAll('\\', '/'))
    .sort();
}

/** Returns what kind of page some HTML is: the theme writes it into the class of the body. */
export function kindOf(html) {
  return /<body[^>]* class="page-([a-z-]+)/.exec(html)?.[1] ?? 'other';
}

/** Returns one page of each kind that the site has, the largest, since it shows most: `{ item: 'n/06.html', … }`. */
export function oneOfEachKind(output) {
  const largest = {};
  for (const path of filesOf(output, '.html')) {
    const html = readFileSync(join(output, path), 'utf8');
    const kind = kindOf(html);
    if (html.length > (largest[kind]?.size ?? 0)) largest[kind] = { path, size: html.length };
  }
  return Object.fromEntries(Object.entries(largest).map(([kind, { path }]) => [kind, path]));
}
