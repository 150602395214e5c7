import type { LaunchOptions } from '@playwright/test'
import { chromium, findCommand } from '../../../scripts/test/system.ts'

/** One that also has a window, and so can install apps and show notifications. */
export const inWholeBrowser = (options: LaunchOptions = {}): LaunchOptions => ({
  ...options,
  executablePath: findCommand(chromium.commands) ?? 'chromium',
})
