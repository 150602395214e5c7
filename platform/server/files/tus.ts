import type { IncomingHttpHeaders } from 'node:http'
import { MOST_FILE_BYTES, NewUpload, type UploadState } from '../../files.ts'
import { refuse } from '../../refusal.ts'
import { DeviceTime } from '../../sync.ts'
import { momentOf } from '../../sync-clock.ts'

// The words of tus 1.0 (https://tus.io/protocols/resumable-upload): core, creation and expiration.

type Http = { headers: IncomingHttpHeaders; setHeader: (name: string, value: string) => void }

const VERSION = '1.0.0'

/** Every request names the version it speaks; every answer does too. */
export function speakTus({ headers, setHeader }: Http) {
  setHeader('tus-resumable', VERSION)
  if (headers['tus-resumable'] === VERSION) return
  setHeader('tus-version', VERSION)
  refuse('precondition', 'files.tus_version', { detail: 'Here speaks tus 1.0.0. Send Tus-Resumable: 1.0.0.' })
}

/** What `Upload-Length` and `Upload-Metadata` promise. */
export function promisedBy(headers: IncomingHttpHeaders, receivedAt = Date.now()): NewUpload {
  const size = wholeNumber(headers['upload-length'], 'upload-length')
  if (size > MOST_FILE_BYTES) {
    refuse('too_large', 'files.too_large', { detail: `A file has at most ${MOST_FILE_BYTES / 1024 / 1024} MiB.` })
  }
  const metadata = metadataOf(headers['upload-metadata'])
  const read = NewUpload.safeParse({ ...pick(metadata, named), ...capturedBy(metadata, receivedAt), size })
  if (read.success) return read.data
  const [issue] = read.error.issues
  const name = issue?.path[0] === 'size' ? 'upload-length' : `upload-metadata.${String(issue?.path[0] ?? '')}`
  return wrong(name, issue?.message ?? '')
}

export const offsetIn = (headers: IncomingHttpHeaders): number => wholeNumber(headers['upload-offset'], 'upload-offset')

/** Where it stands, in headers. */
export function tellState({ setHeader }: Http, { offset, size, expiresAt, state }: UploadState) {
  setHeader('upload-offset', String(offset))
  setHeader('upload-length', String(size))
  setHeader('upload-state', state)
  if (expiresAt) setHeader('upload-expires', new Date(expiresAt).toUTCString())
}

/** `id MDE4…,sha256 OWY4…`: names with values in base64. */
function metadataOf(header: string | string[] | undefined): Record<string, string> {
  const pairs = String(header ?? '')
    .split(',')
    .map((pair) => pair.trim().split(' '))
  return Object.fromEntries(pairs.map(([name, value = '']) => [name, Buffer.from(value, 'base64').toString('utf8')]))
}

/** Clients add names of their own (a file's name, its type); nothing is made of them. */
const named = Object.keys(NewUpload.shape).filter((name) => name !== 'size')
const pick = (metadata: Record<string, string>, names: readonly string[]) =>
  Object.fromEntries(names.flatMap((name) => (metadata[name] === undefined ? [] : [[name, metadata[name]]])))

/** A device says what its clocks said when it captured and say now; when that was is derived here, as of any work. */
function capturedBy({ captured, sent }: Record<string, string>, receivedAt: number) {
  if (captured === undefined) return {}
  const { at, quality } = momentOf(clocksIn(captured, 'captured'), { sent: clocksIn(sent, 'sent'), receivedAt })
  return { capturedAt: at, capturedQuality: quality }
}

function clocksIn(text: string | undefined, name: string): DeviceTime {
  let said: unknown
  try {
    said = JSON.parse(text ?? '')
  } catch {
    said = undefined
  }
  const read = DeviceTime.safeParse(said)
  return read.success ? read.data : wrong(`upload-metadata.${name}`, 'DeviceTime as JSON.')
}

function wholeNumber(header: string | string[] | undefined, name: string): number {
  if (typeof header === 'string' && /^\d{1,12}$/.test(header)) return Number(header)
  return wrong(name, 'A whole number of bytes.')
}

const wrong = (name: string, message: string): never =>
  refuse('malformed', 'files.header_invalid', {
    detail: `${name}: ${message}`,
    errors: [{ path: `header.${name}`, code: 'files.header_invalid', message }],
  })
