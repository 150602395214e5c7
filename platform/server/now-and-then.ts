export type Job = {
  name: string
  everyMs: number
  log: { error: (context: object, message: string) => void }
  work: () => Promise<void>
}

export type RunningJob = { stop: () => Promise<void> }

/** Work that is done now and then, never twice at once; what fails is logged and tried again the next time. */
export function nowAndThen({ name, everyMs, log, work }: Job): RunningJob {
  let running = Promise.resolve()
  const timer = setInterval(() => {
    running = running.then(work).catch((error: unknown) => log.error({ err: error }, name))
  }, everyMs)
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
