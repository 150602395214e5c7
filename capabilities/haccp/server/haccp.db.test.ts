import { createHash, randomUUID } from 'node:crypto'
import type { Actor } from '@opsflow/platform/actor'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canonical } from '../differences.ts'
import type { HaccpPlan, HaccpRevision } from '../haccp-plan.ts'
import type { PlanContent } from '../plan.ts'
import { type Kitchen, openKitchen } from './kitchen.for-tests.ts'
import { askForReviews } from './review-watch.ts'

let kitchen: Kitchen
beforeAll(async () => {
  kitchen = await openKitchen()
  await kitchen.list(today(), 'missed')
})
afterAll(() => kitchen.close())

const today = () => new Date().toISOString().slice(0, 10)
let names = 0
const begin = (actor: Actor, more: object = {}) =>
  kitchen.ask(actor, 'POST /haccp-plans', {
    locationId: kitchen.downtown,
    name: `Plan ${++names}`,
    from: 'restaurant',
    ...more,
  })
const save = (plan: HaccpPlan, draft: PlanContent, actor: Actor = kitchen.actors.manager) =>
  kitchen.ask(actor, `PUT /haccp-plans/${plan.id}/draft`, { revision: plan.revision, draft })
const sign = (plan: HaccpPlan, actor: Actor = kitchen.actors.manager) =>
  kitchen.ask(actor, `POST /haccp-plans/${plan.id}/revisions`, { revision: plan.revision, note: 'First' })

/** Named, confirmed, and tied where our plan found nothing here. */
function finished({ draft }: HaccpPlan): PlanContent {
  const tie = { kind: 'process' as const, id: randomUUID(), process: 'cooking' as const, perDay: 0 }
  return {
    ...draft,
    team: draft.team.map((one, n) => ({ ...one, name: `Person ${n}` })),
    confirmation: { by: 'Mona', on: '2026-01-02' },
    controls: draft.controls.map((one) =>
      one.ties.length > 0 ? one : { ...one, ties: [{ ...tie, id: randomUUID() }] },
    ),
  }
}

async function signed(): Promise<{ plan: HaccpPlan; revision: HaccpRevision }> {
  const begun = (await begin(kitchen.actors.manager)).body as HaccpPlan
  const plan = (await save(begun, finished(begun))).body as HaccpPlan
  const { body } = await sign(plan)
  return { plan: (await kitchen.ask(kitchen.actors.manager, `GET /haccp-plans/${plan.id}`)).body, revision: body }
}

describe('writing a plan', () => {
  test('our plan of a restaurant is tied to the units and schedules that are here', async () => {
    const { status, body } = await begin(kitchen.actors.manager)
    expect(status).toBe(201)
    const ties = (body as HaccpPlan).draft.controls.flatMap((control) => control.ties)
    expect(ties.filter(({ kind }) => kind === 'unit').map((tie) => 'unitId' in tie && tie.unitId)).toEqual([
      kitchen.ids.cooler,
      kitchen.ids.well,
    ])
    expect(ties.some((tie) => 'scheduleId' in tie && tie.scheduleId === kitchen.ids.schedule)).toBe(true)
    expect(body).toMatchObject({ points: 5, isChanged: true, inForce: null, revisions: [] })
    expect(body.missing.map(({ code }: { code: string }) => code)).toEqual(
      expect.arrayContaining(['member_unnamed', 'not_confirmed', 'not_tied']),
    )
  })

  test('of two who write at once the second is told', async () => {
    const plan = (await begin(kitchen.actors.manager)).body as HaccpPlan
    expect((await save(plan, { ...plan.draft, scope: 'One' })).body).toMatchObject({
      revision: 2,
      draft: { scope: 'One' },
    })
    const second = await save(plan, { ...plan.draft, scope: 'Other' })
    expect([second.status, second.body.code]).toEqual([409, 'haccp.changed_meanwhile'])
  })

  test('what does not hold together is refused by its place', async () => {
    const plan = (await begin(kitchen.actors.manager)).body as HaccpPlan
    const [hazard] = plan.draft.hazards
    const lost = { ...plan.draft, hazards: [{ ...(hazard as PlanContent['hazards'][number]), stepId: randomUUID() }] }
    const { status, body } = await save(plan, lost)
    expect([status, body.errors[0]]).toMatchObject([
      422,
      { path: 'body.draft.hazards[0].stepId', code: 'haccp.step_unknown' },
    ])
    const early = await save(plan, { ...plan.draft, confirmation: { by: 'Mona', on: '2999-01-01' } })
    expect([early.status, early.body.code]).toEqual([422, 'haccp.day_to_come'])
  })

  test('a name is there once at a location, until its plan is archived', async () => {
    const plan = (await begin(kitchen.actors.manager, { name: 'Kitchen' })).body as HaccpPlan
    expect((await begin(kitchen.actors.manager, { name: 'KITCHEN' })).body.code).toBe('haccp.name_taken')
    const path = `PATCH /haccp-plans/${plan.id}`
    expect((await kitchen.ask(kitchen.actors.manager, path, { archived: true })).body.archivedAt).not.toBeNull()
    expect((await save(plan, plan.draft)).body.code).toBe('haccp.archived')
    expect((await begin(kitchen.actors.manager, { name: 'Kitchen' })).status).toBe(201)
    expect((await kitchen.ask(kitchen.actors.manager, path, { archived: false })).body.code).toBe('haccp.name_taken')
  })

  test('a copy for another kitchen is tied to its units, and nobody has looked there yet', async () => {
    const begun = (await begin(kitchen.actors.chef)).body as HaccpPlan
    const plan = (await save(begun, finished(begun), kitchen.actors.chef)).body as HaccpPlan
    const far = await kitchen.unit('Grab and go', 'walk_in_cooler', kitchen.airport)
    const { body } = await begin(kitchen.actors.chef, { locationId: kitchen.airport, from: { planId: plan.id } })
    const units = (body as HaccpPlan).draft.controls.flatMap(({ ties }) =>
      ties.flatMap((tie) => ('unitId' in tie ? [tie.unitId] : [])),
    )
    expect([units, body.draft.confirmation]).toEqual([[far], null])
  })
})

