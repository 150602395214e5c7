import { join } from 'node:path'
import { rolldown } from 'rolldown'

const beside = (name: string) => JSON.stringify(join(import.meta.dirname, name))

/** The least of vitest that the suite needs, for a page. What differs is thrown. */
const RUNNER = `
  const text = (value) => JSON.stringify(value) ?? 'undefined'
  const must = (isSo, got, wanted) => { if (!isSo) throw new Error(text(got) + ' instead of ' + text(wanted)) }
  export const cases = []
  export const test = (title, run) => cases.push({ title, run })
  export const expect = (got) => ({
    toBe: (wanted) => must(Object.is(got, wanted), got, wanted),
    toEqual: (wanted) => must(text(got) === text(wanted), got, wanted),
    toBeUndefined: () => must(got === undefined, got),
    rejects: {
      toThrow: async (wanted) => {
        const error = await got.then(() => undefined, (thrown) => thrown)
        must(error?.message.includes(wanted), error?.message, wanted)
      },
    },
  })`

const ENTRY = `
  import { cases, expect } from 'vitest'
  import { conformance } from ${beside('store.conformance.for-tests.ts')}
  import { openIdbStore } from ${beside('store-idb.ts')}
  let opened = 0
  conformance(async () => {
    const name = 'conformance ' + ++opened
    return { store: await openIdbStore(name), again: () => openIdbStore(name) }
  }, true)
  export { expect }
  export const titles = cases.map(({ title }) => title)
  export const run = (title) => cases.find((one) => one.title === title).run()`

/** A script that gives a page `proof`: the conformance suite of storages over the browser's own IndexedDB. */
export async function storeProof(): Promise<string> {
  const made: Record<string, string> = { entry: ENTRY, vitest: RUNNER }
  const bundle = await rolldown({
    input: 'entry',
    plugins: [{ name: 'made', resolveId: (id) => (id in made ? id : null), load: (id) => made[id] ?? null }],
  })
  const { output } = await bundle.generate({ format: 'iife', name: 'proof' })
  return output[0].code
}
