import { defineConfig } from '@playwright/test'
import { chromium, chromiumShell, findCommand } from '../../../scripts/test/system.ts'
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
  // Wide enough for a machine three times as slow as ours: what is wrong is seen by its content, not by the clock.
  timeout: 180_000,
  expect: { timeout: 45_000 },
  use: {
    // Keeping the app on a device is 500 files, half of what a visit costs: see keepsApp.
    serviceWorkers: 'block',
    // Recording every first try takes a third of the run.
    trace: { mode: 'on-first-retry', screenshots: false, snapshots: true, sources: true },
    screenshot: 'only-on-failure',
    video: 'off',
    launchOptions: {
      executablePath: findCommand([...chromiumShell.commands, ...chromium.commands]) ?? 'chromium',
      args: [
        ...(asRoot ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--in-process-gpu', // nothing is drawn to a screen: a process less to talk to
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
