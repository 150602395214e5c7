import { randomUUID } from 'node:crypto'
import type { TemplateContent } from '@opsflow/capabilities/checklists'
import { type LibraryTemplates, publishLibrary } from '@opsflow/capabilities/checklists/server'
import { makeGroup, openLocation } from '@opsflow/capabilities/locations/server'
import { devicePermissions, heldAs, permissionsOf, reachOf, rolePermissions } from '@opsflow/capabilities/people'
import { addMember, addOrganization, enrolDevice, foundTenant, newKey } from '@opsflow/capabilities/people/server'
import type { Actor } from '@opsflow/platform/actor'
import type { Tx } from '@opsflow/platform/server/tenant'
import { attributesOf, CHRISTMAS, openingHoursOf } from './chain.ts'
import { type DemoGround, demoActor } from './ground.ts'
import type { LocationPlan, TenantPlan } from './plan.ts'
import { DEMO_PASSWORD, type Person } from './roster.ts'
import { accountOf } from './store.ts'

/** A location of the demo as it was opened, and who acts there. */
export type Opened = {
  plan: LocationPlan
  id: string
  /** The system, in the location's organization. */
  system: Actor
  gateway: Actor
  /** Everyone who takes temperatures and does the work here, and who is responsible for it. */
  crew: readonly Actor[]
  managers: readonly Actor[]
  /** Who verifies what the others did. */
  verifier: Actor
}

export type Founded = { tenantId: string; system: Actor; brands: readonly FoundedBrand[]; locations: readonly Opened[] }
export type FoundedBrand = { system: Actor; templates: LibraryTemplates }

/** The tenant, its brands, locations, people and gateways. */
export async function foundChain(ground: DemoGround, plan: TenantPlan): Promise<Founded> {
  const tenantId = randomUUID()
  const accounts = await openAccounts(ground, plan.people)
  const locations: Opened[] = []
  const brands: FoundedBrand[] = []
  for (const brand of plan.brands) {
    const system = demoActor(tenantId, randomUUID())
    await ground.app.write(system, async (tx) => {
      const isFirst = brands.length === 0
      if (isFirst) {
        await foundTenant(tx, system, {
          name: plan.name,
          planType: 'professional',
          isDemo: true,
          organizationName: brand.name,
        })
      } else await addOrganization(tx, system, brand.name)
      locations.push(...(await openBrand(tx, ground, system, brand, plan.people, accounts)))
    })
    const kinds = new Set(brand.locations.map(({ kind }) => kind))
    const templates = await ground.app.write(system, (tx) => publishLibrary(tx, kinds, 'en', asTheChainHasIt))
    brands.push({ system, templates })
  }
  const [first] = brands
  if (!first) throw new Error(`${plan.name} has no brand`)
  return { tenantId, system: first.system, brands, locations }
}

/**
 * Nobody took photos for the demo: its weeks of history are complete without. What is scored as New York's inspectors do, the chain
 * keeps as health inspections.
 */
const asTheChainHasIt = (draft: TemplateContent): TemplateContent => ({
  ...draft,
  scoring: draft.scoring?.scheme === 'nyc' ? { ...draft.scoring, auditType: 'health_inspection' } : draft.scoring,
  sections: draft.sections.map((section) => ({
    ...section,
    items: section.items.map((item) => (item.kind === 'photo' ? { ...item, required: false } : item)),
  })),
})

/** One password for all, hashed once: hashing is slow on purpose. */
async function openAccounts({ identity, auth }: DemoGround, people: readonly Person[]): Promise<Map<string, string>> {
  const passwordHash = await identity.hashPassword(DEMO_PASSWORD)
  const accounts = new Map<string, string>()
  for (const { key, name, email } of people) {
    if (email === null) continue
    const known = await accountOf(auth, email)
    accounts.set(key, known ?? (await identity.createAccount({ name, email, passwordHash })).userId)
  }
  return accounts
}

