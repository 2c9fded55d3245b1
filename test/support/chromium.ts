/**
 * A real Chromium for the journeys: an installed one where there is one, else the one that npm brings, so that a bare machine
 * needs no more than npm. It has its own profile and fetches nothing of its own accord.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const INSTALLED = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface OpenedChromium {
  browser: Browser;
  close(): Promise<void>;
}

export async function openChromium({ installedOnly = false, bundledOnly = false } = {}): Promise<OpenedChromium> {
  const installed = bundledOnly ? undefined : INSTALLED.find((path) => path !== undefined && existsSync(path));
  if (installed) return opened(await chromium.launch({ executablePath: installed, args: QUIET }));
  if (installedOnly) throw new Error('no Chromium is installed');
  return openBundled();
}

/**
 * The one from npm is made for bare servers: it unpacks itself, and needs a folder, fonts and libraries of its own. The flags that it
 * proposes are left out: they put all pages into one process, which ends when a page without scripts is closed, and relax what is
 * tested here.
 */
async function openBundled(): Promise<OpenedChromium> {
  const folder = await mkdtemp(join(tmpdir(), 'journey-chromium-'));
  const fontFolder = join(folder, 'fonts');
  await mkdir(fontFolder);
  await writeFile(join(fontFolder, 'fonts.conf'), fontConfiguration(folder));
  const outside = { tmp: process.env.TMPDIR, runtime: process.env.AWS_LAMBDA_JS_RUNTIME };
  // The package unpacks the libraries that a bare machine lacks only when it believes to run where they are missing.
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs22.x';
  process.env.TMPDIR = folder;
  try {
    const { default: bundled } = await import('@sparticuz/chromium');
    const executablePath = await bundled.executablePath();
    const env = { ...process.env, FONTCONFIG_PATH: fontFolder, HOME: folder } as Record<string, string>;
    const browser = await chromium.launch({ executablePath, args: [...QUIET, '--no-zygote'], env });
    return opened(browser, folder);
  } finally {
    restore('TMPDIR', outside.tmp);
    restore('AWS_LAMBDA_JS_RUNTIME', outside.runtime);
  }
}

function opened(browser: Browser, folder?: string): OpenedChromium {
  return {
    browser,
    close: async () => {
      await browser.close();
      // What it started may still be writing when it has ended.
      if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

function preferSans(family: string): string {
  const families = ['Noto Sans CJK SC', 'Open Sans', 'DejaVu Sans'].map((name) => `<family>${name}</family>`).join('');
  return `<alias binding="same"><family>${family}</family><prefer>${families}</prefer></alias>`;
}

/** System fonts where there are any, else those that the package brings; letters without serifs, as people's machines show them. */
function fontConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${join(folder, 'fonts')}</dir>
  <dir>${join(tmpdir(), 'fonts')}</dir>
  <cachedir>${join(folder, 'font-cache')}</cachedir>
  ${['system-ui', 'sans-serif', 'sans'].map(preferSans).join('\n  ')}
</fontconfig>
`;
}
