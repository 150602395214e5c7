import type { Page } from '@playwright/test'

/**
 * What a notice tells of can be undone for seven seconds, and for as long as the pointer is on it: whoever looks at
 * another screen first keeps it there.
 */
export const keepNotice = (page: Page) => page.getByRole('button', { name: 'Undo' }).hover()
