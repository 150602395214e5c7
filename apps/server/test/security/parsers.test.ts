import { readFileSync } from 'node:fs'
import { fallsOn, Timing } from '@opsflow/capabilities/checklists'
import { peerAudit, peerTemplate, readJson } from '@opsflow/capabilities/imports'
import { cookieValue } from '@opsflow/capabilities/people/server'
import {
  decode,
  knownDevices,
  measuredSent,
  milliText,
  parseTemperature,
  readingsOf,
} from '@opsflow/capabilities/temperature'
import { csvText } from '@opsflow/platform/csv'
import { organizationIn, withoutOrganization } from '@opsflow/platform/organization-path'
import { Refusal } from '@opsflow/platform/refusal'
import { csvTable } from '@opsflow/platform/server/csv-file'
import { lookInto } from '@opsflow/platform/server/files/look-into'
import { hasExif, hiding, photoForTests } from '@opsflow/platform/server/files/photo.for-tests'
import { sniff } from '@opsflow/platform/server/files/sniff'
import { offsetIn, promisedBy } from '@opsflow/platform/server/files/tus'
import { cursorAfter, cursorKeys, isInstant, isInteger, isText, isUuid } from '@opsflow/platform/server/http/cursor'
import { RouteMap } from '@opsflow/platform/server/http/route-map'
import { proven } from '@opsflow/platform/server/proven.for-tests'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { asJson, broken } from './mutations.ts'
import { type Schema, shaped } from './shapes.ts'

const LONG = Boolean(process.env.LONG_TESTS)
const many = LONG ? 20_000 : 1_000
const few = LONG ? 3_000 : 150

const seen: { parser: string; cases: number; read: number; refused: number; faults: number }[] = []

/** Feeds a parser: it reads, or refuses in its own way; anything else thrown is a fault of the parser. */
function fed<T>(
  parser: string,
  runs: number,
  inputs: fc.Arbitrary<T>,
  parse: (input: T) => boolean | Promise<boolean>,
) {
  const told = { parser, cases: 0, read: 0, refused: 0, faults: 0 }
  seen.push(told)
  return fc.assert(
    fc.asyncProperty(inputs, async (input) => {
      told.cases++
      try {
        if (await parse(input)) told.read++
        else told.refused++
      } catch (fault) {
        told.faults++
        throw fault
      }
    }),
    { numRuns: runs },
  )
}

/** True when it read; false for a refusal. */
async function reads(work: () => unknown): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.stringMatching(/^[+\-−]?[0-9.,eExX ]{0,30}$/),
  fc.constantFrom('\uD800', '\0', '9'.repeat(5_000), '1e999', '-0', ' −18,5 ', '0x10', 'NaN', '١٢'),
)
const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((array) => Buffer.from(array))

afterAll(() => {
  const cases = seen.reduce((sum, one) => sum + one.cases, 0)
  const faults = seen.reduce((sum, one) => sum + one.faults, 0)
  proven('security', {
    title: 'Parsers under nonsense',
    method:
      'Each parser of what comes from outside is given text and bytes at random, right ones with parts replaced, cut and turned round, and what is known to break parsers. It reads or refuses in its own way; what is read keeps its rules, and goes back to what it was where that is promised. A hang or a fault fails the test.',
    findings: [
      { what: 'parsers', seen: `${seen.length}` },
      { what: 'cases', seen: `${cases}` },
      { what: 'faults', goal: '0', seen: `${faults}`, met: faults === 0 },
    ],
    table: seen,
  })
})

test('a temperature is a number of its pattern or a reason, and is written as it was read', () =>
  fed('temperature', many, fc.tuple(anyText, fc.constantFrom('F', 'C')), ([text, unit]) => {
    const read = parseTemperature(text, unit as 'F' | 'C')
    measuredSent(text, unit as 'F' | 'C')
    if (!read.ok) return read.message.length === 0
    expect(Number.isSafeInteger(read.value.milli)).toBe(true)
    const again = parseTemperature(milliText(read.value.milli), unit as 'F' | 'C')
    expect(again.ok && again.value.milli).toBe(read.value.milli)
    return true
  }))

