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

/**
 * Work for many customers in one go: one that fails holds up nobody else. Answers what each came to; `end` throws what
 * failed, for whoever logs it.
 */
export function eachApart() {
  const errors: unknown[] = []
  return {
    try: <Result>(work: () => Promise<Result>): Promise<Result | undefined> =>
      work().catch((error: unknown) => {
        errors.push(error)
        return undefined
      }),
    end() {
      if (errors.length > 0) throw new AggregateError(errors, `${errors.length} could not be done: ${errors[0]}`)
    },
  }
}