async function openBrand(
  tx: Tx,
  ground: DemoGround,
  system: Actor,
  brand: TenantPlan['brands'][number],
  people: readonly Person[],
  accounts: ReadonlyMap<string, string>,
): Promise<Opened[]> {
  const ids = new Map<string, string>()
  const groups = await makeGroups(tx, system, brand)
  for (const [n, { key, name, kind, address, position, timezone, groups: line }] of brand.locations.entries()) {
    const place = {
      name,
      code: `${initialsOf(brand.name)}-${String(n + 1).padStart(2, '0')}`,
      kind,
      address,
      ...position,
      timezone,
      groupId: groups.get(line.at(-1) ?? '') ?? null,
      openingHours: openingHoursOf[kind],
      specialDays: [CHRISTMAS],
      attributes: attributesOf[kind],
    }
    ids.set(key, (await openLocation(tx, system, place)).id)
  }
  const members: { post: Person['posts'][number]; actor: Actor }[] = []
  for (const person of people) {
    for (const post of person.posts.filter((one) => one.brand === brand.slug)) {
      const grants = grantsOf(post, ids, groups)
      const userId = accounts.get(person.key) ?? null
      const { id } = await addMember(tx, system, { userId, name: person.name, email: person.email, grants })
      members.push({ post, actor: memberActor(system, id, person.name, post, ids) })
    }
  }
  const inRole = (role: string, at: string) =>
    members
      .filter(({ post }) => post.role === role && (post.locations === null || post.locations.includes(at)))
      .map(({ actor }) => actor)
  const [admin] = inRole('org:admin', '')
  if (!admin) throw new Error(`${brand.name} has no admin`)
  const opened: Opened[] = []
  for (const plan of brand.locations) {
    const id = ids.get(plan.key) as string
    const gateway = await enrolDevice(
      tx,
      admin,
      { locationId: id, name: `${plan.name} gateway`, kind: 'gateway' },
      newKey('ofd'),
      ground.digest,
    )
    const managers = inRole('org:manager', plan.key)
    opened.push({
      plan,
      id,
      system,
      gateway: gatewayActor(system, gateway.id, gateway.name, id),
      crew: inRole('org:member', plan.key),
      managers,
      verifier: managers.at(0) ?? admin,
    })
  }
  return opened
}

/** The brand's regions and districts, by their names. */
async function makeGroups(
  tx: Tx,
  system: Actor,
  { locations }: TenantPlan['brands'][number],
): Promise<Map<string, string>> {
  const groups = new Map<string, string>()
  for (const { groups: line } of locations) {
    for (const [depth, name] of line.entries()) {
      if (groups.has(name)) continue
      const parentId = groups.get(line[depth - 1] ?? '') ?? null
      groups.set(name, (await makeGroup(tx, system, { name, parentId }, rolePermissions)).id)
    }
  }
  return groups
}

/** `Brass Bell Burgers` → BBB */
const initialsOf = (name: string) => name.replaceAll(/[^A-Z]/g, '')

type Post = Person['posts'][number]

function grantsOf({ role, locations, group }: Post, ids: ReadonlyMap<string, string>, groups: Map<string, string>) {
  const groupId = groups.get(group ?? '')
  if (groupId) return [{ role, groupId }]
  return placesOf(locations, ids)?.map((locationId) => ({ role, locationId })) ?? [{ role }]
}

const placesOf = (locations: Post['locations'], ids: ReadonlyMap<string, string>) =>
  locations?.map((key) => ids.get(key) as string) ?? null

/** As the person would be after signing in. */
function memberActor(
  { tenantId, organizationId }: Actor,
  id: string,
  name: string,
  { role, locations }: Post,
  ids: ReadonlyMap<string, string>,
): Actor {
  const permissions = permissionsOf([heldAs(role, placesOf(locations, ids))])
  return { tenantId, organizationId, kind: 'member', id, name, permissions, locationIds: reachOf(permissions) }
}

export function gatewayActor({ tenantId, organizationId }: Actor, id: string, name: string, locationId: string): Actor {
  const here = new Set([locationId])
  const permissions = new Map(devicePermissions.map((permission) => [permission, here]))
  return { tenantId, organizationId, kind: 'device', id, name, permissions, locationIds: here }
}

/** One of the crew, counted round. */
export const crewMember = ({ crew }: Opened, by: number): Actor => crew[by % crew.length] as Actor
