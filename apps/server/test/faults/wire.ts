import { once } from 'node:events'
import { createServer, connect as dial, type Server, type Socket } from 'node:net'

/** What goes wrong on a wire. Nothing, until it is said. */
export type Weather =
  | { kind: 'clear' }
  /** Every piece waits so long, in each direction. */
  | { kind: 'slow'; ms: number }
  /** In the middle of a message: so many bytes of what comes next are let through, then both ends are cut. */
  | { kind: 'cut'; afterBytes: number }
  /** Both ends are reset at once, and so is whoever comes. */
  | { kind: 'reset' }
  /** Nothing arrives any more, in either direction, and nobody is told; whoever comes is let in and never answered. */
  | { kind: 'hole' }

/** A wire between two programs: listens on a port of its own and carries every byte to the other end, or does not. */
export async function openWire(target: { port: number; host?: string }) {
  let weather: Weather = { kind: 'clear' }
  const pairs = new Set<[near: Socket, far: Socket]>()
  let carried = 0
  let faults = 0
  const server: Server = createServer({ allowHalfOpen: true }, (near) => {
    if (weather.kind === 'reset') return void near.resetAndDestroy()
    const far = dial({ port: target.port, host: target.host ?? '127.0.0.1', allowHalfOpen: true })
    const pair: [Socket, Socket] = [near, far]
    pairs.add(pair)
    carry(near, far)
    carry(far, near)
    const end = () => {
      // That one end is gone does not come through a hole either: the other holds what it holds.
      if (weather.kind === 'hole') return
      pairs.delete(pair)
      near.destroy()
      far.destroy()
    }
    for (const one of pair) one.on('error', end).on('close', end).setNoDelay(true)
  })

  /** Everything waits for what was before it, so that nothing overtakes. */
  function carry(from: Socket, to: Socket) {
    let before: Promise<unknown> = Promise.resolve()
    const inTurn = (work: () => void) => {
      const wait = weather.kind === 'slow' ? weather.ms * (0.5 + Math.random()) : 0
      before = before.then(async () => {
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
        work()
      })
    }
    from.on('data', (bytes: Buffer) => {
      if (weather.kind === 'hole') return
      if (weather.kind === 'cut') {
        faults++
        const some = bytes.subarray(0, Math.min(weather.afterBytes, Math.max(0, bytes.length - 1)))
        to.write(some, () => {
          from.destroy()
          to.destroy()
        })
        return
      }
      inTurn(() => {
        carried += bytes.length
        if (!to.destroyed && !to.write(bytes)) {
          from.pause()
          to.once('drain', () => from.resume())
        }
      })
    })
    from.on('end', () => weather.kind !== 'hole' && inTurn(() => to.end()))
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return {
    port,
    get carried() {
      return carried
    },
    get faults() {
      return faults
    },
    get open() {
      return pairs.size
    },
    /** What comes from now on; a reset concerns what is there too. */
    becomes(next: Weather) {
      weather = next
      if (next.kind !== 'reset') return
      for (const [near, far] of [...pairs]) {
        near.resetAndDestroy()
        far.resetAndDestroy()
      }
    },
    /** Clear again. What fell into a hole is gone: those connections are as dead as their ends will find out. */
    clears() {
      weather = { kind: 'clear' }
    },
    /** From now on what comes is carried elsewhere; what is there stays where it is. */
    leadsTo(next: number) {
      target.port = next
    },
    async close() {
      for (const [near, far] of [...pairs]) {
        near.destroy()
        far.destroy()
      }
      server.close()
      await once(server, 'close')
    },
  }
}

export type Wire = Awaited<ReturnType<typeof openWire>>

/** The same address by another port. */
export function through(url: string, { port }: { port: number }): string {
  const other = new URL(url)
  other.hostname = '127.0.0.1'
  other.port = String(port)
  return other.href
}
