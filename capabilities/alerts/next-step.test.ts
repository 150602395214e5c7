import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultPolicy } from './default-policies.ts'
import { foretold, nextStep, type Recipient, type Thread } from './next-step.ts'
import { Policy } from './policy.ts'
import { quietUntil, wallMinute } from './quiet.ts'
import { AUDIENCES, type QuietHours, SORTS, WAYS } from './words.ts'

const MINUTE = 60_000
const START = Date.parse('2026-03-06T12:00:00Z')
const ZONES = ['America/Chicago', 'Europe/London', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC']

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
const quiet: fc.Arbitrary<QuietHours | null> = fc.option(
  fc.record({ from: clock, to: clock }).filter(({ from, to }) => from !== to),
)
const policies: fc.Arbitrary<Policy> = fc.record({
  isOn: fc.constant(true),
  steps: fc.array(
    fc.record({
      afterMinutes: fc.integer({ min: 0, max: 240 }),
      to: fc.uniqueArray(fc.constantFrom(...AUDIENCES), { minLength: 1, maxLength: 3 }),
      ways: fc.subarray([...WAYS]),
    }),
    { minLength: 1, maxLength: 5 },
  ),
  repeatMinutes: fc.integer({ min: 5, max: 240 }),
  repeats: fc.integer({ min: 0, max: 4 }),
  holdMinutes: fc.integer({ min: 5, max: 240 }),
  quiet,
  breaksQuiet: fc.boolean(),
})
const people: fc.Arbitrary<Recipient[]> = fc
  .array(fc.record({ zone: fc.constantFrom(...ZONES), quiet, ways: fc.subarray([...WAYS]) }), { maxLength: 5 })
  .map((all) => all.map((one, at) => ({ id: `p${at}`, ...one })))
const threads: fc.Arbitrary<Thread> = fc
  .tuple(
    people,
    fc.array(fc.array(fc.nat(4), { maxLength: 3 }), { minLength: 5, maxLength: 5 }),
    fc.constantFrom(...ZONES),
  )
  .map(([all, places, zone]) => ({
    ...{ openedAt: START, closedAt: null, step: -1, steppedAt: START, returnsAt: null, zone, told: new Map() },
    audiences: Object.fromEntries(
      AUDIENCES.map((audience, at) => [audience, (places[at] ?? []).flatMap((who) => all[who] ?? [])]),
    ),
  }))

/** A day and a half of looking, sometimes late, with what people do in between. */
const story = fc.record({
  policy: policies,
  thread: threads,
  lates: fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 20 }),
  acknowledgedAfter: fc.option(fc.integer({ min: 0, max: 1000 })),
})

type Heard = { id: string; at: number; breaksQuiet: boolean }

function tellStory({
  policy,
  thread,
  lates,
  acknowledgedAfter,
}: typeof story extends fc.Arbitrary<infer S> ? S : never) {
  const heard: Heard[] = []
  const steps: { at: number; step: number; acknowledged: boolean }[] = []
  let now = thread.openedAt
  let at = thread
  const acknowledgedAt = acknowledgedAfter === null ? null : thread.openedAt + acknowledgedAfter * MINUTE
  for (let turn = 0; turn < 400; turn++) {
    if (acknowledgedAt !== null && now >= acknowledgedAt && at.returnsAt === null) {
      at = { ...at, returnsAt: acknowledgedAt + policy.holdMinutes * MINUTE }
    }
    const next = nextStep(policy, at, now)
    const told = new Map(at.told)
    for (const { id, breaksQuiet } of next.tell) {
      heard.push({ id, at: now, breaksQuiet })
      told.set(id, { at: now, times: (told.get(id)?.times ?? 0) + 1 })
    }
    steps.push({ at: now, step: next.step, acknowledged: at.returnsAt !== null && now < at.returnsAt })
    at = { ...at, step: next.step, steppedAt: next.steppedAt, told }
    if (next.at === null && (acknowledgedAt === null || at.returnsAt !== null)) break
    const later = (lates[turn % lates.length] ?? 0) * MINUTE
    now = Math.max(now + 1, (next.at ?? acknowledgedAt ?? now) + later)
    if (now > thread.openedAt + 36 * 60 * MINUTE) break
  }
  return { heard, steps, end: at, acknowledgedAt }
}

