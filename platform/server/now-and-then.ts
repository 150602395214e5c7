import { isPassing } from './passing.ts'

type Say = (context: object, message: string) => void

export type Job = {
  name: string
  everyMs: number
  log: { warn: Say; error: Say }
  work: () => Promise<void>
}

export type RunningJob = { stop: () => Promise<void> }

/**
 * Work that is done now and then, never twice at once; what fails is logged and tried again the next time. What passes by
 * itself, such as a database that restarts, is a warning; anything else is our mistake.
 */
export function nowAndThen({ name, everyMs, log, work }: Job): RunningJob {
  let running: Promise<void> | undefined
  const timer = setInterval(() => {
    // One that takes longer than its interval does not pile up behind itself.
    running ??= Promise.resolve()
      .then(work)
      .catch((err: unknown) => (isPassing(err) ? log.warn({ err }, name) : log.error({ err }, name)))
      .finally(() => {
        running = undefined
      })
  }, everyMs)
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