test('no payload makes a decoder throw, and every reading is a finite number or none', () =>
  fed(
    'payloads of sensors',
    many,
    fc.tuple(fc.constantFrom(...knownDevices), fc.option(fc.nat(255)), bytes(260)),
    ([device, port, payload]) => {
      const decoded = decode(device, port, payload)
      for (const { value } of readingsOf(device, decoded) as { value?: unknown }[]) {
        if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true)
      }
      return !('error' in decoded)
    },
  ))

const limits = { owner: 'imports', mostRows: 50 }

test('a CSV is a table or refused, whatever its bytes', () => {
  const cell = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom('"', '""', ',', ';', '\n', '\r', '\t', '\0', '=1+1', "'", '\uFEFF'),
  )
  const like = fc.array(cell, { maxLength: 80 }).map((cells) => Buffer.from(cells.join(',')))
  const long = fc.constant(Buffer.from(`a,b\n"${'x'.repeat(300_000)}`))
  return fed(
    'CSV',
    few,
    fc.oneof({ arbitrary: bytes(400), weight: 4 }, { arbitrary: like, weight: 8 }, { arbitrary: long, weight: 1 }),
    (content) =>
      reads(async () => {
        const { header, rows } = await csvTable(content, limits)
        expect(header.length).toBeLessThanOrEqual(200)
        expect(rows.length).toBeLessThanOrEqual(50)
      }),
  )
})

