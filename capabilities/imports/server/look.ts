import { computedBeside, type GivenAudit } from '@opsflow/capabilities/audits'
import type { Actor } from '@opsflow/platform/actor'
import type { Database } from '@opsflow/platform/server/tenant'
import { type Look, MOST_PLACES, MOST_REFUSED } from '../audit-import.ts'
import { guessInspections, missingIn } from '../inspection-columns.ts'
import { placeMatcher } from '../place-match.ts'
import type { LeftOut } from '../safetyculture.ts'
import type { PeerPhoto } from '../safetyculture-audit.ts'
import { type FileRow, inspectionRows, type JsonAudits, textOf } from './file-rows.ts'
import { keptAudits } from './kept-audits.ts'
import type { Pack } from './pack/open-pack.ts'
import { type KeptImport, readImport, storeBytesRead, storeLook, storeReceivedKind } from './store-imports.ts'
import { type FoundPlace, insertErrors, insertPlaces, type KeptError, madeTemplates, ourPlaces } from './store-rows.ts'

const SHOWN_ROWS = 20
const SHOWN_CELL = 300
const SHOWN_DISAGREEMENTS = 100
const SHOWN_LEFT_OUT = 500
const SHOWN_OF_TEMPLATE = 2000
const AT_ONCE = 1000
const PLACES_AT_ONCE = 2000
const TELL_EVERY_BYTES = 8 * 1024 * 1024

export class TooManyPlaces extends Error {}

/** Looks through a kept file from end to end, and keeps what it holds: its places, its refused rows, what disagrees. */
export async function lookThrough(database: Database, actor: Actor, one: KeptImport, isStopping: () => boolean) {
  const encoding = one.encoding ?? 'utf-8'
  const write = database.write.bind(database)
  let told = 0
  let read = 0
  const onBytes = (bytes: number) => {
    read = bytes
  }
  const looked = new Looked(one)
  const rows =
    one.kind === 'inspections'
      ? inspectionRows(textOf(database, actor, { id: one.id, encoding }, onBytes), (header, first) =>
          looked.begin(header, first),
        )
      : undefined
  const json = rows ? undefined : await keptAudits(database, actor, one, onBytes)
  json?.pack?.close()
  if (json?.pack) looked.pack = json.pack
  if (json) await write(actor, (tx) => storeReceivedKind(tx, one.id, json.kind))
  for await (const row of rows ?? json?.rows ?? []) {
    looked.take(row)
    if (looked.errors.length >= AT_ONCE) await write(actor, (tx) => insertErrors(tx, one.id, looked.takeErrors()))
    if (read - told < TELL_EVERY_BYTES) continue
    told = read
    if (isStopping()) return
    const isMine = await write(actor, async (tx) => {
      await storeBytesRead(tx, one.id, told)
      return (await readImport(tx, one.id))?.state === 'reading'
    })
    if (!isMine) return
  }
  await write(actor, (tx) => insertErrors(tx, one.id, looked.takeErrors()))
  const match = placeMatcher(await database.read(actor, ourPlaces))
  const places = [...looked.places.values()].map((found) => ({ ...found, match: match(found.place) }))
  for (let at = 0; at < places.length; at += PLACES_AT_ONCE) {
    await write(actor, (tx) => insertPlaces(tx, one.id, places.slice(at, at + PLACES_AT_ONCE)))
  }
  await write(actor, async (tx) => {
    const ids = json?.templates.map(({ sourceId }) => sourceId) ?? []
    const made = ids.length > 0 ? await madeTemplates(tx, 'safetyculture', ids) : new Map<string, string>()
    await storeLook(tx, one.id, looked.look(json, made), looked.rows)
  })
}

/** What was seen of a file so far. It holds one line a place, and nothing of a row. */
class Looked {
  rows = 0
  errors: KeptError[] = []
  /** Of a ZIP: which photos it brings. */
  pack: Pack | undefined
  readonly places = new Map<string, Omit<FoundPlace, 'match'>>()
  readonly #one: KeptImport
  #header: string[] = []
  #mapping: Look['mapping'] = null
  #doubts: Look['doubts']
  #shown: Look['rows'] = []
  #disagreements: Look['disagreements'] = []
  #leftOut: Look['leftOut'] = []
  #refused = 0
  #kept = 0
  #disagreeing = 0
  #moreLeftOut = 0
  readonly #photos = { named: 0, found: 0 }

  constructor(one: KeptImport) {
    this.#one = one
    this.#doubts = one.encoding === 'windows-1252' && !one.mapping ? ['encoding_guessed'] : []
  }

