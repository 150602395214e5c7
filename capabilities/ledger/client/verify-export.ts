import { ApiProblem } from '@opsflow/platform/client/problem'
import { type Checked, checkEvidence } from '@opsflow/platform/evidence-check'
import { ground } from './ground.ts'
import { keepHead, keptHead } from './kept-head.ts'

/** What an export came to in this browser. */
export type VerifiedExport = Checked & { lines: number }

/** How much was checked, and of what arrives how much did: 0 to 1. */
export type Progress = { lines: number; share: number }

/** Between so many lines the page gets its turn. */
const LINES_AT_A_TIME = 400

/**
 * Fetches an export of the evidence log and checks it here, by the same rules as the stand-alone verifier, against the
 * head this browser kept the last time. A head that holds is kept for the next time.
 *
 * @param url of an export. @param log under what its head is kept: the organization.
 * @throws ApiProblem what the server refuses; Error a browser that knows no Ed25519, or a connection that ended.
 */
export async function verifyExport(
  url: string,
  log: string,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<VerifiedExport> {
  const response = await fetch(url, { credentials: 'same-origin', signal })
  if (!response.ok || !response.body) throw new ApiProblem(await response.json())
  const total = Number(response.headers.get('content-length')) || Number.POSITIVE_INFINITY
  let lines = 0
  let arrived = 0
  let head: string | undefined
  const measured = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, onward) {
      arrived += chunk.length
      onward.enqueue(chunk)
    },
  })
  const packed = (response.body as ReadableStream<Uint8Array<ArrayBuffer>>).pipeThrough(measured)
  async function* counted() {
    for await (const line of linesOf(packed)) {
      if (line.startsWith('{"head":')) head = JSON.parse(line).head
      yield line
      if (++lines % LINES_AT_A_TIME === 0) {
        onProgress({ lines, share: arrived / total })
        await new Promise((turn) => setTimeout(turn))
        signal.throwIfAborted()
      }
    }
  }
  const before = keptHead(log)
  const checked = await checkEvidence(ground, counted(), { heads: before ? [before] : [] })
  if (checked.wrong.length === 0 && head) keepHead(log, head)
  return { ...checked, lines }
}

async function* linesOf(packed: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  const reader = packed.pipeThrough(new DecompressionStream('gzip')).pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    const parts = (rest + value).split('\n')
    rest = parts.pop() ?? ''
    yield* parts
  }
  if (rest) yield rest
}
