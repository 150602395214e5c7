import { systemActor } from '@opsflow/platform/actor'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Database } from '@opsflow/platform/server/tenant'
import { foundTenant } from '../found-tenant.ts'
import { followMembership } from './follow-membership.ts'
import type { Said } from './said.ts'
import type { ClerkStore, LockedOrganization } from './store.ts'
import { renameOrganization } from './store-members.ts'

export type ClerkMirrorParts = {
  store: ClerkStore
  database: Database
  /** May an organization that someone makes at Clerk found a tenant here? Otherwise only linked ones come in. */
  foundsTenants: () => Promise<boolean>
  log: { info: (details: object, message: string) => void }
}

export type ClerkMirror = {
  /** Notes what was said and brings our rows in line. Twice, late or out of order: the outcome is the same. */
  hear: (said: readonly Said[]) => Promise<void>
  /** Brings one organization in line with what is noted, whatever was interrupted before. */
  settle: (clerkOrganizationId: string) => Promise<void>
}

export function clerkMirror({ store, database, foundsTenants, log }: ClerkMirrorParts): ClerkMirror {
  const settle = async (clerkOrganizationId: string) => {
    if (await foundsTenants()) await store.chooseIds(clerkOrganizationId)
    await store.whileLocked(clerkOrganizationId, async (locked) => {
      const { tenantId, organizationId } = locked
      if (!tenantId || !organizationId) return
      const actor = systemActor(tenantId, organizationId, 'clerk')
      if (!(await locked.exists(organizationId))) {
        if (locked.isDeleted) return
        await database.write(actor, (tx) =>
          foundTenant(tx, actor, { name: locked.name, organizationName: locked.name }),
        )
        log.info({ clerkOrganizationId, organizationId }, 'an organization of Clerk founded a tenant')
      } else if (!locked.isDeleted) {
        await database.write(actor, async (tx) => {
          const [renamed] = await renameOrganization(tx, actor, locked.name)
          if (!renamed) return
          const names = { before: { name: renamed.before }, after: { name: locked.name } }
          await recordEvent(tx, { name: 'people.organization_renamed', subjectId: organizationId, ...names })
        })
      }
      await settleMembers(locked, actor)
    })
  }

  const settleMembers = async (locked: LockedOrganization, actor: ReturnType<typeof systemActor>) => {
    for (const membership of await locked.unsettled()) {
      const granted = await database.write(actor, (tx) => followMembership(tx, actor, membership))
      await locked.settled(membership, granted)
    }
  }

  const note = async (said: Said): Promise<string[]> => {
    switch (said.about) {
      case 'user':
        await store.noteUser(said)
        return store.organizationsOfUser(said.id)
      case 'organization':
        await store.noteOrganization(said)
        if (said.organizationId) await store.link(said.id, said.organizationId)
        return [said.id]
      case 'membership':
        await store.noteMembership(said)
        return [said.clerkOrganizationId]
      case 'ended-session':
        await store.endSession(said.id)
        return []
    }
  }

  return {
    async hear(said) {
      const concerned = new Set<string>()
      for (const one of said) for (const id of await note(one)) concerned.add(id)
      for (const id of concerned) await settle(id)
    },
    settle,
  }
}
