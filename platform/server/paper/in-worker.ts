import { Worker } from 'node:worker_threads'
import { refuse } from '../../refusal.ts'

const LONGEST_MS = 60_000
/** Each takes a core and, with its photos, some tens of megabytes. */
const AT_ONCE = 2
const MOST_WAITING = 20

let drawing = 0
const waiting: (() => void)[] = []

/** A PDF drawn by a worker's own program, beside the server’s own thread, so that nobody else waits for it. */
export async function drawInWorker(program: URL, data: unknown): Promise<Uint8Array> {
  if (waiting.length >= MOST_WAITING) {
    refuse('unavailable', 'unavailable', { detail: 'Too many records are being drawn. Try again in a minute.' })
  }
  // Whoever is done hands their place to the first that waits, so that nobody slips in between.
  if (drawing >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  else drawing++
  try {
    return await drawnBy(new Worker(program, { workerData: data }))
  } finally {
    const next = waiting.shift()
    if (next) next()
    else drawing--
  }
}

function drawnBy(worker: Worker): Promise<Uint8Array> {
  return new Promise<Uint8Array>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('drawing a record took too long')), LONGEST_MS)
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the drawing of a record ended with ${code}`)))
    worker.once('exit', () => clearTimeout(late))
  }).finally(() => worker.terminate())
}
