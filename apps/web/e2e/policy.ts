import type { BrowserContext } from '@playwright/test'

/** How a violation begins in a console: as our listener tells it, and as Chromium does. */
const FORBIDDEN = /^forbidden: |violates the following Content Security Policy|Content Security Policy directive/

/** What the content security policy keeps any page of this context from doing is told, also where it is swallowed. */
export function watchPolicy(context: BrowserContext, forbidden: string[]) {
  context.on('console', (message) => {
    if (FORBIDDEN.test(message.text())) forbidden.push(`${message.text()} (${message.location().url})`)
  })
  // A context that closes at once needs no listener.
  context.addInitScript(listen).catch(() => undefined)
}

function listen() {
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile }) =>
    console.error(`forbidden: ${effectiveDirective} ${blockedURI} in ${sourceFile}`),
  )
}
