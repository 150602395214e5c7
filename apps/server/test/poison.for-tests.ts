// Loaded before a server (`node --import`): a statement that would store what POISON matches ends the process at once, as a
// crash in a library or a lack of memory would, in the midst of a transaction. A kill, not an exception.
import pg from 'pg'

type Connection = {
  parse: (message: { name: string; text: string }) => void
  bind: (message: { statement: string; values?: unknown[] }) => void
}

const connection = (pg as unknown as { Connection: { prototype: Connection } }).Connection.prototype
const { parse, bind } = connection
const poison = process.env.POISON ? new RegExp(process.env.POISON) : undefined
const STORES = /insert into (temperature_logs|imported_findings|files)\b/
const texts = new WeakMap<Connection, Map<string, string>>()

connection.parse = function (this: Connection, message) {
  const known = texts.get(this) ?? new Map<string, string>()
  texts.set(this, known.set(message.name, message.text))
  parse.call(this, message)
}

connection.bind = function (this: Connection, message) {
  const isStored = STORES.test(texts.get(this)?.get(message.statement) ?? '')
  if (isStored && message.values?.some((value) => poison?.test(String(value)))) process.kill(process.pid, 'SIGKILL')
  bind.call(this, message)
}
