/** A worker's program: draws what it is given, once, answers with the bytes, and ends with the server that asked. */
export function drawHere<Data>(draw: (data: Data) => Promise<Uint8Array>) {
  // Ctrl-C reaches the whole group of processes; the server ends this one when it has its answer.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
  process.once('disconnect', () => process.exit())
  process.once('message', async (data) => {
    const answer = await draw(data as Data).then(
      (bytes) => new Uint8Array(bytes),
      (error: unknown) => ({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    )
    process.send?.(answer)
  })
}
