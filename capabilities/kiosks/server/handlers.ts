import type { People } from '@opsflow/capabilities/people/server'
import { can, demand } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { cursorKeys, isUuid, pageOf } from '@opsflow/platform/server/http/cursor'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import type { RateLimiter } from '@opsflow/platform/server/http/rate-limit'
import { shownCode } from '../code.ts'
import { type Kiosk, kioskRoutes, type PinHolder, type VouchedWork } from '../index.ts'
import { changeKiosk, revokeKiosk, wipeKiosk } from './change-kiosk.ts'
import { checkPin, kioskIdOf, type PinParts } from './check-pin.ts'
import { enrolTablet } from './enrol.ts'
import { newCode, newSecret, newTemporaryPin } from './secrets.ts'
import { demandGivable, setPin } from './set-pin.ts'
import { renewCode, setUpKiosk } from './set-up-kiosk.ts'
import { insertSession, KIOSKS, ONE_KIOSK, PIN_HOLDERS } from './store.ts'
import { VOUCHED_WORK } from './store-sync.ts'
import { forgetTablet, tabletView } from './tablet-view.ts'
import type { OpenTablets } from './tablets.ts'

export type KioskParts = PinParts & {
  tablets: OpenTablets
  identity: Pick<People['identity'], 'signOut'>
  authenticator: Pick<People['authenticator'], 'forget'>
  rateLimiter: Pick<RateLimiter, 'enrolment'>
}

