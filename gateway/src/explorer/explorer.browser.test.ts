import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { startFixture, type Fixture } from '../fixture/start.ts';

const executablePath = '/usr/bin/chromium';
const args = ['--no-sandbox', '--headless', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

// eslint-disable-next-line no-process-env -- a test has no configuration of its own
if (process.env['CI'] && !existsSync(executablePath)) {
  test('the explorer in a browser', () => { throw new Error(`CI needs ${executablePath}: apt-get install chromium`); });
}

(existsSync(executablePath) ? describe : describe.skip)('the explorer in a browser', () => {
  let fixture: Fixture;
  let profile: string;
  beforeAll(async () => {
    fixture = await startFixture('in-process');
    profile = mkdtempSync(join(tmpdir(), 'explorer-'));
  });
  afterAll(async () => {
    await fixture.close();
    rmSync(profile, { recursive: true, force: true });
  });

  test('opens with the prepared query, sends it, and loads nothing from elsewhere', async () => {
    const browser = await chromium.launchPersistentContext(profile, { executablePath, args, viewport: { width: 1400, height: 900 } });
    try {
      const page = await browser.newPage();
      const seen = watch(page);
      await page.goto(fixture.url);
      await page.getByRole('button', { name: /execute query/i }).waitFor();
      await page.getByText('CoreChain').first().waitFor();
      expect(await page.getByRole('tab').count()).toBe(1);

      await page.getByRole('button', { name: /execute query/i }).click();
      // The fixture's graph has no workflows: that it says so shows that query and answer have gone all the way.
      await page.locator('.result-window').getByText('Cannot query field').first().waitFor();
      await page.screenshot({ path: join(profile, 'explorer.png') });

      expect(seen.elsewhere(fixture.url)).toEqual([]);
      expect(seen.problems).toEqual([]);
    } finally {
      await browser.close();
    }
  }, 60_000);
});

function watch(page: Page) {
  const requested: string[] = [];
  const problems: string[] = [];
  page.on('request', (request) => requested.push(request.url()));
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('status of 400')) problems.push(message.text());
  });
  return { problems, elsewhere: (home: string) => requested.filter((url) => !url.startsWith(home) && !/^(data|blob):/.test(url)) };
}
