import { EXPORT_FORMAT, EXPORT_VERSION } from './exported.ts'
import { PeerExport } from './safetyculture.ts'

const DEEPEST = 64
export const MOST_AUDITS = 5000

export type ReadExport = { ok: true; exported: PeerExport } | { ok: false; wrong: string }

/** What a JSON file is: a peer's exports, audits in our own format, or why it is neither. */
export type JsonFile =
  | { kind: 'safetyculture'; exports: ReadExport[] }
  | { kind: 'opsflow'; audits: unknown[] }
  | { kind: 'refused'; code: JsonProblem; detail: string }
export type JsonProblem = 'json_unreadable' | 'json_too_deep' | 'json_unknown' | 'json_version' | 'too_many_audits'

/** Reads a whole text. It is looked at for depth first: what nests without end never reaches a parser. */
export function readJson(text: string): JsonFile {
  if (isDeeperThan(text, DEEPEST)) return refused('json_too_deep', `It nests more than ${DEEPEST} deep.`)
  let said: unknown
  try {
    said = JSON.parse(text.replace(/^\uFEFF/, ''), wellFormed)
  } catch (error) {
    return refused('json_unreadable', (error as Error).message.slice(0, 300))
  }
  const ours = said as { format?: unknown; version?: unknown; audits?: unknown } | null
  if (ours && typeof ours === 'object' && ours.format === EXPORT_FORMAT) {
    if (ours.version !== EXPORT_VERSION)
      return refused(
        'json_version',
        `Version ${String(ours.version).slice(0, 20)} is not known here; this is ${EXPORT_VERSION}.`,
      )
    if (!Array.isArray(ours.audits)) return refused('json_unknown', 'It holds no list of audits.')
    return tooMany(ours.audits) ?? { kind: 'opsflow', audits: ours.audits }
  }
  const list = Array.isArray(said) ? said : [said]
  if (!list.some(looksLikePeer)) return refused('json_unknown', 'Neither an export of SafetyCulture nor one of ours.')
  return tooMany(list) ?? { kind: 'safetyculture', exports: list.map(peerExport) }
}

const refused = (code: JsonProblem, detail: string): JsonFile => ({ kind: 'refused', code, detail })

const tooMany = (list: readonly unknown[]) =>
  list.length > MOST_AUDITS
    ? refused('too_many_audits', `${list.length} audits; at most ${MOST_AUDITS} in a file.`)
    : null

const looksLikePeer = (one: unknown) =>
  typeof one === 'object' && one !== null && 'template_id' in one && 'template_data' in one && 'items' in one

function peerExport(one: unknown): ReadExport {
  const read = PeerExport.safeParse(one)
  if (read.success) return { ok: true, exported: read.data }
  const { path = [], message = '' } = read.error.issues[0] ?? {}
  return { ok: false, wrong: `${path.join('.').slice(0, 200)}: ${message}` }
}

/** Brackets outside of strings. */
function isDeeperThan(text: string, most: number): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (sign === QUOTE) at = endOfString(text, at)
    else if (sign === OPEN_LIST || sign === OPEN_OBJECT) {
      if (++depth > most) return true
    } else if (sign === CLOSE_LIST || sign === CLOSE_OBJECT) depth--
  }
  return false
}

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [34, 92, 91, 93, 123, 125]

function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (sign === BACKSLASH) at++
    else if (sign === QUOTE) return at
  }
  return text.length
}

/** Half a character and the sign for nothing cannot be stored: both become the sign for what cannot be read. */
function wellFormed(_: string, value: unknown): unknown {
  if (typeof value === 'string') return cleaned(value)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const keys = Object.keys(value)
  if (keys.every((key) => key === cleaned(key))) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [cleaned(key), one]))
}

const cleaned = (text: string) => text.replace(/[\0\p{Surrogate}]/gu, '\uFFFD')
