/** Works through jobs a few at a time, in their order. The first failure ends it when the jobs under way are over. */
export async function atOnce<T>(few: number, jobs: readonly T[], work: (job: T) => Promise<void>): Promise<void> {
  const waiting = [...jobs]
  const failures: unknown[] = []
  const worker = async () => {
    for (let job = waiting.shift(); job !== undefined && failures.length === 0; job = waiting.shift()) {
      await work(job).catch((error) => failures.push(error))
    }
  }
  await Promise.all(Array.from({ length: few }, worker))
  if (failures.length > 0) throw failures[0]
}