  begin(header: string[], first: string[][]) {
    const guess = guessInspections(header, first)
    this.#header = header.map((name) => name.replace('\uFEFF', '').trim().slice(0, 200))
    this.#mapping = this.#one.mapping ?? guess.mapping
    if (!this.#one.mapping) this.#doubts.push(...guess.doubts)
    return this.#mapping
  }

  take({ row, cells, read, leftOut, photos = [] }: FileRow) {
    this.rows += 1
    for (const one of [...leftOut, ...this.#missing(photos)]) {
      if (this.#leftOut.length < SHOWN_LEFT_OUT) this.#leftOut.push({ row, ...one })
      else this.#moreLeftOut += 1
    }
    if (this.#shown.length < SHOWN_ROWS) this.#shown.push(shownRow(row, cells, read))
    if (!read.ok) return this.#refuse(row, cells, read.errors)
    const { given } = read
    const key = `${given.source} ${given.place.key}`
    const known = this.places.get(key)
    if (known) known.rows += 1
    else if (this.places.size >= MOST_PLACES) throw new TooManyPlaces(`more than ${MOST_PLACES} places`)
    else this.places.set(key, { source: given.source, place: given.place, rows: 1 })
    this.#compare(row, given)
  }

  takeErrors(): KeptError[] {
    const taken = this.errors
    this.errors = []
    return taken
  }

  look(json: JsonAudits | undefined, made: ReadonlyMap<string, string>): Look {
    return {
      ...{
        columns: this.#header,
        mapping: this.#mapping,
        doubts: this.#doubts,
        rows: this.#shown,
        refused: this.#refused,
      },
      missing: this.#mapping ? missingIn(this.#mapping) : [],
      photos: this.#photos,
      ...{ places: this.places.size, disagreeing: this.#disagreeing, disagreements: this.#disagreements },
      templates: (json?.templates ?? []).map(({ draft, leftOut, ...template }) => ({
        ...template,
        templateId: made.get(template.sourceId) ?? null,
        canBeMade: draft !== null,
        leftOut: leftOut.slice(0, SHOWN_OF_TEMPLATE),
      })),
      leftOut: this.#leftOut,
      moreLeftOut: (json?.templates ?? []).reduce(
        (more, { leftOut }) => more + Math.max(0, leftOut.length - SHOWN_OF_TEMPLATE),
        this.#moreLeftOut,
      ),
    }
  }

  /** Photos that are named and not brought along, by question. */
  #missing(photos: readonly PeerPhoto[]): LeftOut[] {
    const missing = photos.filter(({ id }) => !this.pack?.has(id))
    this.#photos.named += photos.length
    this.#photos.found += photos.length - missing.length
    const byItem = new Map<string, PeerPhoto[]>()
    for (const photo of missing) byItem.set(photo.itemId, [...(byItem.get(photo.itemId) ?? []), photo])
    return [...byItem.values()].map((some) => ({
      ...{
        itemId: some[0]?.itemId ?? '',
        label: some[0]?.label ?? '',
        code: 'photos' as const,
        detail: `${some.length}`,
      },
    }))
  }

  #refuse(row: number, cells: readonly string[], errors: readonly { column: string; code: string; message: string }[]) {
    this.#refused += 1
    if (this.#kept >= MOST_REFUSED) return
    this.#kept += 1
    for (const error of errors) this.errors.push({ row, ...error, cells })
  }

  #compare(row: number, given: GivenAudit) {
    const computed = computedBeside(given)
    if (!computed.disagrees) return
    this.#disagreeing += 1
    if (this.#disagreements.length >= SHOWN_DISAGREEMENTS) return
    const of = (grade: string | null, percent: number | null) => grade ?? (percent === null ? '' : `${percent} %`)
    this.#disagreements.push({
      ...{ row, place: given.place.name || given.place.licence, points: given.score },
      ...{ given: of(given.grade, given.percent), computed: of(computed.grade, computed.percent) },
    })
  }
}

const shownRow = (row: number, cells: readonly string[], read: FileRow['read']): Look['rows'][number] => ({
  row,
  cells: cells.map((cell) => cell.slice(0, SHOWN_CELL)),
  given: read.ok
    ? {
        ...{ place: read.given.place.name || read.given.place.licence, name: read.given.name },
        ...{ auditDate: read.given.auditDate, result: read.given.result, score: read.given.score },
        ...{ grade: read.given.grade, findings: read.given.findings.length },
      }
    : null,
  errors: read.ok ? [] : [...read.errors],
})
