import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { HTML, SQL } from '../broken.ts'

/** Written into JSON as it stands, for what JavaScript cannot hold: a number out of range, a key twice. */
const RAW = '@@raw@@'
const raw = (text: string) => `${RAW}${text}`
export const asJson = (value: unknown) =>
  (JSON.stringify(value) ?? 'null').replaceAll(/"@@raw@@((?:[^"\\]|\\.)*)"/g, (_, text: string) =>
    JSON.parse(`"${text}"`),
  )

const deep = (open: string, close: string, levels: number) => raw(open.repeat(levels) + close.repeat(levels))

/** What breaks programs where they expect something else. */
export const nasty: readonly unknown[] = [
  ...[
    '',
    ' ',
    '\0',
    'a\0b',
    '\u{1F355}'.repeat(50),
    '\u202Eevil',
    '\uFEFFx',
    '\r\nset-cookie: a=b',
    '%00',
    '%ff',
    '../../etc/passwd',
  ],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what an engine of templates would run
  ...[SQL, HTML, '${7*7}', '{{7*7}}', '=cmd|x', "' or '1'='1", '*', '\\', '"', 'x'.repeat(300), 'x'.repeat(70_000)],
  // Halves of surrogate pairs.
  ...['\uD800', '\uDC00', 'a\uDFFFb', '\uD800'.repeat(20)],
  ...[
    'NaN',
    'null',
    'undefined',
    'true',
    '0x10',
    '1e9',
    '١٢٣',
    '−5',
    '1,5',
    '2026-02-30',
    '2026-02-30T25:61:00Z',
    '+275760-09-13T00:00:00.000Z',
  ],
  ...[
    '-000001-01-01T00:00:00Z',
    '24:00',
    '99:99',
    'Mars/Olympus',
    'R/P1D',
    '00000000-0000-0000-0000-000000000000',
    'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
  ],
  ...[0, -0, -1, 0.1, 1e-320, 255, 32_768, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 2 ** 63, 1e21, 1.797e308],
  ...[raw('1e999'), raw('-1e999'), raw('123456789'.repeat(400)), raw('0.1'.padEnd(400, '1')), raw('"\\ud800"')],
  ...[
    null,
    true,
    false,
    [],
    {},
    [[]],
    [null],
    [{}],
    { length: 1e9 },
    { toString: 1, valueOf: 1 },
    { $ne: null },
    { toJSON: 'x' },
  ],
  ...[deep('[', ']', 2_000), raw(`${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`)],
]

const KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  'id',
  'tenantId',
  'organizationId',
  '',
  'a\0b',
  '\uD800',
  'x'.repeat(10_000),
]

type Path = (string | number)[]

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [
    path,
    ...Object.entries(value).flatMap(([key, part]) =>
      pathsIn(part, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ]
}

function withAt(value: unknown, path: Path, change: (old: unknown) => unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined) return change(value)
  if (Array.isArray(value)) return value.map((item, at) => (at === step ? withAt(item, rest, change) : item))
  const held = value as Record<string, unknown>
  return { ...held, [step]: withAt(held[String(step)], rest, change) }
}

/** A key set as JSON sets it: `__proto__` too is only a name. */
const withKey = (held: object, key: string, value: unknown) => {
  const copy = { ...held }
  Object.defineProperty(copy, key, { value, enumerable: true, configurable: true, writable: true })
  return copy
}

/** One thing of a body made wrong: replaced, taken out, repeated, or given a key that programs trip over. */
function mutated(value: unknown): fc.Arbitrary<unknown> {
  const paths = pathsIn(value)
  return fc
    .record({
      path: fc.constantFrom(...paths),
      how: fc.constantFrom('replace', 'replace', 'replace', 'drop', 'key', 'repeat', 'wrap'),
      nasty: fc.constantFrom(...nasty),
      key: fc.constantFrom(...KEYS),
    })
    .map(({ path, how, nasty: bad, key }) =>
      withAt(value, path, (old) => {
        if (how === 'drop' && typeof old === 'object' && old !== null && !Array.isArray(old)) {
          return Object.fromEntries(Object.entries(old).slice(1))
        }
        if (how === 'key' && typeof old === 'object' && old !== null && !Array.isArray(old))
          return withKey(old, key, bad)
        if (how === 'repeat' && Array.isArray(old)) return [...old, ...old, ...old]
        return how === 'wrap' ? [old] : bad
      }),
    )
}

