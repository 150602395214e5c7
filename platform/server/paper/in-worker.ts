import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { refuse } from '../../refusal.ts'

const LONGEST_MS = 60_000
/** Each takes a core and, with its photos, some tens of megabytes. */
const AT_ONCE = 2
const MOST_WAITING = 20
/** What a program needs to run; none of the server's secrets is among it. */
const ITS_ENVIRONMENT = /^(PATH|TZ|LANG|LC_\w+|SystemRoot|NODE_\w+|LD_\w+|FAKETIME\w*)$/i

let drawing = 0
const waiting: (() => void)[] = []

/** What a program that draws answers. */
type Drawn = Uint8Array | { failed: string }

/**
 * A file drawn by a worker's own program (`drawHere`), in a process beside the server's, so that nobody else waits for it
 * and nothing that goes wrong in it ends the server. Not a thread: several V8 in one process can end it for good, where
 * the processor protects pages by keys (`Check failed: jit_page.has_value()`, seen on AMD EPYC with Node 24.21).
 */
export async function drawInWorker(program: URL, data: unknown): Promise<Uint8Array> {
  if (waiting.length >= MOST_WAITING) {
    refuse('unavailable', 'unavailable', { detail: 'Too many records are being drawn. Try again in a minute.' })
  }
  // Whoever is done hands their place to the first that waits, so that nobody slips in between.
  if (drawing >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  else drawing++
  try {
    return await drawnBy(startOf(program), data)
  } finally {
    const next = waiting.shift()
    if (next) next()
    else drawing--
  }
}

const startOf = (program: URL) =>
  fork(fileURLToPath(program), {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => ITS_ENVIRONMENT.test(name))),
  })

function drawnBy(worker: ChildProcess, data: unknown): Promise<Uint8Array> {
  return new Promise<Uint8Array>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('drawing a record took too long')), LONGEST_MS)
    worker.once('message', (drawn: Drawn) =>
      drawn instanceof Uint8Array ? resolve(drawn) : reject(new Error(`drawing a record failed: ${drawn.failed}`)),
    )
    worker.once('error', reject)
    worker.once('exit', (code, signal) => {
      clearTimeout(late)
      reject(new Error(`the drawing of a record ended with ${signal ?? code}`))
    })
    worker.send(data as object, (error) => error && reject(error))
  }).finally(() => worker.kill('SIGKILL'))
}
