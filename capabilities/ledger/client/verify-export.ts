import { sha256 } from '@noble/hashes/sha2.js'
import { ApiProblem } from '@opsflow/platform/client/problem'
import { type Checked, checkEvidence } from '@opsflow/platform/evidence-check'
import type { Ground } from '@opsflow/platform/signed-note'

/** What an export came to in this browser. */
export type VerifiedExport = Checked & { lines: number }

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
  onLines: (lines: number) => void,
  signal: AbortSignal,
): Promise<VerifiedExport> {
  const response = await fetch(url, { credentials: 'same-origin', signal })
  if (!response.ok || !response.body) throw new ApiProblem(await response.json())
  let lines = 0
  let head: string | undefined
  async function* counted() {
    for await (const line of linesOf(response.body as ReadableStream<Uint8Array<ArrayBuffer>>)) {
      if (line.startsWith('{"head":')) head = JSON.parse(line).head
      yield line
      if (++lines % LINES_AT_A_TIME === 0) {
        onLines(lines)
        await new Promise((turn) => setTimeout(turn))
        signal.throwIfAborted()
      }
    }
  }
  const before = localStorage.getItem(keptUnder(log))
  const checked = await checkEvidence(ground, counted(), { heads: before ? [before] : [] })
  if (checked.wrong.length === 0 && head) localStorage.setItem(keptUnder(log), head)
  return { ...checked, lines }
}

const keptUnder = (log: string) => `opsflow.kept-head.${log}`

const encoder = new TextEncoder()

const ground: Ground = {
  sha256(...parts) {
    const hash = sha256.create()
    for (const part of parts) hash.update(part)
    return hash.digest()
  },
  utf8: (text) => encoder.encode(text),
  async isSignedBy(publicKey, message, signature) {
    const key = await crypto.subtle.importKey('raw', new Uint8Array(publicKey), 'Ed25519', false, ['verify'])
    return crypto.subtle.verify('Ed25519', key, new Uint8Array(signature), new Uint8Array(message))
  },
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
