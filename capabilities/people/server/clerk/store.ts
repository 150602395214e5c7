import { randomUUID } from 'node:crypto'
import { withClient } from '@opsflow/platform/server/tenant'
import type pg from 'pg'
import type { SaidOfMembership, SaidOfOrganization, SaidOfUser } from './said.ts'

/** The mirror of what Clerk said, in schema auth, as opsflow_auth. Older news never replaces newer. */
export type ClerkStore = ReturnType<typeof clerkStoreIn>

export type MirroredOrganization = {
  id: string
  tenantId: string | null
  organizationId: string | null
  name: string
  isDeleted: boolean
}
export type Unsettled = {
  clerkUserId: string
  userId: string
  email: string
  name: string
  role: string
  grantedRole: string | null
  saidMs: string
  isDeleted: boolean
}

/** An open socket asks for no new token; it stands this long after the last one. */
const GRACE_SECONDS = 300

export function clerkStoreIn(pool: pg.Pool) {
  const ask = <Row extends pg.QueryResultRow>(text: string, values: unknown[] = [], name?: string) =>
    withClient(pool, async (client) => (await client.query<Row>({ text, values, ...(name && { name }) })).rows)

  return {
    async noteUser(said: SaidOfUser): Promise<void> {
      const noted = await ask(
        `insert into auth.clerk_users as u (id, said_ms, is_deleted) values ($1, $2, $3)
         on conflict (id) do update set said_ms = excluded.said_ms, is_deleted = excluded.is_deleted
           where u.said_ms <= excluded.said_ms and not u.is_deleted
         returning id`,
        [said.id, said.saidMs, said.isDeleted],
      )
      if (noted.length === 0) return
      if (said.email) await recognise(pool, said.id, said.email, said.name)
      if (said.isDeleted || said.isBarred) {
        await ask(
          `update auth.clerk_sessions set ended_at = now()
            where ended_at is null and user_id = (select user_id from auth.clerk_users where id = $1)`,
          [said.id],
        )
      }
      if (said.isDeleted) {
        await ask(
          `update auth.clerk_memberships set is_deleted = true, said_ms = greatest(said_ms + 1, $2)
            where clerk_user_id = $1 and not is_deleted`,
          [said.id, said.saidMs],
        )
      }
    },

    noteOrganization: (said: SaidOfOrganization) =>
      ask(
        `insert into auth.clerk_organizations as o (id, name, said_ms, is_deleted) values ($1, $2, $3, $4)
         on conflict (id) do update set said_ms = excluded.said_ms, is_deleted = excluded.is_deleted,
                                        name = case when excluded.is_deleted then o.name else excluded.name end
           where o.said_ms <= excluded.said_ms and not o.is_deleted`,
        [said.id, said.name, said.saidMs, said.isDeleted],
      ),

    /** Clerk's organization stands for ours from now on. The first link of either holds. */
    link: (clerkOrganizationId: string, organizationId: string) =>
      ask(
        `update auth.clerk_organizations c set tenant_id = o.tenant_id, organization_id = o.id
           from organizations o
          where c.id = $1 and o.id = $2 and c.organization_id is null
            and not exists (select from auth.clerk_organizations x where x.organization_id = o.id)
         returning c.id`,
        [clerkOrganizationId, organizationId],
      ),

    /** Ids of a tenant and organization to be founded, kept before anything is: a second try founds the same. */
    chooseIds: (clerkOrganizationId: string) =>
      ask(
        `update auth.clerk_organizations set tenant_id = $2, organization_id = $3
          where id = $1 and organization_id is null and not is_deleted`,
        [clerkOrganizationId, randomUUID(), randomUUID()],
      ),

    noteMembership: (said: SaidOfMembership) =>
      ask(
        `insert into auth.clerk_memberships as m (clerk_organization_id, clerk_user_id, role, name, said_ms, is_deleted)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (clerk_organization_id, clerk_user_id) do update
           set role = excluded.role, name = excluded.name, said_ms = excluded.said_ms, is_deleted = excluded.is_deleted
           where m.said_ms <= excluded.said_ms`,
        [said.clerkOrganizationId, said.clerkUserId, said.role, said.name, said.saidMs, said.isDeleted],
      ),

    endSession: (id: string) => ask('update auth.clerk_sessions set ended_at = now() where id = $1', [id]),

    /** The person behind a verified token, unless the session has ended; notes that it was seen. */
    async sessionSeen(sessionId: string, clerkUserId: string, until: Date): Promise<string | undefined> {
      const [seen] = await ask<{ user_id: string; is_over: boolean }>(
        `insert into auth.clerk_sessions as s (id, user_id, seen_until)
         select $1, user_id, $3::timestamptz + make_interval(secs => $4) from auth.clerk_users
          where id = $2 and user_id is not null and not is_deleted
         on conflict (id) do update set seen_until = greatest(s.seen_until, excluded.seen_until)
           where s.user_id = excluded.user_id
         returning user_id, ended_at is not null as is_over`,
        [sessionId, clerkUserId, until, GRACE_SECONDS],
        'clerk-session-seen',
      )
      return seen && !seen.is_over ? seen.user_id : undefined
    },

    sessions: (ids: readonly string[]) =>
      ask<{ id: string; user_id: string }>(
        `select id, user_id from auth.clerk_sessions where id = any ($1) and ended_at is null and seen_until > now()`,
        [ids],
        'clerk-sessions',
      ),

    organizationOf: async (clerkOrganizationId: string) =>
      (
        await ask<{ organization_id: string | null }>(
          'select organization_id from auth.clerk_organizations where id = $1 and not is_deleted',
          [clerkOrganizationId],
          'clerk-organization',
        )
      )[0]?.organization_id ?? null,

    organizationsOfUser: async (clerkUserId: string) =>
      (
        await ask<{ id: string }>(
          'select clerk_organization_id as id from auth.clerk_memberships where clerk_user_id = $1',
          [clerkUserId],
        )
      ).map(({ id }) => id),

    organizations: () =>
      ask<MirroredOrganization & { slug: string | null; unsettled: number; waiting: number }>(
        `select c.id, c.tenant_id as "tenantId", c.organization_id as "organizationId", c.name,
                c.is_deleted as "isDeleted", o.slug,
                (select count(*)::int from auth.clerk_memberships m
                  where m.clerk_organization_id = c.id and m.settled_ms is distinct from m.said_ms) as unsettled,
                (select count(*)::int from auth.clerk_memberships m left join auth.clerk_users u on u.id = m.clerk_user_id
                  where m.clerk_organization_id = c.id and not m.is_deleted and u.user_id is null) as waiting
           from auth.clerk_organizations c left join organizations o on o.id = c.organization_id
          order by c.name, c.id`,
      ),

    memberships: (clerkOrganizationId: string) =>
      ask<{ clerkUserId: string }>(
        `select clerk_user_id as "clerkUserId" from auth.clerk_memberships
          where clerk_organization_id = $1 and not is_deleted`,
        [clerkOrganizationId],
      ),
    users: () => ask<{ id: string }>('select id from auth.clerk_users where not is_deleted'),

    /** Members of ours who could sign in before, and whom Clerk's organization does not know. */
    missingAtClerk: (organizationId: string) =>
      ask<{ name: string; email: string | null }>(
        `select m.name, m.email from members m
          where m.organization_id = $1 and m.user_id is not null and m.status = 'active'
            and not exists (
              select from auth.clerk_memberships c
                join auth.clerk_organizations o on o.id = c.clerk_organization_id
                join auth.clerk_users u on u.id = c.clerk_user_id
               where o.organization_id = $1 and u.user_id = m.user_id and not c.is_deleted)
          order by m.name`,
        [organizationId],
      ),

    organizationBySlug: (slug: string) => ask<{ id: string }>('select id from organizations where slug = $1', [slug]),

    /** One at a time brings an organization in line: its row is locked while the work is done. */
    whileLocked: (clerkOrganizationId: string, work: (locked: LockedOrganization) => Promise<void>): Promise<void> =>
      withClient(pool, async (client) => {
        await client.query('begin')
        try {
          const locked = await lockedOrganization(client, clerkOrganizationId)
          if (locked) await work(locked)
          await client.query('commit')
        } catch (error) {
          await client.query('rollback')
          throw error
        }
      }),
  }
}

