// Starts Chromium with a new, empty profile and without anything that would talk to the network by itself.

import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--no-first-run',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the browser; `CHROMIUM` may name another one than Debian's. */
export async function launch() {
  const executablePath = process.env.CHROMIUM || PLACES.find(existsSync);
  if (!executablePath) throw new Error(`there is no Chromium in ${PLACES.join(', ')}; name it in CHROMIUM`);
  return chromium.launch({ executablePath, args: FLAGS, chromiumSandbox: false });
}
