import { refuse } from '../../refusal.ts'

type Key = string | number

/** Where a list goes on: the sort values of the last item, opaque to callers. */
export const cursorAfter = (...keys: Key[]): string => Buffer.from(JSON.stringify(keys)).toString('base64url')

/**
 * The sort values of a cursor, each checked by its own test, or null for the first page.
 * A cursor nobody gave out is the caller's mistake: 422 with its path.
 */
export function cursorKeys<const T extends readonly ((key: unknown) => boolean)[]>(
  cursor: string | undefined,
  ...tests: T
): { [I in keyof T]: string } | null {
  if (cursor === undefined) return null
  let keys: unknown
  try {
    keys = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    keys = undefined
  }
  if (!Array.isArray(keys) || keys.length !== tests.length || !tests.every((test, i) => test(keys[i]))) {
    return refuse('invalid', 'cursor.invalid', {
      detail: 'This cursor was not given out by this list. Start again without one.',
      errors: [
        { path: 'query.cursor', code: 'cursor.invalid', message: 'Use nextCursor of the previous page as it is.' },
      ],
    })
  }
  return keys.map(String) as { [I in keyof T]: string }
}

/** Inside a cursor neither the NUL check of `validate` nor the reading of a body sees. */
export const isText = (key: unknown) => typeof key === 'string' && !key.includes('\0') && key.isWellFormed()
export const isUuid = (key: unknown) =>
  typeof key === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(key)
export const isInstant = (key: unknown) =>
  typeof key === 'string' && /^(19|20|21)\d\d-\d\d-\d\dT[\d:.]+Z$/.test(key) && !Number.isNaN(Date.parse(key))
export const isInteger = (key: unknown) => Number.isSafeInteger(key)

/** Cuts a list read with `limit + 1` into a page. */
export function pageOf<Item>(rows: Item[], limit: number, keys: (last: Item) => Key[]) {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? cursorAfter(...keys(last)) : null }
}