describe('what comes next', () => {
  test('one person is never told twice of one matter within the time of repeats', () => {
    fc.assert(
      fc.property(story, (given) => {
        const { heard } = tellStory(given)
        for (const id of new Set(heard.map((one) => one.id))) {
          const times = heard.filter((one) => one.id === id).map(({ at }) => at)
          times.slice(1).forEach((at, before) => {
            expect(at - (times[before] ?? 0)).toBeGreaterThanOrEqual(given.policy.repeatMinutes * MINUTE)
          })
        }
      }),
    )
  })

  test('nobody is told in quiet hours, their own or the policy’s, unless it breaks them, and then it says so', () => {
    fc.assert(
      fc.property(story, (given) => {
        const everyone = new Map(
          Object.values(given.thread.audiences)
            .flat()
            .map((who) => [who.id, who]),
        )
        for (const { id, at, breaksQuiet } of tellStory(given).heard) {
          const who = everyone.get(id)
          const isQuiet =
            quietUntil(given.policy.quiet, given.thread.zone, at) !== null ||
            quietUntil(who?.quiet ?? null, who?.zone ?? 'UTC', at) !== null
          expect(breaksQuiet).toBe(isQuiet)
          if (isQuiet) expect(given.policy.breaksQuiet).toBe(true)
        }
      }),
    )
  })

  test('it never goes down, and unacknowledged it climbs to the top, whoever is asleep', () => {
    fc.assert(
      fc.property(story, (given) => {
        const { steps, end } = tellStory({ ...given, acknowledgedAfter: null, lates: [0] })
        for (const [at, { step }] of steps.slice(1).entries()) expect(step).toBeGreaterThanOrEqual(steps[at]?.step ?? 0)
        const whole = given.policy.steps.reduce((sum, { afterMinutes }) => sum + afterMinutes, 0)
        if (whole <= 36 * 60) expect(end.step).toBe(given.policy.steps.length - 1)
      }),
    )
  })

  test('everyone of every step hears of it in the end, when no quiet hours hold them', () => {
    fc.assert(
      fc.property(story, (given) => {
        const { heard } = tellStory({
          ...given,
          policy: { ...given.policy, breaksQuiet: true },
          acknowledgedAfter: null,
        })
        const meant = given.policy.steps.flatMap(({ to }) => to.flatMap((one) => given.thread.audiences[one] ?? []))
        expect(new Set(heard.map(({ id }) => id))).toEqual(new Set(meant.map(({ id }) => id)))
      }),
    )
  })

  test('an acknowledgement silences it until it returns, and then it goes on from where it was', () => {
    fc.assert(
      fc.property(story, fc.integer({ min: 0, max: 600 }), (given, after) => {
        const { heard, steps, acknowledgedAt } = tellStory({ ...given, acknowledgedAfter: after })
        const from = acknowledgedAt ?? 0
        const until = from + given.policy.holdMinutes * MINUTE
        const firstAfter = steps.find(({ at }) => at >= from)
        if (!firstAfter) return
        expect(heard.filter(({ at }) => at >= from && at < until)).toEqual([])
        const held = steps.filter(({ at }) => at >= from && at < until).map(({ step }) => step)
        expect(new Set(held).size).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('once closed it says nothing more', () => {
    fc.assert(
      fc.property(story, fc.integer({ min: 0, max: 3000 }), ({ policy, thread }, minutes) => {
        const closed = { ...thread, closedAt: thread.openedAt }
        const next = nextStep(policy, closed, thread.openedAt + minutes * MINUTE)
        expect(next).toMatchObject({ tell: [], at: null, step: -1 })
      }),
    )
  })

  test('a late opening goes from whoever is on to the manager, the district and the admins', () => {
    const who = (id: string): Recipient => ({ id, zone: 'UTC', quiet: null, ways: ['push', 'email'] })
    const audiences = { on: [who('crew')], managers: [who('Maria')], district: [who('Dora')], admins: [who('Ada')] }
    const thread: Thread = { ...EMPTY, audiences }
    const at = (minutes: number) => START + minutes * MINUTE
    expect(
      foretold(defaultPolicy('checklist', 'normal'), thread, at(61)).map(({ ids, at: when }) => [
        (when - START) / MINUTE,
        ids,
      ]),
    ).toEqual([
      [0, ['crew']],
      [15, ['Maria']],
      [60, ['crew', 'Dora']],
    ])
    expect(
      foretold(defaultPolicy('checklist', 'normal'), { ...thread, audiences: { admins: audiences.admins } }, at(10)),
    ).toEqual([{ at: START, step: 3, ids: ['Ada'] }])
  })

  test('every policy that comes out of the box is one the editor would save', () => {
    for (const { kind, severity } of SORTS) expect(Policy.parse(defaultPolicy(kind, severity))).toBeTruthy()
  })
})

const EMPTY: Thread = {
  ...{ openedAt: START, closedAt: null, step: -1, steppedAt: START, returnsAt: null },
  ...{ zone: 'UTC', told: new Map(), audiences: {} },
}

describe('quiet hours', () => {
  test('they end when the wall says so, also in the night in which the clocks change', () => {
    fc.assert(
      fc.property(
        quiet.filter((hours) => hours !== null),
        fc.constantFrom(...ZONES),
        fc.integer({ min: 0, max: 400 * 1440 }),
        (hours, zone, minutes) => {
          const now = START + minutes * MINUTE
          const end = quietUntil(hours, zone, now)
          if (end === null) return
          expect(end).toBeGreaterThan(now)
          // Whoever looks then looks once more where the end itself was skipped; never more than an hour late.
          const wall = wallMinute(zone, end)
          const to = Number(hours.to.slice(0, 2)) * 60 + Number(hours.to.slice(3))
          const off = Math.min((wall - to + 1440) % 1440, (to - wall + 1440) % 1440)
          expect(off).toBeLessThanOrEqual(60)
        },
      ),
    )
    expect(quietUntil({ from: '22:00', to: '06:00' }, 'America/Chicago', Date.parse('2026-03-08T07:30:00Z'))).toBe(
      Date.parse('2026-03-08T11:00:00Z'),
    )
  })
})
