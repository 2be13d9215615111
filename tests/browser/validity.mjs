// Holds every page and style sheet of finished sites to the HTML standard: node validity.mjs OUTPUT…
//
// One run of the Nu Html Checker (`vnu`), which needs Java, reads them all. The exit code is 1 if it says anything.

import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { filesOf } from './pages.mjs';

const JAR = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');
// What the checker says and we do not follow, word for word, with the reason.
const ACCEPTED = [
  // A measure is a section in the document, and some are printed without a lead sentence; nothing may be added.
  'Section lacks heading. Consider using “h2”-“h6” elements to add identifying headings to all sections, or else use a “div” element instead for any cases where no heading is needed.',
];

const files = process.argv
  .slice(2)
  .flatMap((output) => ['.html', '.css', '.svg'].flatMap((ending) => filesOf(output, ending).map((path) => resolve(join(output, path)))));
if (files.length === 0) {
  console.error('usage: node validity.mjs OUTPUT…');
  process.exit(2);
}
const report = await run(['-jar', JAR, '--format', 'json', '--stdout', '--also-check-css', '--also-check-svg', ...files]);
const messages = JSON.parse(report).messages.filter(({ message }) => !ACCEPTED.includes(message));
for (const { url, lastLine, type, subType, message, extract = '' } of messages) {
  const path = decodeURIComponent(url ?? '').replace(pathToFileURL(process.cwd()).href + '/', '');
  console.log(`${path}:${lastLine ?? ''}: ${subType ?? type}: ${message} [${extract.replace(/\s+/g, ' ')}]`);
}
console.log(`${files.length} files: ${messages.length === 0 ? 'nothing to say' : `${messages.length} messages`}`);
process.exit(messages.length === 0 ? 0 : 1);

/** Runs Java; the checker ends with 1 when it found errors, which its report tells in full. */
function run(options) {
  return new Promise((done, fail) => {
    execFile('java', options, { maxBuffer: 1 << 26 }, (error, stdout) => {
      if (error && !stdout.startsWith('{')) fail(error);
      else done(stdout);
    });
  });
}
