import { expect, test } from 'vitest'
import { z } from 'zod'
import { projectionOf } from './projection.ts'

const Unit = z.object({ id: z.string(), name: z.string().nullable(), note: z.string().optional() })
const secret = { passwordHash: 'never' }
const unit = { id: '1', name: null }

test.each<[string, z.ZodType, unknown]>([
  ['an object', Unit, { ...unit, ...secret }],
  [
    'a page of objects',
    z.object({ items: z.array(Unit), nextCursor: z.string().nullable() }),
    { items: [{ ...unit, ...secret }], nextCursor: null, ...secret },
  ],
  [
    'something that may be missing',
    z.object({ unit: Unit.nullable(), other: Unit.optional() }),
    { unit: { ...unit, ...secret } },
  ],
  ['a record', z.record(z.string(), Unit), { a: { ...unit, ...secret } }],
  ['one of several', z.union([z.literal('all'), z.array(z.string()), Unit]), { ...unit, ...secret }],
  [
    'one of several, told apart',
    z.discriminatedUnion('kind', [Unit.extend({ kind: z.literal('a') }), z.object({ kind: z.literal('b') })]),
    { kind: 'a', ...unit, ...secret },
  ],
  ['what has a default', z.object({ unit: Unit.default({ id: '0', name: '' }) }), { ...secret }],
  [
    'what is transformed',
    z.object({ at: z.string().transform((text) => text.length), list: z.array(Unit) }),
    { at: 'abc', list: [{ ...unit, ...secret }] },
  ],
  ['what is coerced', z.object({ count: z.coerce.number() }), { count: '7', ...secret }],
  [
    'what both halves name',
    z.intersection(z.object({ id: z.string() }), z.object({ name: z.string().nullable() })),
    unit,
  ],
  ['a tuple', z.tuple([Unit, z.number()]), [{ ...unit, ...secret }, 1]],
  ['an open object', z.looseObject({ id: z.string() }), { id: '1', more: 2 }],
  ['what is read only', z.object({ unit: Unit.readonly() }), { unit: { ...unit, ...secret } }],
])('%s goes out as its schema would let it', (_, schema, answer) => {
  const project = projectionOf(schema) ?? ((value: unknown) => value)
  expect(JSON.parse(JSON.stringify(project(answer)))).toEqual(JSON.parse(JSON.stringify(schema.parse(answer))))
  expect(JSON.stringify(project(answer))).not.toContain('never')
})

test('plain values need no work at all', () => {
  for (const schema of [z.string(), z.number(), z.boolean(), z.null(), z.enum(['a']), z.array(z.string())]) {
    expect(projectionOf(schema)).toBeUndefined()
  }
})
