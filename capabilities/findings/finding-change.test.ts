import type { Refusal } from '@opsflow/platform/refusal'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Finding, FindingStep } from './finding.ts'
import { comesTooLate, isOverdue, mayFix, maySendBack, mayVerify, standingFix, withStep } from './finding-change.ts'
import { ann, bob, carl, finding, hour, step } from './findings.for-tests.ts'

const after = (...steps: FindingStep[]): Finding => steps.reduce(withStep, finding())
const fix = step('fixed', hour(5), bob)
const codeOf = (deed: () => unknown) => {
  try {
    deed()
    return 'done'
  } catch (error) {
    return (error as Refusal).code
  }
}

describe('from open to confirmed', () => {
  test('someone puts it right, someone else confirms it', () => {
    const fixed = after(fix)
    expect(fixed).toMatchObject({ state: 'fixed', fixedAt: hour(5) })
    expect(codeOf(() => mayVerify(fixed, fix.id, bob.id))).toBe('findings.verifier_must_differ')
    expect(codeOf(() => mayVerify(fixed, fix.id, ann.id))).toBe('done')
    expect(after(fix, step('verified', hour(6), ann))).toMatchObject({ state: 'verified', endedAt: hour(6) })
  })

  test('nothing is confirmed or sent back before anyone says that it was put right', () => {
    expect(codeOf(() => mayVerify(finding(), fix.id, ann.id))).toBe('findings.not_fixed')
    expect(codeOf(() => maySendBack(finding(), fix.id))).toBe('findings.not_fixed')
  })

  test('sent back it is open again, and may be put right anew', () => {
    const back = after(fix, step('sent_back', hour(6), ann))
    expect(back).toMatchObject({ state: 'open', fixedAt: null })
    expect(standingFix(back)).toBeUndefined()
    expect(codeOf(() => mayFix(back))).toBe('done')
  })

  test('a confirmation is of the fix that was looked at', () => {
    const again = step('fixed', hour(7), carl)
    expect(codeOf(() => mayVerify(after(fix, again), fix.id, ann.id))).toBe('findings.changed_since')
    expect(codeOf(() => mayVerify(after(fix, again), again.id, ann.id))).toBe('done')
  })

  test('what is over stays over', () => {
    for (const end of ['verified', 'repeated', 'withdrawn'] as const) {
      const over = after(fix, step(end, hour(6), ann))
      expect([mayFix, (one: Finding) => maySendBack(one, fix.id)].map((deed) => codeOf(() => deed(over)))).toEqual([
        ...['findings.over', 'findings.over'],
      ])
    }
  })
})

describe('at the next visit', () => {
  test('found in order by someone else than whoever put it right, it is confirmed by that', () => {
    expect(after(fix, step('resolved', hour(9), ann))).toMatchObject({ state: 'verified', resolvedAt: hour(9) })
    expect(after(fix, step('resolved', hour(9), bob))).toMatchObject({ state: 'fixed', resolvedAt: hour(9) })
  })

  test('found again it goes on there; what had been confirmed stays confirmed', () => {
    expect(after(step('repeated', hour(9), ann)).state).toBe('repeated')
    expect(after(fix, step('verified', hour(6), ann), step('repeated', hour(9), ann)).state).toBe('verified')
  })
})

describe('offline work that arrives later', () => {
  test('of two fixes the later one by the time it was done counts', () => {
    expect(comesTooLate(after(fix), 'fixed', hour(4))).toBe(true)
    expect(comesTooLate(after(fix), 'fixed', hour(6))).toBe(false)
  })

  test('a fix from before it was sent back answers nothing of that', () => {
    const back = after(fix, step('sent_back', hour(8), ann))
    expect([comesTooLate(back, 'fixed', hour(7)), comesTooLate(back, 'fixed', hour(9))]).toEqual([true, false])
  })

  test('of a confirmation and a sending back the first to arrive counts', () => {
    expect(comesTooLate(after(fix, step('verified', hour(6), ann)), 'sent_back', hour(5))).toBe(true)
    expect(comesTooLate(after(fix, step('sent_back', hour(6), ann)), 'verified', hour(5))).toBe(true)
  })

  test('whatever is let count, in whatever order: history only grows, and a confirmation is never the fixer’s own', () => {
    const deed = fc.record({
      step: fc.constantFrom('fixed' as const, 'verified' as const, 'sent_back' as const),
      by: fc.constantFrom(ann, bob, carl),
      at: fc.integer({ min: 1, max: 50 }),
    })
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 20 }), (deeds) => {
        let now = finding()
        for (const { step: name, by, at } of deeds) {
          const isLate = comesTooLate(now, name, hour(at))
          const seen = standingFix(now)
          if (!isLate && name === 'verified' && (!seen || codeOf(() => mayVerify(now, seen.id, by.id)) !== 'done'))
            continue
          if (!isLate && name === 'sent_back' && !seen) continue
          const next = withStep(now, step(name, hour(at), by, { outcome: isLate ? 'superseded' : 'applied' }))
          expect(next.history).toHaveLength(now.history.length + 1)
          if (isLate) expect(next.state).toBe(now.state)
          now = next
        }
        if (now.state !== 'verified') return
        const confirmed = now.history.find(({ step, outcome }) => step === 'verified' && outcome === 'applied')
        expect(standingFix(now)?.by?.id).not.toBe(confirmed?.by?.id)
      }),
    )
  })
})

test('overdue is open past its time; what waits for its confirmation is not', () => {
  const late = Date.parse(hour(80))
  expect([isOverdue(finding(), late), isOverdue(finding(), Date.parse(hour(1))), isOverdue(after(fix), late)]).toEqual([
    ...[true, false, false],
  ])
})
