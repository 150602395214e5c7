import { describe, expect, test } from 'vitest'
import { judgedAt, judgeProcess } from './judge-process.ts'
import type { ProcessStep } from './process.ts'
import { begun, corrected, type Done, finished, happened, read } from './process-deeds.ts'

const MINUTE = 60_000
const START = Date.parse('2026-03-07T20:00:00Z')
const place = { jurisdiction: 'us', ruleEdition: null, timezone: 'America/Chicago' } as const
const at = (minutes: number): Done => ({
  ...{ by: { id: crypto.randomUUID(), name: 'Carl' }, kiosk: null, receivedAt: null, timeQuality: null },
  at: new Date(START + minutes * MINUTE).toISOString(),
})
const inF = (value: string, id: string = crypto.randomUUID()) => ({
  ...{ id, value, unit: 'F' as const, of: 'food' as const, heldSeconds: null, probeId: null, note: '' },
})
const begin = (plan: Parameters<typeof begun>[0]['plan'], value: string | null = null) =>
  begun(
    {
      ...{ id: crypto.randomUUID(), locationId: crypto.randomUUID(), plan, product: 'Soup', batch: '', amount: '' },
      reading: value === null ? null : inF(value),
    },
    place,
    null,
    at(0),
  )

describe('a screen whose clock goes in steps', () => {
  test('counts what was just read at once', () => {
    const soup = read(
      begin({ kind: 'cooling', from: 'hot' }, '135'),
      { ...inF('70'), step: 'reading' },
      place,
      null,
      at(60),
    )
    const shown = START + 59 * MINUTE
    expect(judgedAt(soup, shown)).toBe(START + 60 * MINUTE)
    expect(judgeProcess(soup, judgedAt(soup, shown), place.timezone)).toMatchObject({ stage: 2 })
  })

  test('judges what is over as of its end, however long ago that was', () => {
    const plan = { kind: 'time_control', hours: 4, start: 'hot', isMarked: true, hasProcedure: true } as const
    const done = { id: crypto.randomUUID(), disposition: 'served' as const, note: '' }
    const served = finished(begin(plan, '140'), done, place, at(100))
    expect(judgedAt(served, START + 9000 * MINUTE)).toBe(START + 100 * MINUTE)
    expect(served).toMatchObject({ result: 'passed', nextAsk: null })
  })
})

describe('a date label across a change of daylight saving', () => {
  test('ends with its last day on the wall of the location, and stands in the freezer', () => {
    const plan = { kind: 'date_mark', ingredientPrepDates: ['2026-03-07'], manufacturerUseBy: null } as const
    const label = begin({ ...plan, ingredientPrepDates: [...plan.ingredientPrepDates] })
    // Midnight after 13 March in Chicago is 05:00 UTC by then; it was 06:00 when the food was made.
    expect(label.nextAt).toBe('2026-03-14T05:00:00.000Z')
    const frozen = happened(label, { id: crypto.randomUUID(), event: 'froze', note: '' }, place, at(60))
    expect(frozen.nextAt).toBeNull()
    const thawed = happened(frozen, { id: crypto.randomUUID(), event: 'thawed', note: '' }, place, at(30 * 24 * 60))
    expect(thawed.nextAt).toBe('2026-04-12T05:00:00.000Z')
  })
})

test('a corrected reading counts by its new value, at the time it was taken', () => {
  const id = crypto.randomUUID()
  const soup = read(
    begin({ kind: 'cooling', from: 'hot' }, '135'),
    { ...inF('7', id), step: 'reading' },
    place,
    null,
    at(60),
  )
  expect(soup.result).toBe('passed')
  const fix = {
    id: crypto.randomUUID(),
    correctsId: id,
    value: '70',
    unit: 'F' as const,
    reason: 'A digit was missing',
  }
  const mended = corrected(soup, fix, place, at(90))
  expect(mended).toMatchObject({ result: 'running', nextAsk: 'stage2' })
  expect(mended.steps.map(({ step }: ProcessStep) => step)).toEqual(['reading', 'reading', 'correction'])
})