export type LockedOrganization = MirroredOrganization & {
  exists: (organizationId: string) => Promise<boolean>
  unsettled: () => Promise<Unsettled[]>
  settled: (membership: Unsettled, grantedRole: string | null) => Promise<void>
}

async function lockedOrganization(client: pg.PoolClient, id: string): Promise<LockedOrganization | undefined> {
  const { rows } = await client.query<MirroredOrganization>(
    `select id, tenant_id as "tenantId", organization_id as "organizationId", name, is_deleted as "isDeleted"
       from auth.clerk_organizations where id = $1 for update`,
    [id],
  )
  const [organization] = rows
  if (!organization) return undefined
  return {
    ...organization,
    exists: async (organizationId) =>
      (await client.query('select from organizations where id = $1', [organizationId])).rowCount === 1,
    async unsettled() {
      const { rows: found } = await client.query<Unsettled>(
        `select m.clerk_user_id as "clerkUserId", u.user_id as "userId", p.email, m.name, m.role,
                m.granted_role as "grantedRole", m.said_ms::text as "saidMs",
                m.is_deleted or u.is_deleted or o.is_deleted as "isDeleted"
           from auth.clerk_memberships m
           join auth.clerk_organizations o on o.id = m.clerk_organization_id
           join auth.clerk_users u on u.id = m.clerk_user_id
           join auth.users p on p.id = u.user_id
          where m.clerk_organization_id = $1 and (m.settled_ms is distinct from m.said_ms or (o.is_deleted and m.granted_role is not null))
          order by m.clerk_user_id`,
        [id],
      )
      return found
    },
    async settled({ clerkUserId, saidMs }, grantedRole) {
      await client.query(
        `update auth.clerk_memberships set settled_ms = $3, granted_role = $4
          where clerk_organization_id = $1 and clerk_user_id = $2`,
        [id, clerkUserId, saidMs, grantedRole],
      )
    },
  }
}

