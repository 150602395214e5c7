import type { ClerkUIConstructor } from '@clerk/shared/ui'

export type ClerkDoor = { publishableKey: string; frontendApi: string }

/** The part of Clerk's own script that is used here. */
export type ClerkInPage = {
  load: (options: object) => Promise<void>
  session: { id: string } | null | undefined
  addListener: (heard: (now: { session?: { id: string } | null }) => void) => () => void
  mountSignIn: (at: HTMLDivElement, options: object) => void
  unmountSignIn: (at: HTMLDivElement) => void
  openUserProfile: () => void
  signOut: () => Promise<void>
}

let loaded: Promise<ClerkInPage> | undefined

/** Clerk's script, from its own host; once in a page. From then on it keeps the session's cookie fresh. */
export function loadClerk({ publishableKey }: Pick<ClerkDoor, 'publishableKey'>): Promise<ClerkInPage> {
  loaded ??= load(publishableKey).catch((error) => {
    loaded = undefined
    throw error
  })
  return loaded
}

async function load(publishableKey: string): Promise<ClerkInPage> {
  const { loadClerkJSScript, loadClerkUIScript } = await import('@clerk/shared/loadClerkJsScript')
  await Promise.all([loadClerkJSScript({ publishableKey }), loadClerkUIScript({ publishableKey })])
  const page = window as unknown as { Clerk?: ClerkInPage; __internal_ClerkUICtor?: ClerkUIConstructor }
  if (!page.Clerk) throw new Error('Clerk’s script did not arrive')
  await page.Clerk.load({ ui: { ClerkUI: page.__internal_ClerkUICtor } })
  return page.Clerk
}

/** Clerk marks a signed-in browser with this cookie; its value is no secret. */
export const isSignedInAtClerk = () => /(?:^|; )__client_uat=[1-9]/.test(document.cookie)

/** Ends the session at Clerk too, where there is one. */
export async function leaveClerk(): Promise<void> {
  if (isSignedInAtClerk()) await (await loaded)?.signOut()
}
