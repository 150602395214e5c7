import type { Clerk, ClerkParts } from './clerk/open.ts'

export type { Clerk } from './clerk/open.ts'

/** Clerk's SDK is read only where its keys are set: a product without it starts sooner. */
export async function openClerk(parts: ClerkParts): Promise<Clerk> {
  const clerk = await import('./clerk/open.ts')
  return clerk.openClerk(parts)
}
