import { z } from 'zod'

/** Something Clerk said, by message or by listing, in the few words that matter here. */
export type Said = SaidOfUser | SaidOfOrganization | SaidOfMembership | { about: 'ended-session'; id: string }
export type SaidOfUser = {
  about: 'user'
  id: string
  name: string
  /** The primary address, once verified: nothing else identifies someone we know. */
  email: string | null
  saidMs: number
  isDeleted: boolean
  /** Banned: may come back, but not while it lasts. */
  isBarred: boolean
}
export type SaidOfOrganization = {
  about: 'organization'
  id: string
  name: string
  /** Ours, which it stands for; written at Clerk by whoever holds its secret key. */
  organizationId: string | null
  saidMs: number
  isDeleted: boolean
}
export type SaidOfMembership = {
  about: 'membership'
  clerkOrganizationId: string
  clerkUserId: string
  role: string
  name: string
  saidMs: number
  isDeleted: boolean
}

const Id = z.string().regex(/^[a-z]+_\w{1,100}$/)
const Milliseconds = z.int().nonnegative()
const Text = z.string().nullish()

const UserObject = z.object({
  id: Id,
  first_name: Text,
  last_name: Text,
  username: Text,
  banned: z.boolean().nullish(),
  primary_email_address_id: Text,
  email_addresses: z.array(
    z.object({ id: z.string(), email_address: z.string(), verification: z.object({ status: Text }).nullish() }),
  ),
  updated_at: Milliseconds,
})
const OrganizationObject = z.object({
  id: Id,
  name: z.string(),
  public_metadata: z.record(z.string(), z.unknown()).nullish(),
  updated_at: Milliseconds,
})
const MembershipObject = z.object({
  role: z.string(),
  organization: OrganizationObject,
  public_user_data: z.object({ user_id: Id, identifier: Text, first_name: Text, last_name: Text }),
  updated_at: Milliseconds,
})
const Deleted = z.object({ id: Id })

/** The messages that are read (Clerk's webhook catalogue); all others are taken and left. */
const Message = z.discriminatedUnion('type', [
  message(['user.created', 'user.updated'], UserObject),
  message(['organization.created', 'organization.updated'], OrganizationObject),
  message(['organizationMembership.created', 'organizationMembership.updated'], MembershipObject),
  message(['user.deleted'], Deleted),
  message(['organization.deleted'], Deleted),
  message(['organizationMembership.deleted'], MembershipObject),
  message(['session.ended', 'session.removed', 'session.revoked'], Deleted),
])

function message<const T extends string, D extends z.ZodType>(types: readonly T[], data: D) {
  return z.object({ type: z.enum(types), timestamp: Milliseconds, data })
}

/** What a verified message says; nothing, for kinds we do not read. Throws a ZodError for a shape that is not Clerk's. */
export function saidInMessage(body: unknown): Said[] {
  const { type } = z.object({ type: z.string() }).parse(body)
  if (!Message.options.some((option) => (option.shape.type.options as string[]).includes(type))) return []
  const { type: kind, data, timestamp } = Message.parse(body)
  switch (kind) {
    case 'user.created':
    case 'user.updated':
      return [saidOfUser(data)]
    case 'user.deleted':
      return [
        { about: 'user', id: data.id, name: '', email: null, saidMs: timestamp, isDeleted: true, isBarred: false },
      ]
    case 'organization.created':
    case 'organization.updated':
      return [saidOfOrganization(data)]
    case 'organization.deleted':
      return [
        { about: 'organization', id: data.id, name: '', organizationId: null, saidMs: timestamp, isDeleted: true },
      ]
    case 'organizationMembership.created':
    case 'organizationMembership.updated':
      return [saidOfOrganization(data.organization), saidOfMembership(data)]
    case 'organizationMembership.deleted':
      return [{ ...saidOfMembership(data), saidMs: timestamp, isDeleted: true }]
    default:
      return [{ about: 'ended-session', id: data.id }]
  }
}

/** A user as Clerk's messages and its API write one. */
export function saidOfUser(given: unknown): SaidOfUser {
  const user = UserObject.parse(given)
  const primary = user.email_addresses.find(({ id }) => id === user.primary_email_address_id)
  const isVerified = primary?.verification?.status === 'verified'
  const email = primary && isVerified ? primary.email_address.toLowerCase() : null
  return {
    about: 'user',
    id: user.id,
    name: nameOf(user.first_name, user.last_name) ?? user.username ?? email ?? user.id,
    email,
    saidMs: user.updated_at,
    isDeleted: false,
    isBarred: user.banned ?? false,
  }
}

export function saidOfOrganization(given: unknown): SaidOfOrganization {
  const organization = OrganizationObject.parse(given)
  const linked = z.uuid().safeParse(organization.public_metadata?.opsflowOrganizationId)
  return {
    about: 'organization',
    id: organization.id,
    name: organization.name.trim().slice(0, 200) || organization.id,
    organizationId: linked.success ? linked.data : null,
    saidMs: organization.updated_at,
    isDeleted: false,
  }
}

export function saidOfMembership(given: unknown): SaidOfMembership {
  const membership = MembershipObject.parse(given)
  const { user_id, identifier, first_name, last_name } = membership.public_user_data
  return {
    about: 'membership',
    clerkOrganizationId: membership.organization.id,
    clerkUserId: user_id,
    role: membership.role,
    name: nameOf(first_name, last_name) ?? identifier ?? user_id,
    saidMs: membership.updated_at,
    isDeleted: false,
  }
}

const nameOf = (first?: string | null, last?: string | null) =>
  [first, last].filter(Boolean).join(' ').trim().slice(0, 200) || undefined
