import { CannotStart } from '@opsflow/platform/server/cannot-start'
import type { Config } from '@opsflow/platform/server/config'
import { isFree } from '@opsflow/platform/server/postgres/port'

/** The port that was asked for, or from 4000 the first that is free. */
export async function choosePort({ host, port, portIsFixed }: Config): Promise<number> {
  const last = portIsFixed ? port : port + 100
  for (let candidate = port; candidate <= last; candidate++) {
    if (await isFree(candidate, host)) return candidate
  }
  throw new CannotStart(
    portIsFixed
      ? `Port ${port} of ${host} cannot be used: another program listens there, or HOST is not an address of this machine. Set PORT to a free one.`
      : `No port from ${port} to ${last} of ${host} can be used. Set PORT to a free one, and HOST to an address of this machine.`,
  )
}

/** Where a browser on this machine finds the product, unless it was told where people reach it. */
export function addressOf({ host, publicUrl }: Config, port: number): string {
  if (publicUrl) return publicUrl
  const local = ['127.0.0.1', '0.0.0.0', '::1', '::'].includes(host)
  return `http://${local ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`
}
