// Serves a finished site as the strictest web server that we know of would.

import { execFileSync } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { createGzip } from 'node:zlib';

// What a page may do: load from its own site, post to its own site, and nothing else.
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.csv': 'text/csv; charset=utf-8',
  '.xml': 'application/xml',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.png': 'image/png',
};

/**
 * Serves the folder `output` until `close()` is called.
 * With `feedback: true`, a POST to `/feedback` is kept in `arrived` and answered with the page that says so.
 */
export async function serve(output, { feedback = false } = {}) {
  const arrived = [];
  const server = createServer((request, response) => {
    if (feedback && request.method === 'POST' && request.url === '/feedback') {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        arrived.push(Object.fromEntries(new URLSearchParams(body)));
        response.writeHead(303, { location: '/feedback-sent.html' }).end();
      });
      return;
    }
    const path = pathOf(request.url);
    if (path && isFile(join(output, path))) send(request, response, 200, join(output, path));
    else send(request, response, 404, join(output, '404.html'));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, arrived, close };
}

/** Builds a site for the address of a server of its own, into a folder of its own, and serves it until `close()`. */
export async function publish(gongkai, site, options) {
  const output = mkdtempSync(join(tmpdir(), 'gongkai-served-'));
  const server = await serve(output, options);
  const close = () => {
    server.close();
    rmSync(output, { recursive: true });
  };
  try {
    const address = ['--output', output, '--base-url', server.url];
    execFileSync(gongkai, ['build', '--quiet', '--root', site, ...address], { stdio: 'inherit' });
  } catch (error) {
    close();
    throw error;
  }
  return { ...server, output, close };
}

/** Returns the file that an address names below the folder, or null if it names something outside. */
function pathOf(address) {
  const path = decodeURIComponent(new URL(address, 'http://host').pathname);
  const name = normalize(path.endsWith('/') ? `${path}index.html` : path);
  return name.startsWith('/') ? name.slice(1) : null;
}

function isFile(path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function send(request, response, status, path) {
  const isPacked = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  // A name with a hash in it stands for one content for ever.
  const isFixed = /\.[0-9a-f]{12}\.\w+$/.test(path);
  response.writeHead(status, {
    'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': isFixed ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...(isPacked && { 'content-encoding': 'gzip' }),
  });
  const file = createReadStream(path);
  (isPacked ? file.pipe(createGzip()) : file).pipe(response);
}
