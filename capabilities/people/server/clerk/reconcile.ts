import type { ClerkClient } from '@clerk/backend'
import type { ClerkMirror } from './mirror.ts'
import { type Said, saidOfMembership, saidOfOrganization, saidOfUser } from './said.ts'
import type { ClerkStore } from './store.ts'

export type Reconciled = { users: number; organizations: number; memberships: number; gone: number }
type ReconcileParts = { client: ClerkClient; mirror: ClerkMirror; store: ClerkStore; now?: () => number }

const PAGE = 100

/**
 * Asks Clerk for everything and hears it as if it were said now: what messages were lost comes in, and what Clerk no
 * longer knows ends. Something that changes while it is read is not undone: the message about it is newer.
 */
export async function reconcile({ client, mirror, store, now = Date.now }: ReconcileParts): Promise<Reconciled> {
  const since = now()
  const users = await everyPage((page) => client.users.getUserList({ ...page, orderBy: '+created_at' }))
  const organizations = await everyPage((page) => client.organizations.getOrganizationList(page))
  await mirror.hear(users.map((user) => saidOfUser(user.raw)))
  let memberships = 0
  const gone: Said[] = absent(
    await store.users(),
    ({ id }) => id,
    users.map(({ id }) => id),
  ).map(({ id }) => ({
    about: 'user',
    id,
    name: '',
    email: null,
    saidMs: since,
    isDeleted: true,
    isBarred: false,
  }))

  for (const organization of organizations) {
    await mirror.hear([saidOfOrganization(organization.raw)])
    const listed = await everyPage((page) =>
      client.organizations.getOrganizationMembershipList({ organizationId: organization.id, ...page }),
    )
    const said = listed.map((membership) => saidOfMembership(membership.raw))
    memberships += said.length
    await mirror.hear(said)
    const known = await store.memberships(organization.id)
    for (const { clerkUserId } of absent(
      known,
      (one) => one.clerkUserId,
      said.map((one) => one.clerkUserId),
    )) {
      const ended = { role: '', name: '', saidMs: since, isDeleted: true }
      gone.push({ about: 'membership', clerkOrganizationId: organization.id, clerkUserId, ...ended })
    }
    await mirror.settle(organization.id)
  }
  const known = (await store.organizations()).filter(({ isDeleted }) => !isDeleted)
  for (const { id } of absent(
    known,
    (one) => one.id,
    organizations.map((one) => one.id),
  )) {
    gone.push({ about: 'organization', id, name: '', organizationId: null, saidMs: since, isDeleted: true })
  }
  await mirror.hear(gone)
  return { users: users.length, organizations: organizations.length, memberships, gone: gone.length }
}

async function everyPage<T>(list: (page: { limit: number; offset: number }) => Promise<{ data: T[] }>): Promise<T[]> {
  const all: T[] = []
  for (;;) {
    const { data } = await list({ limit: PAGE, offset: all.length })
    all.push(...data)
    if (data.length < PAGE) return all
  }
}

function absent<T>(known: readonly T[], idOf: (one: T) => string, present: readonly string[]): T[] {
  const there = new Set(present)
  return known.filter((one) => !there.has(idOf(one)))
}