describe('signing', () => {
  test('a plan that lacks something is not signed, and says what by its step', async () => {
    const plan = (await begin(kitchen.actors.manager)).body as HaccpPlan
    const { status, body } = await sign(plan)
    expect([status, body.code]).toEqual([422, 'haccp.incomplete'])
    expect(body.errors.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`)).toContain(
      'draft.confirmation haccp.not_confirmed',
    )
  })

  test('a revision is numbered, signed by name, and its digest is of all it says', async () => {
    const { plan, revision } = await signed()
    expect(revision).toMatchObject({
      number: 1,
      signedBy: { name: 'Mona' },
      isInForce: true,
      before: null,
      note: 'First',
    })
    expect(revision.shown.units[kitchen.ids.cooler]).toBe('Walk-in')
    const { number, name, content, shown } = revision
    const digest = createHash('sha256').update(canonical({ number, name, content, shown })).digest('hex')
    expect(revision.digest).toBe(digest)
    expect(plan).toMatchObject({ isChanged: false, inForce: { number: 1 }, revisions: [{ number: 1 }] })
    expect((await sign(plan)).body.code).toBe('haccp.nothing_changed')
  })

  test('the next revision says what it says otherwise, and the first stays as it was', async () => {
    const { plan, revision } = await signed()
    const next = (await save(plan, { ...plan.draft, threshold: 9 })).body as HaccpPlan
    expect(next.isChanged).toBe(true)
    const { body } = await sign(next)
    expect(body).toMatchObject({
      number: 2,
      before: { number: 1, differences: [{ part: 'plan', fields: ['threshold'] }] },
    })
    const first = (await kitchen.ask(kitchen.actors.reader, `GET /haccp-revisions/${revision.id}`)).body
    expect(first).toMatchObject({ digest: revision.digest, isInForce: false, content: { threshold: 8 } })
    await expect(kitchen.rows('set role opsflow_app; update haccp_revisions set note = $$x$$')).rejects.toThrow(
      /permission denied/,
    )
    await kitchen.rows('reset role')
    const late = { meaning: 'agreed', digest: revision.digest, comment: '' }
    const old = await kitchen.ask(kitchen.actors.chef, `POST /haccp-revisions/${revision.id}/signatures`, late)
    expect(old.body.code).toBe('haccp.not_in_force')
  })

  test('it is drawn as a tagged PDF in the language asked for', async () => {
    const { revision } = await signed()
    for (const language of ['en', 'es']) {
      const path = `GET /haccp-revisions/${revision.id}/plan.pdf?language=${language}`
      const { status, headers, text } = await kitchen.ask(kitchen.actors.reader, path)
      expect([status, headers.get('content-type')]).toEqual([200, 'application/pdf'])
      expect(text).toContain(`/Lang (${language}`)
      expect(text).toContain('/StructTreeRoot')
    }
  })

  test('another of the team signs the same digest, once', async () => {
    const { revision } = await signed()
    const path = `POST /haccp-revisions/${revision.id}/signatures`
    const given = { meaning: 'agreed', digest: revision.digest, comment: 'Read' }
    expect((await kitchen.ask(kitchen.actors.chef, path, { ...given, digest: 'a'.repeat(64) })).body.code).toBe(
      'haccp.digest_differs',
    )
    const { status, body } = await kitchen.ask(kitchen.actors.chef, path, given)
    expect([
      status,
      body.signatures.map(({ by, meaning }: { by: { name: string }; meaning: string }) => `${by.name} ${meaning}`),
    ]).toEqual([201, ['Mona approved', 'Ann agreed']])
    expect((await kitchen.ask(kitchen.actors.chef, path, given)).body.code).toBe('haccp.signed_already')
    expect((await kitchen.ask(kitchen.actors.manager, path, given)).body.code).toBe('haccp.signed_already')
  })

  test('a review is asked for a month ahead, once, and moves the day when it is signed', async () => {
    const { plan, revision } = await signed()
    const due = plan.inForce?.reviewDue ?? ''
    const parts = { database: kitchen.database, relayPool: kitchen.relay }
    const tasks = () =>
      kitchen.rows<{ status: string }>(
        `select t.status from tasks t join haccp_plans p on p.tenant_id = t.tenant_id and t.title = 'Review the HACCP plan: ' || p.name where p.id = $1 order by t.created_at`,
        [plan.id],
      )
    await askForReviews(parts, Date.parse(due) - 40 * 86_400_000)
    expect(await tasks()).toEqual([])
    await askForReviews(parts, Date.parse(due) - 20 * 86_400_000)
    await askForReviews(parts, Date.parse(due) - 10 * 86_400_000)
    expect(await tasks()).toEqual([{ status: 'todo' }])
    await kitchen.rows(`update haccp_plans set review_due = '2026-02-01' where id = $1`, [plan.id])
    const given = { meaning: 'reviewed', digest: revision.digest, comment: 'Still holds' }
    const { body } = await kitchen.ask(kitchen.actors.chef, `POST /haccp-revisions/${revision.id}/signatures`, given)
    expect([body.reviewDue, await tasks()]).toEqual([due, [{ status: 'completed' }]])
    const told = (await kitchen.ask(kitchen.actors.reader, `GET /haccp-plans/${plan.id}`)).body as HaccpPlan
    expect(told.inForce?.reviewed).toMatchObject({ by: { name: 'Ann' }, comment: 'Still holds' })
  })

  test('the task of a review says which plan in any language', async () => {
    const { plan } = await signed()
    expect(plan.inForce?.reviewed).toBeNull()
    const parts = { database: kitchen.database, relayPool: kitchen.relay }
    await kitchen.rows(`update haccp_plans set review_due = current_date where id = $1`, [plan.id])
    await askForReviews(parts)
    const [task] = await kitchen.rows<{ id: string; said: object }>(
      `select id, said from tasks where cause_kind = 'haccp.review' and said ->> 'planId' = $1`,
      [plan.id],
    )
    expect(task?.said).toEqual({ as: 'haccp_review', planId: plan.id, plan: plan.name })
  })

  test('archived, nobody is asked to review it; brought back, they are; its name is free meanwhile', async () => {
    const { plan } = await signed()
    const { manager, reader } = kitchen.actors
    const parts = { database: kitchen.database, relayPool: kitchen.relay }
    const status = async () =>
      (await kitchen.rows<{ status: string }>(`select status from tasks where said ->> 'planId' = $1`, [plan.id])).map(
        (one) => one.status,
      )
    const change = (body: object) => kitchen.ask(manager, `PATCH /haccp-plans/${plan.id}`, body)
    const listed = async (archived: boolean) =>
      (await kitchen.ask(reader, `GET /haccp-plans?archived=${archived}`)).body.items.some(
        ({ id }: HaccpPlan) => id === plan.id,
      )
    await kitchen.rows(`update haccp_plans set review_due = current_date where id = $1`, [plan.id])
    await askForReviews(parts)
    expect([await status(), await listed(false), await listed(true)]).toEqual([['todo'], true, false])
    expect((await change({ archived: true })).body.archivedAt).not.toBeNull()
    expect([await status(), await listed(false), await listed(true)]).toEqual([['cancelled'], false, true])
    expect((await save(plan, plan.draft)).body.code).toBe('haccp.archived')
    const again = (await begin(manager, { name: plan.name })).body as HaccpPlan
    expect((await change({ archived: false })).body.code).toBe('haccp.name_taken')
    await kitchen.ask(manager, `PATCH /haccp-plans/${again.id}`, { name: `${plan.name} of the bar` })
    expect((await change({ archived: false })).body).toMatchObject({ archivedAt: null, inForce: { number: 1 } })
    expect([await status(), await listed(false)]).toEqual([['todo'], true])
  })

  test('renamed, its revisions keep the name they were signed under', async () => {
    const { plan, revision } = await signed()
    const named = await kitchen.ask(kitchen.actors.manager, `PATCH /haccp-plans/${plan.id}`, { name: 'Grill' })
    expect([named.body.name, named.body.isChanged]).toEqual(['Grill', false])
    const kept = (await kitchen.ask(kitchen.actors.reader, `GET /haccp-revisions/${revision.id}`)).body
    expect([kept.name, kept.digest]).toEqual([plan.name, revision.digest])
  })
})

describe('who may', () => {
  test('what lies elsewhere or is nobody’s answers alike', async () => {
    const { plan, revision } = await signed()
    const ghost = randomUUID()
    const given = { meaning: 'agreed', digest: revision.digest, comment: '' }
    const asked = (id: string, revisionId: string): [string, object?][] => [
      [`GET /haccp-plans/${id}`],
      [`PUT /haccp-plans/${id}/draft`, { revision: 1, draft: plan.draft }],
      [`PATCH /haccp-plans/${id}`, { name: 'Mine' }],
      [`POST /haccp-plans/${id}/revisions`, { revision: 1 }],
      [`GET /haccp-plans/${id}/monitoring?from=2026-11-01&to=2026-11-02`],
      [`GET /haccp-revisions/${revisionId}`],
      [`GET /haccp-revisions/${revisionId}/plan.pdf`],
      [`POST /haccp-revisions/${revisionId}/signatures`, given],
    ]
    for (const actor of [kitchen.actors.pilot, kitchen.actors.stranger]) {
      for (const [n, [route, body]] of asked(plan.id, revision.id).entries()) {
        const [ghostly, none] = asked(ghost, ghost)[n] as [string, object?]
        const theirs = await kitchen.ask(actor, route, body)
        expect([route, theirs.status]).toEqual([route, 404])
        const nobodys = await kitchen.ask(actor, ghostly, none)
        expect({ ...nobodys.body, requestId: '' }).toEqual({ ...theirs.body, requestId: '' })
      }
      const [there, nowhere] = await Promise.all(
        [kitchen.downtown, ghost].map((locationId) => begin(actor, { locationId })),
      )
      expect(there?.body.code).toBe('haccp.location_unknown')
      expect({ ...nowhere?.body, requestId: '' }).toEqual({ ...there?.body, requestId: '' })
      const choices = await kitchen.ask(actor, `GET /haccp-choices?locationId=${kitchen.downtown}`)
      expect(choices.status).toBe(404)
      const mine = (await kitchen.ask(actor, 'GET /haccp-plans')).body.items as { locationId: string }[]
      expect(mine.every(({ locationId }) => locationId !== kitchen.downtown)).toBe(true)
    }
    const copied = await begin(kitchen.actors.pilot, { locationId: kitchen.airport, from: { planId: plan.id } })
    expect(copied.body.code).toBe('haccp.plan_unknown')
  })

  test('whoever may only read writes and signs nothing, and a cook sees none', async () => {
    const { plan, revision } = await signed()
    const { reader, cook } = kitchen.actors
    expect((await kitchen.ask(reader, `GET /haccp-plans/${plan.id}`)).status).toBe(200)
    expect(
      (await kitchen.ask(reader, `GET /haccp-choices?locationId=${kitchen.downtown}`)).body.limits.length,
    ).toBeGreaterThan(20)
    const given = { meaning: 'agreed', digest: revision.digest, comment: '' }
    for (const actor of [reader, cook]) {
      expect((await begin(actor)).status).toBe(403)
      expect((await save(plan, plan.draft, actor)).status).toBe(403)
      expect((await kitchen.ask(actor, `PATCH /haccp-plans/${plan.id}`, { archived: true })).status).toBe(403)
      expect((await sign(plan, actor)).status).toBe(403)
      expect((await kitchen.ask(actor, `POST /haccp-revisions/${revision.id}/signatures`, given)).status).toBe(403)
    }
    expect((await kitchen.ask(cook, `GET /haccp-plans/${plan.id}`)).status).toBe(403)
  })
})