test('what was written as CSV is read as it was, formulas as text', () =>
  fed(
    'CSV written here',
    few,
    fc.array(fc.array(fc.string({ maxLength: 20 }), { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 }),
    (rows) =>
      reads(async () => {
        const text = csvText([['a', 'b', 'c', 'd'], ...rows.map((row) => [...row, '.', '.'].slice(0, 4))])
        for (const row of (await csvTable(Buffer.from(text), limits)).rows)
          for (const one of row) expect(one).not.toMatch(/^[=+@]/)
      }),
  ))

const audit = JSON.parse(
  readFileSync(new URL('../../../../capabilities/imports/fixtures/safetyculture-audit.json', import.meta.url), 'utf8'),
)

test('a peer’s export with anything wrong in it is read in part, or refused with a reason', () =>
  fed('JSON of SafetyCulture', few, broken(fc.constant(audit)), (made) => {
    const read = readJson(asJson(made))
    if (read.kind !== 'safetyculture') return false
    for (const one of read.exports) {
      if (!one.ok) continue
      peerTemplate(one.exported, () => crypto.randomUUID())
      peerAudit(one.exported)
    }
    return true
  }))

test('any JSON, and any text, is known or refused; depth has an end', () =>
  fed(
    'JSON of anyone',
    many,
    fc.oneof(
      anyText,
      fc.json({ maxDepth: 6 }),
      fc.constantFrom('['.repeat(200_000), '{"a":'.repeat(100_000), '[1e999]'),
    ),
    (text) => readJson(text).kind !== 'refused',
  ))

test('a recurrence that is valid answers for every day, and never throws', () => {
  const schema = z.toJSONSchema(Timing, { io: 'input', unrepresentable: 'any' }) as Schema
  const refer = (name: string) =>
    (schema as unknown as { $defs: Record<string, Schema> }).$defs[name.replace('#/$defs/', '')] as Schema
  const day = fc
    .date({ min: new Date('1970-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))
  const timing = shaped(schema, refer, ['01890a5d-ac96-774b-bcce-b302099a8057'])
  return fed('recurrences', many, fc.tuple(fc.oneof(timing, broken(timing)), day), ([made, date]) => {
    const read = Timing.safeParse(JSON.parse(asJson(made)))
    if (!read.success) return false
    expect(typeof fallsOn(read.data, date, { openingHours: [], specialDays: [] })).toBe('boolean')
    return true
  })
})

test('a cursor is one of ours or refused, and comes back as it was given', async () => {
  const kinds = [isText, isUuid, isInstant, isInteger]
  await fed(
    'cursors',
    many,
    fc.oneof(
      anyText,
      fc.json().map((text) => Buffer.from(text).toString('base64url')),
    ),
    (cursor) => reads(() => cursorKeys(cursor, ...kinds)),
  )
  await fed(
    'cursors given here',
    few,
    fc.tuple(
      fc.string().filter((text) => !text.includes('\0')),
      fc.uuid({ version: 7 }),
      fc.maxSafeInteger(),
    ),
    ([text, id, n]) => {
      expect(cursorKeys(cursorAfter(text, id, n), isText, isUuid, isInteger)).toEqual([text, id, String(n)])
      return true
    },
  )
})

test('cookies, paths and organizations in addresses are read or not there', async () => {
  await fed(
    'cookies',
    many,
    fc.oneof(
      anyText,
      anyText.map((text) => `opsflow.session=${text}; a=%`),
    ),
    (header) => cookieValue(header, 'opsflow.session') !== null,
  )
  const map = new RouteMap<number>()
  for (const [n, path] of ['/a', '/a/{id}', '/a/{id}/b', '/{x}/{y}/{z}'].entries()) map.add('GET', path, n)
  await fed(
    'paths of routes',
    many,
    anyText.map((text) => `/a/${text}/b/${text}`),
    (path) => {
      try {
        return map.find('GET', path) !== undefined
      } catch (error) {
        if (error instanceof URIError) return false
        throw error
      }
    },
  )
  await fed(
    'organizations in addresses',
    many,
    anyText.map((text) => `/o/${text}/tasks`),
    (path) => {
      expect(withoutOrganization(path).startsWith('/')).toBe(true)
      return organizationIn(path) !== undefined
    },
  )
})

test('headers of an upload are a promise or refused', async () => {
  const base64 = anyText.map((text) => Buffer.from(text.toWellFormed()).toString('base64'))
  const pair = fc
    .tuple(fc.constantFrom('id', 'sha256', 'locationId', 'capturedAt', 'captured', 'sent', '__proto__', 'size'), base64)
    .map((parts) => parts.join(' '))
  const metadata = fc.oneof(
    fc.array(pair, { maxLength: 8 }).map((pairs) => pairs.join(',')),
    anyText,
  )
  await fed('headers of uploads', many, fc.tuple(anyText, metadata), ([length, text]) =>
    reads(() => promisedBy({ 'upload-length': length, 'upload-metadata': text })),
  )
  await fed('offsets of uploads', many, anyText, (offset) => reads(() => offsetIn({ 'upload-offset': offset })))
})

const HIDDEN = 'hidden-in-the-file'

test('of a picture that was cut, changed or tied to something only clean pixels are kept, or nothing', async () => {
  const [jpeg = Buffer.of(), png = jpeg, webp = jpeg] = await hiding((await photoForTests(64)).bytes, HIDDEN)
  expect([jpeg, png, webp].every((file) => file.includes(HIDDEN))).toBe(true)
  const markup = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><script>${HIDDEN}</script></svg>`)
  const page = Buffer.from(`<html><script>${HIDDEN}</script></html>`)
  const whole = fc.constantFrom(jpeg, png, webp)
  const turned = fc
    .tuple(whole, fc.array(fc.tuple(fc.nat(5_000), fc.nat(255)), { maxLength: 12 }))
    .map(([file, changes]) => {
      const copy = Buffer.from(file)
      for (const [at, byte] of changes) copy[at % copy.length] = byte
      return copy
    })
  const cut = fc.tuple(whole, fc.nat(5_000)).map(([file, at]) => file.subarray(0, at % file.length))
  const tied = fc
    .tuple(whole, fc.constantFrom(markup, page, Buffer.from(`PK\x03\x04${HIDDEN}`), jpeg))
    .map((parts) => Buffer.concat(parts))
  const named = fc
    .tuple(
      fc.constantFrom('\xff\xd8\xff', '\x89PNG\r\n\x1a\n', 'RIFF\0\0\0\0WEBP', 'GIF89a', '%PDF-1.7', ''),
      bytes(200),
    )
    .map(([magic, rest]) => Buffer.concat([Buffer.from(magic, 'latin1'), rest]))
  const posing = fc.constantFrom(
    markup,
    page,
    Buffer.concat([Buffer.from('\uFEFF \n'), markup]),
    Buffer.from(`GIF89a/*${page}*/`),
  )
  await fed('pictures', LONG ? 1_500 : 120, fc.oneof(whole, turned, cut, tied, named, posing), (file) =>
    reads(async () => {
      const kept = await lookInto(file)
      if (kept.mediaType !== 'image/jpeg') return
      expect(sniff(kept.bytes)).toBe('jpeg')
      expect(kept.bytes.includes(HIDDEN)).toBe(false)
      expect(await hasExif(kept.bytes)).toBe(false)
    }),
  )
}, 600_000)
