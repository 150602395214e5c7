import { defineConfig } from '@playwright/test'
import { chromium, findCommand } from '../../../scripts/test/system.ts'
import { WORKERS } from './products.ts'

const asRoot = process.getuid?.() === 0

/**
 * Two workers, each with a browser and a product of its own. The tests of a worker run one after another and share a
 * chain, as its people do; those of one file stay together.
 */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  globalSetup: './start-product.ts',
  outputDir: '../../../test-results',
  workers: WORKERS,
  retries: 1, // who needs it is named, and too many of them fail the run: scripts/test/reports.ts
  forbidOnly: process.env.CI !== undefined,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: true, sources: true },
    screenshot: 'only-on-failure',
    video: 'off',
    launchOptions: {
      executablePath: findCommand(chromium.commands) ?? 'chromium',
      args: [
        ...(asRoot ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
