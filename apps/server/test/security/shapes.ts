import fc from 'fast-check'
import { NOWHERE, type Schema as Plain } from '../broken.ts'

/** What of JSON Schema the contract's document uses. */
export type Schema = Plain & {
  required?: string[]
  minItems?: number
  maxItems?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  additionalProperties?: boolean | Schema
}
export type Refer = (name: string) => Schema

/** Values of the shape a schema asks for; ids among `ids`, so that some of them are somebody's. */
export function shaped(schema: Schema, refer: Refer, ids: readonly string[], depth = 0): fc.Arbitrary<unknown> {
  const inner = (one: Schema) => shaped(one, refer, ids, depth + 1)
  if (schema.$ref) return depth > 12 ? fc.constant(null) : inner(refer(schema.$ref))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...choices.map(inner))
  if (schema.allOf) return fc.tuple(...schema.allOf.map(inner)).map((parts) => Object.assign({}, ...parts))
  const types = [schema.type ?? []].flat()
  if (types.length > 1) return fc.oneof(...types.map((type) => inner({ ...schema, type })))
  switch (types[0]) {
    case 'object':
      return objectOf(schema, inner)
    case 'array': {
      const minLength = Math.min(schema.minItems ?? 0, 20)
      const maxLength = Math.max(minLength, Math.min(schema.maxItems ?? 3, depth > 4 ? 1 : 3))
      return fc.array(inner(schema.items ?? {}), { minLength, maxLength })
    }
    case 'integer':
    case 'number':
      return numberOf(schema, types[0] === 'integer')
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'string':
      return textOf(schema, ids)
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}

function objectOf(
  { properties = {}, required = [], additionalProperties }: Schema,
  inner: (one: Schema) => fc.Arbitrary<unknown>,
) {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, inner(field)]))
  const known = fc.record(fields, { requiredKeys: required.filter((name) => name in fields) })
  if (typeof additionalProperties !== 'object') return known
  const more = fc.dictionary(fc.string({ maxLength: 12 }), inner(additionalProperties), { maxKeys: 3 })
  return fc.tuple(more, known).map(([others, own]) => ({ ...others, ...own }))
}

function numberOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema, whole: boolean) {
  const min = minimum ?? (exclusiveMinimum === undefined ? -1e9 : exclusiveMinimum + 1)
  const max = Math.max(min, maximum ?? (exclusiveMaximum === undefined ? 1e9 : exclusiveMaximum - 1))
  const within = whole ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true })
  // The ends themselves, and what still fits the contract where it names no end.
  const ends = [min, max, ...(maximum === undefined ? [2 ** 31, Number.MAX_SAFE_INTEGER] : [])]
  return fc.oneof({ arbitrary: within, weight: 3 }, { arbitrary: fc.constantFrom(...ends), weight: 1 })
}

const MOMENTS = [
  '2026-11-01T05:59:60Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '2026-02-28T23:59:59.999999999Z',
]
const DAYS = ['0001-01-01', '9999-12-31', '2024-02-29', '2026-11-27', '1582-10-10']

function textOf(schema: Schema, ids: readonly string[]): fc.Arbitrary<string> {
  switch (schema.format) {
    case 'uuid':
      return fc.oneof(fc.constantFrom(...ids, NOWHERE), fc.uuid())
    case 'date-time':
      return fc.oneof(
        fc
          .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
          .map((date) => date.toISOString()),
        fc.constantFrom(...MOMENTS),
      )
    case 'date':
      return fc.oneof(
        fc
          .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
          .map((date) => date.toISOString().slice(0, 10)),
        fc.constantFrom(...DAYS),
      )
    case 'email':
      return fc.emailAddress()
    case 'uri':
      return fc.webUrl()
  }
  const minLength = Math.min(schema.minLength ?? 0, 5_000)
  const maxLength = Math.max(minLength, Math.min(schema.maxLength ?? 40, 5_000))
  const text = fc.string({
    minLength,
    maxLength: Math.max(minLength, Math.min(maxLength, minLength + 40)),
    unit: 'grapheme',
  })
  const longest = fc.constant('x'.repeat(maxLength))
  return fc.oneof(
    { arbitrary: schema.pattern ? matching(schema.pattern, text) : text, weight: 9 },
    { arbitrary: longest, weight: 1 },
  )
}

/** Of a pattern that fast-check cannot turn round, any text. */
function matching(pattern: string, otherwise: fc.Arbitrary<string>): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'))
  } catch {
    return otherwise
  }
}

/** Where a value is not what the schema says: the first place, or undefined. Formats are held by the server's own tests. */
export function misfit(schema: Schema, value: unknown, refer: Refer, path = ''): string | undefined {
  if (schema.$ref) return misfit(refer(schema.$ref), value, refer, path)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) {
    const found = choices.map((one) => misfit(one, value, refer, path))
    return found.every(Boolean) ? found.at(-1) : undefined
  }
  if (schema.allOf) return schema.allOf.map((one) => misfit(one, value, refer, path)).find(Boolean)
  if (schema.const !== undefined && value !== schema.const) return `${path} is not ${JSON.stringify(schema.const)}`
  if (schema.enum && !schema.enum.includes(value)) return `${path} is not one of ${JSON.stringify(schema.enum)}`
  const types = [schema.type ?? []].flat()
  if (types.length > 0 && !types.some((type) => isOf(type, value))) return `${path} is no ${types.join(' or ')}`
  if (typeof value === 'string' && schema.pattern && !new RegExp(schema.pattern, 'u').test(value))
    return `${path} does not match`
  if (typeof value === 'number' && (value < (schema.minimum ?? value) || value > (schema.maximum ?? value)))
    return `${path} is out of range`
  if (Array.isArray(value))
    return value.map((item, at) => misfit(schema.items ?? {}, item, refer, `${path}[${at}]`)).find(Boolean)
  if (typeof value !== 'object' || value === null) return undefined
  const fields = schema.properties ?? {}
  const missing = (schema.required ?? []).find((name) => !Object.hasOwn(value, name))
  if (missing) return `${path}.${missing} is missing`
  return Object.entries(value)
    .map(([name, part]) => {
      if (Object.hasOwn(fields, name)) return misfit(fields[name] as Schema, part, refer, `${path}.${name}`)
      if (schema.additionalProperties === false) return `${path}.${name} is not in the contract`
      return typeof schema.additionalProperties === 'object'
        ? misfit(schema.additionalProperties, part, refer, `${path}.${name}`)
        : undefined
    })
    .find(Boolean)
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value)
  return type === 'integer' ? Number.isInteger(value) : typeof value === type
}
