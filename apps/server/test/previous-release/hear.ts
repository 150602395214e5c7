import type { Face } from '@opsflow/platform/server/postgres/roles'
import pg from 'pg'
import { prepareValue } from 'pg/lib/utils'

/** `values` as they travelled: text, or nothing. */
export type Statement = { sql: string; values: (string | null)[] }

/** What one of our roles said from one BEGIN, or one batch, to its end; `by` is what was being asked then. */
export type Transaction = { by: string; role: Face; statements: Statement[] }

type Connection = {
  startup: (config: { user: string }) => void
  parse: (message: { name: string; text: string }) => void
  bind: (message: { statement: string; values?: unknown[] }) => void
  query: (sql: string) => void
  on: (event: 'readyForQuery', listener: (message: { status: string }) => void) => void
}
type Speaker = { role: Face; texts: Map<string, string>; said: Statement[] }

const speakers = new WeakMap<Connection, Speaker>()
let heard: ((role: Face, statements: Statement[]) => void) | undefined

/** From now on each transaction of this process is told, whichever role says it. The superuser and migrations are not heard. */
export function hear(listener: typeof heard) {
  heard = listener
}

const connection = (pg as unknown as { Connection: { prototype: Connection } }).Connection.prototype
const { startup, parse, bind, query } = connection
const ROLE = /^opsflow_(app|auth|relay|sealer)$/

connection.startup = function (this: Connection, config) {
  const role = ROLE.exec(config.user)?.[1] as Face | undefined
  if (role) {
    const speaker: Speaker = { role, texts: new Map(), said: [] }
    speakers.set(this, speaker)
    this.on('readyForQuery', ({ status }) => {
      if (status !== 'I' || speaker.said.length === 0) return
      heard?.(role, speaker.said)
      speaker.said = []
    })
  }
  startup.call(this, config)
}

connection.parse = function (this: Connection, message) {
  speakers.get(this)?.texts.set(message.name, message.text)
  parse.call(this, message)
}

connection.bind = function (this: Connection, message) {
  const speaker = speakers.get(this)
  const sql = speaker?.texts.get(message.statement) ?? ''
  speaker?.said.push({ sql, values: (message.values ?? []).map(asText) })
  bind.call(this, message)
}

connection.query = function (this: Connection, sql) {
  speakers.get(this)?.said.push({ sql, values: [] })
  query.call(this, sql)
}

function asText(value: unknown): string | null {
  const sent: unknown = prepareValue(value)
  if (sent === null || sent === undefined) return null
  return sent instanceof Uint8Array ? `\\x${Buffer.from(sent).toString('hex')}` : String(sent)
}
