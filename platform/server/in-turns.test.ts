import { describe, expect, test } from 'vitest'
import { eachAlone, inTurns, type Pace, type Whose } from './in-turns.ts'

/** Rows that are due, in their order; a look brings as many as `most` of those that may be had. */
function due(rows: readonly (readonly [tenant: string, id: string])[], most: number) {
  const left = [...rows]
  const find = async (except: readonly string[]): Promise<Whose[]> => {
    const found = new Map<string, string[]>()
    for (const [tenant, id] of left.filter(([tenant]) => !except.includes(tenant)).slice(0, most))
      found.set(tenant, [...(found.get(tenant) ?? []), id])
    return [...found].map(([tenantId, ids]) => ({ tenantId, organizationId: tenantId, ids }))
  }
  const done: string[] = []
  const take = (ids: readonly string[]) => {
    for (const id of ids) left.splice(left.findIndex((row) => row[1] === id) >>> 0, 1)
    done.push(...ids)
    return ids.length
  }
  return { find, take, done, left }
}
const rowsOf = (tenant: string, count: number) =>
  Array.from({ length: count }, (_, n) => [tenant, `${tenant}${n}`] as const)

async function run(work: ReturnType<typeof due>, fails: (id: string) => boolean, pace?: Pace) {
  const attempts: string[][] = []
  const turns = inTurns()
  await turns.each(
    work.find,
    async (_, ids) => {
      attempts.push([...ids])
      if (ids.some(fails)) throw new Error('no')
      return work.take(ids)
    },
    pace,
  )
  return { attempts, end: () => turns.end() }
}

describe('many customers', () => {
  test('a hundred rows of one that always fail delay nobody by a round, and are told', async () => {
    const work = due([...rowsOf('bad', 100), ...rowsOf('good', 3)], 50)
    const { end } = await run(work, (id) => id.startsWith('bad'))
    expect(work.done).toEqual(['good0', 'good1', 'good2'])
    expect(end).toThrow(/could not be done: Error: no/)
  })

  test('a hundred customers of which each fails for more than a look brings delay nobody either', async () => {
    const bad = Array.from({ length: 100 }, (_, n) => rowsOf(`bad${n}-`, 60)).flat()
    const work = due([...bad, ...rowsOf('good', 3)], 50)
    await run(work, (id) => id.startsWith('bad'), { looks: 5 })
    expect(work.done).toEqual(['good0', 'good1', 'good2'])
  })

  test('one with very much to do lets the others in between', async () => {
    const work = due([...rowsOf('big', 500), ...rowsOf('small', 20)], 10)
    await run(work, () => false, { looks: 20 })
    expect(work.done.indexOf('small0')).toBe(10)
    expect(work.done.indexOf('small10')).toBe(30)
    expect(work.done.filter((id) => id.startsWith('small'))).toHaveLength(20)
    expect(work.done.length).toBeLessThan(520)
  })

  test('all is done in one go where the looks suffice, and one look is one turn for each', async () => {
    const work = due([...rowsOf('a', 25), ...rowsOf('b', 3)], 10)
    await run(work, () => false)
    expect(work.done).toHaveLength(13)
    await run(work, () => false, { looks: 100 })
    expect(work.left).toEqual([])
  })
})

describe('one customer', () => {
  test('one row that fails holds up none of its neighbours', async () => {
    const work = due(rowsOf('a', 100), 200)
    const { attempts, end } = await run(work, (id) => id === 'a63')
    expect(work.left).toEqual([['a', 'a63']])
    expect(attempts.length).toBeLessThan(20)
    expect(end).toThrow('1 could not be done')
  })

  test('where all fails, not all is tried', async () => {
    const { attempts } = await run(due(rowsOf('a', 1000), 1000), () => true, { together: 100 })
    expect(attempts.length).toBeLessThan(40)
  })

  test('nothing fails, nothing is thrown; what is taken together is never more than asked', async () => {
    const { attempts, end } = await run(due(rowsOf('a', 25), 100), () => false, { together: 10 })
    expect(attempts.map((ids) => ids.length)).toEqual([10, 10, 5])
    expect(end).not.toThrow()
  })
})

test('each alone: what fails holds up nothing, and all of it is told', async () => {
  const done: string[] = []
  const going = eachAlone(['a', 'b', 'c', 'd'], async (one) => {
    if (one === 'b' || one === 'c') throw new Error(`${one} is broken`)
    done.push(one)
  })
  await expect(going).rejects.toThrow('2 could not be done: Error: b is broken')
  expect(done).toEqual(['a', 'd'])
})

test('a look that brings back who had their turn ends the go instead of turning for ever', async () => {
  let looks = 0
  const turns = inTurns()
  await turns.each(
    async () => (++looks > 5 ? [] : [{ tenantId: 'a', organizationId: 'a', ids: ['1'] }]),
    async () => 0,
  )
  expect(looks).toBe(2)
})
