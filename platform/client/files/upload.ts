import type { UploadState } from '../../files.ts'
import type { DeviceTime } from '../../sync.ts'
import type { KeptPhoto } from './photo-store.ts'

/** What the way of one photo came to. */
export type Sent =
  | { outcome: 'stored' }
  /** The server will not keep these bytes, now or later. */
  | { outcome: 'refused'; code: string }
  /** Not now: the network, the server, or nobody signed in. */
  | { outcome: 'later'; why: 'unreachable' | 'busy' | 'signed_out' | 'no_room'; afterMs: number | undefined }

/** What this device's clocks say, and what they learn from an answer. */
export type PhotoClock = {
  read: () => DeviceTime
  start: () => Began
  heard: (response: Response, began: Began) => void
}
type Began = { now: number; monotonic: number }

export type Sending = {
  fetch: typeof fetch
  base: string
  organizationId: string
  clock: PhotoClock
  onProgress: (sentBytes: number) => void
  /** Where the session is no more: what this device was given for that case. */
  handedOverBy?: HandOverKey | undefined
}

/** Of a replica: who it is, and what it was given with its first pull. */
export type HandOverKey = { clientId: string; drainKey: string }

/** So much in a request: on a slow line a minute's work, and what a lost connection costs at most. */
const CHUNK_BYTES = 256 * 1024

/** Sends a photo from where the server has it on, until the server proves by its hash that it has it all. */
export async function sendPhoto(photo: KeptPhoto, bytes: ArrayBuffer, sending: Sending): Promise<Sent> {
  try {
    let state = await begin(photo, sending)
    while (state.state === 'receiving') {
      sending.onProgress(state.offset)
      await sendFrom(photo.id, bytes, state.offset, sending)
      state = await ask(photo.id, sending)
    }
    if (state.state === 'refused') return { outcome: 'refused', code: state.code ?? '' }
    return state.sha256 === photo.sha256 ? { outcome: 'stored' } : { outcome: 'refused', code: 'files.hash_differs' }
  } catch (error) {
    if (error instanceof NotNow) return error.sent
    throw error
  }
}

/** Begins it, or finds it where it stands. */
async function begin(photo: KeptPhoto, sending: Sending): Promise<UploadState> {
  const metadata = {
    id: photo.id,
    sha256: photo.sha256,
    locationId: photo.locationId,
    captured: JSON.stringify(photo.captured),
    sent: JSON.stringify(sending.clock.read()),
  }
  const response = await send(sending, '', 'POST', {
    'upload-length': String(photo.size),
    'upload-metadata': Object.entries(metadata)
      .map(([name, value]) => `${name} ${btoa(value)}`)
      .join(','),
  })
  return response.json() as Promise<UploadState>
}

async function sendFrom(id: string, bytes: ArrayBuffer, offset: number, sending: Sending): Promise<void> {
  do {
    const chunk = bytes.slice(offset, offset + CHUNK_BYTES)
    const headers = { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }
    const response = await send(sending, `/${id}`, 'PATCH', headers, chunk)
    offset = Number(response.headers.get('upload-offset'))
    sending.onProgress(offset)
  } while (offset < bytes.byteLength)
}

const ask = async (id: string, sending: Sending): Promise<UploadState> =>
  (await send(sending, `/${id}`, 'GET', {})).json() as Promise<UploadState>

class NotNow extends Error {
  readonly sent: Exclude<Sent, { outcome: 'stored' }>
  constructor(sent: Exclude<Sent, { outcome: 'stored' }>) {
    super(sent.outcome)
    this.sent = sent
  }
}

async function send(
  { fetch, base, organizationId, clock, handedOverBy: key }: Sending,
  path: string,
  method: string,
  headers: Record<string, string>,
  body?: ArrayBuffer,
): Promise<Response> {
  const began = clock.start()
  const way = key ? '/files/handed-over' : '/files/uploads'
  const by = key ? { 'opsflow-device': `${key.clientId} ${key.drainKey}` } : { 'x-organization-id': organizationId }
  const response = await fetch(base + way + path, {
    method,
    headers: { 'tus-resumable': '1.0.0', ...by, ...headers },
    credentials: 'same-origin',
    ...(body && { body }),
  }).catch(() => {
    throw new NotNow({ outcome: 'later', why: 'unreachable', afterMs: undefined })
  })
  clock.heard(response, began)
  if (response.ok) return response
  throw new NotNow(await meaningOf(response))
}

/** Of a refusal: is it about these bytes, or about this moment? */
async function meaningOf(response: Response): Promise<Exclude<Sent, { outcome: 'stored' }>> {
  const { code = '' } = (await response.json().catch(() => ({}))) as { code?: string }
  const seconds = Number(response.headers.get('retry-after'))
  const afterMs = seconds > 0 ? seconds * 1000 : undefined
  if (response.status === 401) return { outcome: 'later', why: 'signed_out', afterMs }
  if (code === 'files.quota_full') return { outcome: 'later', why: 'no_room', afterMs }
  // Not found: it was swept while this device was away. The offset: another tab was quicker. Both: begin again.
  if ([404, 409, 429].includes(response.status) && code !== 'files.id_taken')
    return { outcome: 'later', why: 'busy', afterMs }
  if (response.status >= 500 || code === 'files.hash_differs') return { outcome: 'later', why: 'busy', afterMs }
  return { outcome: 'refused', code: code || String(response.status) }
}
