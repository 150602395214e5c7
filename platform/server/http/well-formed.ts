/**
 * Half of a pair such as `\ud83c`, left where a text was cut, can be escaped in JSON but not be kept: PostgreSQL refuses
 * the document. It is read as bytes that are no UTF-8 are: as \uFFFD. Refused, it would hold up a device's whole queue.
 */
export function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (Array.isArray(value)) return value.map(wellFormed)
  if (typeof value !== 'object' || value === null) return value
  const copy: Record<string, unknown> = {}
  for (const [key, part] of Object.entries(value)) {
    // `__proto__` is a name like any other here, and must not become what it names.
    Object.defineProperty(copy, key.toWellFormed(), {
      value: wellFormed(part),
      ...{ enumerable: true, configurable: true, writable: true },
    })
  }
  return copy
}

/** Only an escape can be half a pair, and nearly no body holds one: the rest is not looked through. */
export const mayBeHalved = (bytes: Buffer): boolean => bytes.includes('\\ud') || bytes.includes('\\uD')
