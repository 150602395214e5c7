import type { IncomingHttpHeaders } from 'node:http'
import { type Digest, digestWith, type TabletState, type Tablets } from '@opsflow/capabilities/people/server'
import { withClient } from '@opsflow/platform/server/tenant'
import { type TabletCookies, tabletCookies } from './cookies.ts'
import { newSecret } from './secrets.ts'
import {
  END_SESSION,
  END_SESSIONS_OF_KIOSK,
  ENROL,
  type Enrolled,
  NOTE_TABLET,
  NOTE_WIPE,
  TABLET_BY_KEY,
  TABLETS,
  type TabletRow,
  TOUCH,
} from './store-tablets.ts'

type Pool = Parameters<typeof withClient>[0]

export type TabletParts = {
  /** As opsflow_auth. */
  pool: Pool
  /** Keys the digests of keys, tokens and codes. */
  pepper: string
  publicUrl: string
}

/** Tablets known by their cookies, before any tenant is: the third way in, and what a tablet does about itself. */
export type OpenTablets = Tablets & {
  cookies: TabletCookies
  digest: Digest
  /** As it stands, also when it was wiped. */
  rowOf: (headers: IncomingHttpHeaders) => Promise<TabletRow | undefined>
  noteWipe: (row: TabletRow) => Promise<unknown>
  /** Undefined when the code is unknown, used or too old. */
  enrol: (code: string) => Promise<(Enrolled & { key: string }) | undefined>
  touch: (headers: IncomingHttpHeaders) => Promise<unknown>
  endSession: (headers: IncomingHttpHeaders) => Promise<unknown>
}

export function openTablets({ pool, pepper, publicUrl }: TabletParts): OpenTablets {
  const cookies = tabletCookies(publicUrl)
  const digest = digestWith(pepper)
  const ask = <Row extends object>(text: string, values: unknown[]) =>
    withClient(pool, async (client) => (await client.query<Row>(text, values)).rows)

  const rowOf = async (headers: IncomingHttpHeaders) => {
    const key = cookies.keyIn(headers)
    if (!key) return undefined
    const token = cookies.tokenIn(headers)
    const [row] = await ask<TabletRow>(TABLET_BY_KEY, [digest(key), token && digest(token)])
    // Beside the request: a note that fails is no reason to refuse.
    if (row?.unnoted) ask(NOTE_TABLET, [row.tenantId, row.kioskId]).catch(() => undefined)
    return row
  }
  const byToken = async (headers: IncomingHttpHeaders, statement: string) => {
    const token = cookies.tokenIn(headers)
    if (token) await ask(statement, [digest(token)])
  }

  return {
    cookies,
    digest,
    rowOf,
    credentialIn: (headers) => {
      const key = cookies.keyIn(headers)
      return key && `${key} ${cookies.tokenIn(headers) ?? ''}`
    },
    async stateOf(headers) {
      const row = await rowOf(headers)
      return row && !row.isWiped ? stateIn(row) : null
    },
    async statesOf(asked) {
      const columns = [
        asked.map(({ tenantId }) => tenantId),
        asked.map(({ kioskId }) => kioskId),
        asked.map(({ sessionId }) => sessionId),
      ]
      const rows = await ask<TabletRow>(TABLETS, columns)
      const states = new Map(rows.map((row) => [`${row.tenantId} ${row.kioskId} ${row.sessionId}`, stateIn(row)]))
      // A session that is over is not found with its id, but the tablet is: then nobody is at it.
      return asked.map(
        ({ tenantId, kioskId, sessionId }) =>
          states.get(`${tenantId} ${kioskId} ${sessionId}`) ?? states.get(`${tenantId} ${kioskId} ${null}`) ?? null,
      )
    },
    noteWipe: ({ tenantId, kioskId }) => ask(NOTE_WIPE, [tenantId, kioskId]),
    async enrol(code) {
      const key = newSecret()
      const [enrolled] = await ask<Enrolled>(ENROL, [digest(code), digest(key)])
      if (!enrolled) return undefined
      await ask(END_SESSIONS_OF_KIOSK, [enrolled.tenantId, enrolled.id])
      return { ...enrolled, key }
    },
    touch: (headers) => byToken(headers, TOUCH),
    endSession: (headers) => byToken(headers, END_SESSION),
  }
}

const stateIn = (row: TabletRow): TabletState => ({
  tenantId: row.tenantId,
  organizationId: row.organizationId,
  organization: { name: row.organizationName, slug: row.slug },
  suspended: row.suspended,
  kioskId: row.kioskId,
  name: row.name,
  locationId: row.locationId,
  isLocked: row.isLocked,
  session:
    row.sessionId && row.memberId
      ? { id: row.sessionId, memberId: row.memberId, mustChangePin: row.mustChangePin }
      : null,
})