/**
 * The account behind a verified address: the one we know by it, or a new one. An account that had never verified this
 * address may have been opened by anyone: what was set up on it ends here.
 */
async function recognise(pool: pg.Pool, clerkUserId: string, email: string, name: string): Promise<void> {
  await withClient(pool, async (client) => {
    await client.query('begin')
    try {
      const known = await client.query<{ user_id: string | null }>(
        'select user_id from auth.clerk_users where id = $1 for update',
        [clerkUserId],
      )
      const userId = known.rows[0]?.user_id
      if (userId) {
        await client.query(
          `update auth.users set email = $2, updated_at = now()
            where id = $1 and email <> $2 and not exists (select from auth.users where email = $2)`,
          [userId, email],
        )
      } else {
        const { rows } = await client.query<{ id: string; was_verified: boolean }>(
          `with before as (select id, email_verified from auth.users where email = $2)
           insert into auth.users (id, name, email, email_verified) values ($1, $3, $2, true)
           on conflict (email) do update set email_verified = true, updated_at = now()
           returning id, coalesce((select email_verified from before), true) as was_verified`,
          [randomUUID(), email, name],
        )
        const account = rows[0] as { id: string; was_verified: boolean }
        if (!account.was_verified) {
          await client.query('delete from auth.accounts where user_id = $1', [account.id])
          await client.query('delete from auth.sessions where user_id = $1', [account.id])
        }
        await client.query(
          `update auth.clerk_users set user_id = $2
            where id = $1 and not exists (select from auth.clerk_users where user_id = $2)`,
          [clerkUserId, account.id],
        )
      }
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw error
    }
  })
}
