/** What of JSON Schema the contract's document uses. */
export type Schema = {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  additionalProperties?: boolean | Schema
  items?: Schema
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
}

type Step = string | number
/** A place in a document and what the contract says about it. */
export type Place = { path: Step[]; schema: Schema }
/** `refused`: nothing like it may ever be accepted. Otherwise only the server must stand, and keep text as it is. */
export type Broken = { what: string; path: Step[]; value: unknown; refused: boolean }

export const HTML = '<img src=x onerror=alert(1)>&amp;'
export const SQL = `'); drop table tenants; -- "`
const LONG = 'x'.repeat(1024 * 1024)
export const NOWHERE = '01890a5d-ac96-774b-bcce-b302099a8057'
/** JSON cannot say Infinity, but a number too large for a double becomes it. */
export const TOO_LARGE = '@@1e999@@'

export const written = (value: unknown) => JSON.stringify(value).replaceAll(`"${TOO_LARGE}"`, '1e999')

/** Every place of a document, the document itself first. */
export function placesIn(schema: Schema, refer: (name: string) => Schema, path: Step[] = []): Place[] {
  const variants = variantsOf(schema, refer)
  const inner = variants.flatMap((variant) => [
    ...Object.entries(variant.properties ?? {}).flatMap(([name, field]) => placesIn(field, refer, [...path, name])),
    ...(variant.items ? placesIn(variant.items, refer, [...path, 0]) : []),
  ])
  return [{ path, schema: merged(variants) }, ...inner]
}

function variantsOf(schema: Schema, refer: (name: string) => Schema): Schema[] {
  if (schema.$ref) return variantsOf(refer(schema.$ref), refer)
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf
  return choices ? choices.flatMap((choice) => variantsOf(choice, refer)) : [schema]
}

const merged = (variants: Schema[]): Schema => ({
  ...Object.assign({}, ...variants.filter(({ type }) => type !== 'null')),
  type: variants.flatMap(({ type }) => type ?? []),
})

/** Everything that can be wrong at one place. */
export function brokenAt({ path, schema }: Place, foreignId: string): Broken[] {
  const types = new Set(schema.type)
  if (types.size === 0 && !schema.enum) return []
  const make = (refused: boolean) => (what: string, value: unknown) => ({ what, path, value, refused })
  const never = make(true)
  const perhaps = make(false)
  const isText = types.has('string') && !types.has('number')
  const isBound = Boolean(schema.enum || schema.format || schema.pattern || schema.const)
  return [
    ...wrongTypes(types).map((value) => never(`wrong type ${JSON.stringify(value)}`, value)),
    ...(types.has('integer') || types.has('number')
      ? wrongNumbers(schema).map((value) => never(`${value}`, value))
      : []),
    ...(types.has('object') && schema.additionalProperties === false
      ? [{ what: 'unknown field', path: [...path, 'surprise'], value: 1, refused: true }]
      : []),
    ...(isText
      ? [
          make(isBound || (schema.minLength ?? 0) > 0)('empty', ''),
          make(isBound || schema.maxLength !== undefined)('100 kB', LONG.slice(0, 100_000)),
          never('1 MB', LONG),
          never('NUL', 'a\0b'),
          make(isBound)('HTML', HTML),
          make(isBound)('SQL', SQL),
          ...(schema.format === 'uuid' ? [perhaps('foreign id', foreignId), perhaps('random id', NOWHERE)] : []),
        ]
      : []),
  ]
}

function wrongTypes(types: ReadonlySet<string>): unknown[] {
  const isNumber = types.has('number') || types.has('integer')
  return [
    ...(types.has('boolean') ? [] : [true]),
    ...(isNumber ? [] : [7]),
    ...(types.has('integer') ? [1.5] : []),
    ...(types.has('string') ? [] : ['seven']),
    ...(types.has('object') ? [] : [{}]),
    ...(types.has('array') ? [] : [[]]),
    ...(types.has('null') ? [] : [null]),
  ]
}

const wrongNumbers = ({ type, maximum, minimum }: Schema): unknown[] => [
  ...(type?.includes('string') ? [] : ['NaN', 'Infinity', '']),
  TOO_LARGE,
  ...(maximum === undefined ? [] : [maximum + 1, 1e308]),
  ...(minimum === undefined ? [] : [minimum - 1, -1e308]),
]

/** The example with one place of it changed. */
export function changed(example: unknown, path: readonly Step[], value: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined) return value
  if (typeof example !== 'object' || example === null) throw new Error(`the example has nothing at ${path.join('.')}`)
  const copy = (Array.isArray(example) ? [...example] : { ...example }) as Record<Step, unknown>
  copy[step] = changed(copy[step], rest, value)
  return copy
}
