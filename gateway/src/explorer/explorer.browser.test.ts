import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import { coreChainSubgraph } from '../fixture/core-chain.ts';
import { startFixture, type Fixture } from '../fixture/start.ts';

const executablePath = '/usr/bin/chromium';
const args = ['--no-sandbox', '--headless', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

// eslint-disable-next-line no-restricted-properties -- a test has no configuration of its own
if (process.env['CI'] && !existsSync(executablePath)) {
  test('the explorer in a browser', () => { throw new Error(`CI needs ${executablePath}: apt-get install chromium`); });
}

// eslint-disable-next-line no-restricted-syntax -- a machine with nothing but Node has no browser; CI fails without one, above
(existsSync(executablePath) ? describe : describe.skip)('the explorer in a browser', () => {
  let fixture: Fixture;
  let profile: string;
  beforeAll(async () => {
    fixture = await startFixture('in-process', {}, [coreChainSubgraph()]);
    profile = mkdtempSync(join(tmpdir(), 'explorer-'));
  });
  afterAll(async () => {
    await fixture.close();
    rmSync(profile, { recursive: true, force: true });
  });

  test('opens with the prepared query, sends it, and loads nothing from elsewhere', async () => {
    const browser = await chromium.launchPersistentContext(profile, { executablePath, args, viewport: { width: 1400, height: 900 } });
    try {
      const seen = watch(browser);
      const page = await browser.newPage();
      await page.goto(fixture.url);
      await page.getByRole('button', { name: /execute query/i }).waitFor();
      await page.getByText('CoreChain').first().waitFor();
      expect(await page.getByRole('tab').count()).toBe(1);

      await page.getByRole('button', { name: /execute query/i }).click();
      const answer = page.locator('.result-window');
      for (const text of ['invoice-triage', 'Invoice reader', '0.4200000000']) await answer.getByText(text).first().waitFor();

      expect(seen.elsewhere(fixture.url)).toEqual([]);
      expect(seen.problems).toEqual([]);
    } finally {
      await browser.close();
    }
  }, 60_000);
});

/** What the browser asks for, its workers too, and what goes wrong in it: a refusal by the page's own policy is among that. */
function watch(browser: BrowserContext) {
  const requested: string[] = [];
  const problems: string[] = [];
  browser.on('request', (request) => requested.push(request.url()));
  browser.on('weberror', (error) => problems.push(error.error().message));
  browser.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return { problems, elsewhere: (home: string) => requested.filter((url) => !url.startsWith(home) && !/^(data|blob):/.test(url)) };
}
