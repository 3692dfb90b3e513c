/** A real browser, where there is one; tests that need it are skipped, and say so, where there is none. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = [
  process.env['VPCPROOF_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

const found = places.find((path) => path !== undefined && existsSync(path));

export const noBrowser = found === undefined;

if (noBrowser)
  process.stderr.write(
    'SKIPPED: no Chromium is installed, so the HTML report is not tried in a browser (`apt-get install chromium`, or VPCPROOF_CHROMIUM=/path)\n',
  );

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    ...(found === undefined ? {} : { executablePath: found }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage'],
  });