/** One to three mutations, one upon the other. */
export const broken = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.tuple(value, fc.integer({ min: 1, max: 3 })).chain(([body, times]) => {
    let made = mutated(body)
    for (let n = 1; n < times; n++) made = made.chain(mutated)
    return made
  })

export type Bytes = { bytes: Buffer; headers?: Record<string, string> }

/** Ways in which bytes are not the JSON they say they are, or say it in other words. */
export const written = (text: string): fc.Arbitrary<Bytes> => {
  const plain = Buffer.from(text)
  const first = /^\{"([\w]+)":/.exec(text)?.[1]
  return fc.oneof(
    { arbitrary: fc.constant({ bytes: plain }), weight: 12 },
    {
      arbitrary: fc.constantFrom<Bytes>(
        { bytes: Buffer.from(`\uFEFF${text}`) },
        { bytes: Buffer.from(text, 'utf16le'), headers: { 'content-type': 'application/json; charset=utf-16' } },
        { bytes: Buffer.from(text, 'utf16le') },
        { bytes: Buffer.from(text, 'latin1'), headers: { 'content-type': 'application/json; charset=iso-8859-1' } },
        { bytes: Buffer.concat([plain, Buffer.from([0xff, 0xfe, 0xc0, 0x80])]) },
        { bytes: Buffer.from(text.replace(/[a-z]/, '\xff'), 'latin1') },
        { bytes: plain.subarray(0, Math.floor(plain.length / 2)) },
        { bytes: Buffer.from(`${text}${text}`) },
        { bytes: Buffer.from(`${text}//`) },
        { bytes: Buffer.from(text.replaceAll('"', "'")) },
        { bytes: Buffer.from(first ? `{"${first}":null,${text.slice(1)}` : text) },
        { bytes: Buffer.from(first ? text.replace(/\}$/, `,"${first}":{"__proto__":{"isAdmin":true}}}`) : text) },
        { bytes: plain, headers: { 'content-type': 'text/plain' } },
        { bytes: plain, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
        { bytes: plain, headers: { 'content-type': 'multipart/form-data; boundary=x' } },
        { bytes: plain, headers: { 'content-type': 'application/json; charset=klingon' } },
        { bytes: plain, headers: { 'content-type': `application/json; ${'x='.repeat(2_000)}` } },
        { bytes: gzipSync(plain), headers: { 'content-encoding': 'gzip' } },
        { bytes: gzipSync(gzipSync(plain)), headers: { 'content-encoding': 'gzip, gzip' } },
        { bytes: plain, headers: { 'content-encoding': 'gzip' } },
        { bytes: plain, headers: { 'content-encoding': 'br' } },
      ),
      weight: 2,
    },
  )
}

/** Headers a caller may get wrong; each set is sent beside an otherwise plain request. */
export const HEADERS: readonly Record<string, string>[] = [
  { 'x-organization-id': 'x'.repeat(3_000) },
  { 'x-organization-id': '../admin' },
  { 'x-request-id': 'a'.repeat(5_000) },
  { 'x-request-id': '<script>alert(1)</script>' },
  { 'idempotency-key': 'k'.repeat(201) },
  { 'idempotency-key': 'fuzz-1' },
  { 'accept-language': 'xx-INVALID-'.repeat(200) },
  { 'accept-language': '*;q=NaN, en;q=-1' },
  { 'accept-encoding': 'zebra;q=1, *;q=0' },
  { accept: 'application/xml' },
  { 'if-none-match': '"'.repeat(300) },
  { range: 'bytes=99999999999-1,-1' },
  { cookie: `opsflow.session=${'%'.repeat(400)}; a=b` },
  { 'x-forwarded-for': `${'9'.repeat(400)}, ::ffff:1.2.3.4.5, ]` },
  { 'x-forwarded-host': 'evil.example' },
  { 'x-http-method-override': 'DELETE' },
  { expect: '100-continue' },
  { 'x-opsflow-edition': '-1e99' },
  { 'upload-offset': '-1', 'tus-resumable': '9' },
  { 'upload-length': '9'.repeat(30), 'upload-metadata': `${'a'.repeat(999)} ====,,, ,id`, 'tus-resumable': '1.0.0' },
]
