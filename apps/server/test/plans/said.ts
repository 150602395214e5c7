import pg from 'pg'

/** A statement as the runtime role said it: its text, its values and in whose name. */
export type Said = { sql: string; values: unknown[]; context: string }

type Connection = {
  parse: (message: { name: string; text: string }) => void
  bind: (message: { statement: string; values: unknown[] }) => void
}

/**
 * Listens to every connection of this process while `work` runs. Only what travels with a signed context is heard:
 * identity and the relay speak as roles of their own.
 */
export async function listenTo(work: () => Promise<void>): Promise<Said[]> {
  const heard: Said[] = []
  listeners.add(heard)
  try {
    await work()
  } finally {
    listeners.delete(heard)
  }
  return heard
}

const listeners = new Set<Said[]>()
const textsOf = new WeakMap<Connection, Map<string, string>>()
const contextOf = new WeakMap<Connection, string>()

const connection = (pg as unknown as { Connection: { prototype: Connection } }).Connection.prototype
const { parse, bind } = connection

connection.parse = function (this: Connection, message) {
  const texts = textsOf.get(this) ?? new Map<string, string>()
  textsOf.set(this, texts.set(message.name, message.text))
  parse.call(this, message)
}

connection.bind = function (this: Connection, message) {
  const sql = textsOf.get(this)?.get(message.statement) ?? ''
  if (sql.includes(`set_config('app.context'`)) contextOf.set(this, String(message.values[0]))
  else {
    const context = contextOf.get(this)
    for (const heard of listeners) if (context) heard.push({ sql, values: message.values ?? [], context })
  }
  bind.call(this, message)
}