export function kioskImplementations(parts: KioskParts): Implementation[] {
  const { tablets, directory, hashes, identity, authenticator, rateLimiter } = parts
  const { digest, cookies } = tablets

  return implement(kioskRoutes, {
    'GET /kiosks': async ({ actor, query: { limit, cursor, locationId }, readOne }) => {
      const [before] = cursorKeys(cursor, isUuid) ?? []
      const reach = actor.permissions.get('kiosks.manage')
      const here = reach instanceof Set ? [...reach] : null
      const values = [actor.tenantId, actor.organizationId, locationId, here, before, limit + 1]
      return pageOf(await readOne<Kiosk>(KIOSKS, values), limit, (last) => [last.id])
    },
    'POST /kiosks': async ({ body, write }) => {
      const code = newCode()
      // What the write returns is kept under the Idempotency-Key. The code is added to this answer only.
      const made = await write(async (tx) => {
        const { kiosk, expiresAt } = await setUpKiosk(tx, body, digest(code))
        return { ...kiosk, enrolment: { code: null, path: null, expiresAt } }
      })
      return { ...made, enrolment: { ...made.enrolment, ...shown(code) } }
    },
    'PATCH /kiosks/{id}': ({ params, body, write }) => write((tx) => changeKiosk(tx, params.id, body)),
    'POST /kiosks/{id}/enrolments': async ({ params, write }) => {
      const code = newCode()
      const made = await write(async (tx) => ({
        code: null,
        path: null,
        expiresAt: await renewCode(tx, params.id, digest(code)),
      }))
      return { ...made, ...shown(code) }
    },
    'GET /kiosks/{id}/vouched-work': async ({ actor, params: { id }, query: { limit, cursor }, readBatch }) => {
      const [before] = cursorKeys(cursor, isUuid) ?? []
      const [kiosks, work] = (await readBatch([
        { sql: ONE_KIOSK, params: [id, actor.organizationId] },
        { sql: VOUCHED_WORK, params: [actor.tenantId, id, before, limit + 1] },
      ])) as [Kiosk[], VouchedWork[]]
      if (!kiosks[0] || !can(actor, 'kiosks.manage', kiosks[0].locationId)) notFound()
      return pageOf(work, limit, (last) => [last.id])
    },
    'POST /kiosks/{id}/wipe': ({ params, write }) => write((tx) => wipeKiosk(tx, params.id)),
    'DELETE /kiosks/{id}': ({ params, write }) => write((tx) => revokeKiosk(tx, params.id)),

    'POST /kiosk-enrolments': async ({ body, database, http }) => {
      await rateLimiter.enrolment(http, http.ip)
      const enrolled = await enrolTablet(tablets, database, body.code)
      const { cookies: ended } = await identity.signOut(http.headers)
      authenticator.forget(http.headers)
      http.setHeader('set-cookie', [...ended, cookies.clearToken(), cookies.setKey(enrolled.key)])
      return { id: enrolled.id, name: enrolled.name }
    },
    'GET /kiosk': ({ actor, http, database }) => tabletView(tablets, actor, { http, database }),
    'DELETE /kiosk': async ({ http }) => {
      await forgetTablet(tablets, http)
      return undefined
    },

    'POST /kiosk-session': async ({ actor, body: { memberId, pin }, http }) => {
      kioskIdOf(actor)
      const token = newSecret()
      const claim = { memberId, pin, purpose: 'sign_in' as const }
      const person = await checkPin(parts, actor, claim, async (tx, { kioskId, locationId, ...proved }) => {
        const seat = await insertSession(tx, { kioskId, locationId, memberId, tokenHash: digest(token) })
        const { name, isTemporary, pinSetAt } = proved
        const provenAt = new Date().toISOString()
        return { id: memberId, name, mustChangePin: isTemporary, seat, pinSetAt, provenAt }
      })
      authenticator.forget(http.headers)
      http.setHeader('set-cookie', [cookies.setToken(token)])
      return person
    },
    'POST /kiosk-signatures': async ({ actor, body: { memberId, pin } }) => {
      kioskIdOf(actor)
      const claim = { memberId, pin, purpose: 'signature' as const }
      return checkPin(parts, actor, claim, async (_tx, { tryId, isTemporary }) =>
        isTemporary ? refuseTemporary() : { receipt: tryId },
      )
    },
    'POST /kiosk-session/activity': async ({ actor, http }) => {
      kioskIdOf(actor)
      await tablets.touch(http.headers)
      return undefined
    },
    'DELETE /kiosk-session': async ({ http }) => {
      await tablets.endSession(http.headers)
      authenticator.forget(http.headers)
      http.setHeader('set-cookie', [cookies.clearToken()])
      return undefined
    },

    'PUT /pin': async ({ actor, body: { pin, currentPin }, database, http }) => {
      if (pin === currentPin) refuseUnchanged()
      const next = { hash: await hashes.hash(actor.id, pin), isTemporary: false }
      if (actor.kioskId === undefined) await database.write(actor, (tx) => setPin(tx, actor.id, next))
      else {
        const claim = { memberId: actor.id, pin: currentPin ?? refuseWithout(), purpose: 'change' as const }
        await checkPin(parts, actor, claim, (tx) => setPin(tx, actor.id, next))
      }
      authenticator.forget(http.headers)
      return undefined
    },
    'GET /pins': async ({ actor, query: { locationId }, readOne }) => {
      const reach = actor.permissions.get('kiosks.manage')
      if (reach !== 'all' && !reach?.has(locationId)) notFound()
      return { items: await readOne<PinHolder>(PIN_HOLDERS, [actor.tenantId, actor.organizationId, locationId]) }
    },
    'POST /members/{id}/temporary-pin': async ({ actor, params: { id }, write }) => {
      demand(actor, 'kiosks.manage')
      await demandGivable(directory, actor, id)
      const pin = newTemporaryPin()
      const hash = await hashes.hash(id, pin)
      const made = await write(async (tx) => {
        await setPin(tx, id, { hash, isTemporary: true })
        return { pin: null }
      })
      return { ...made, pin }
    },
  })
}

const shown = (code: string) => ({ code: shownCode(code), path: `/kiosk#${code}` })

const refuseTemporary = () =>
  refuse('forbidden', 'kiosks.pin_temporary', {
    detail: 'Choose your own PIN first; nothing is signed with a given one.',
  })

const refuseUnchanged = () =>
  refuse('invalid', 'kiosks.pin_unchanged', {
    detail: 'Choose another PIN than the one so far.',
    errors: [{ path: 'body.pin', code: 'kiosks.pin_unchanged', message: 'Choose another PIN.' }],
  })

const refuseWithout = () =>
  refuse('invalid', 'input.invalid', {
    detail: 'At a shared tablet the PIN so far is needed.',
    errors: [{ path: 'body.currentPin', code: 'missing', message: 'Enter the PIN so far.' }],
  })
