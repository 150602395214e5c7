import { type LoggedEvent as Event, leafText, readEvent, roleBeside, rowDigest } from './evidence-event.ts'
import { LogKeys, type SignedHead } from './evidence-keys.ts'
import { Edge, isSame, leafHash } from './merkle.ts'
import { fromHex, type Ground, type Head, headHash, hexOf } from './signed-note.ts'

/**
 * Checks an export of the evidence log, line by line, with nothing but the export and what its holder kept. The format,
 * and why each check is there: docs/evidence-format.md. The product, the browser and `verify.mjs` run this same code.
 */
export type Kept = {
  /** Heads of the log that someone kept, as signed notes. Against them even the holder of the key cannot rewrite. */
  heads: readonly string[]
  /** A verifier key someone knows this log by. */
  key?: string | undefined
}

export type Checked = {
  /** Sentences, the first wrong thing first. None: the export proves what it says. */
  wrong: string[]
  /** What is true and worth knowing, and what could not be checked. */
  notes: string[]
  log: string
  /** The leaves that were checked: from the first to before the second. */
  from: number
  size: number
  headAt: string
  keys: string[]
  events: number
  elsewhere: number
  unsealed: number
  records: number
  rows: number
  keptHeads: number
}

const MOST_TOLD = 100

type Line = {
  evidence?: string
  origin?: string
  from?: number
  size?: number
  before?: string[]
  source?: string | null
  location?: string | null
  key?: { verifier: string; statement: string }
  head?: string
  event?: [source: string, location: string | null, body: string]
  elsewhere?: [source: string, location: string | null, bodyHash: string]
  unsealed?: [source: string, location: string | null, body: string]
  record?: [source: string, key: string, nonce: string | null, content: string]
  batch?: [event: string, nonce: string | null, rows: [id: string, content: string | null, digest?: string][]]
  end?: { lines: number }
}

export const EVIDENCE = 'opsflow-evidence/1'

export async function checkEvidence(
  ground: Ground,
  lines: Iterable<string> | AsyncIterable<string>,
  kept: Kept = { heads: [] },
): Promise<Checked> {
  const check = new Check(ground, kept)
  let read = 0
  for await (const text of lines) {
    if (text.trim() === '') continue
    read++
    let line: Line
    try {
      line = JSON.parse(text)
    } catch {
      check.say(`Line ${read} is not JSON: the file was damaged.`)
      break
    }
    await check.take(line, read)
    if (check.isHopeless) break
  }
  return check.finish(read)
}

class Check {
  readonly #ground: Ground
  readonly #kept: Kept
  readonly #keys: LogKeys
  readonly #heads: SignedHead[] = []
  #keptHeads: { size: number; head: Head }[] = []
  #keptAreRead = false
  #edge: Edge | undefined
  #nextHead = 0
  /** Of each row, its last event so far. */
  readonly #last = new Map<string, Event>()
  readonly #batches = new Map<string, Event>()
  readonly #batched = new Set<string>()
  readonly #shown = new Set<string>()
  #scope: { source: string | null; location: string | null } = { source: null, location: null }
  #ended = false
  #lastUnsealed = false
  isHopeless = false
  readonly #told = { wrong: 0 }
  readonly #checked: Checked = {
    ...{ wrong: [], notes: [], log: '', from: 0, size: 0, headAt: '', keys: [] },
    ...{ events: 0, elsewhere: 0, unsealed: 0, records: 0, rows: 0, keptHeads: 0 },
  }
  /** Of which rows it is noted that what proves them was forgotten; and what retention removed, by its day. */
  readonly #forgottenRows = new Set<string>()
  readonly #retired = new Set<string>()
  readonly #retiredOn = new Map<string, number>()
  #unlinked = 0
  #besideRetired = 0
  #forgotten = 0
  #skippedHeads = 0
  #upkeep = 0

  constructor(ground: Ground, kept: Kept) {
    this.#ground = ground
    this.#kept = kept
    this.#keys = new LogKeys(ground)
  }

  say(sentence: string) {
    if (this.#told.wrong++ < MOST_TOLD) this.#checked.wrong.push(sentence)
  }

  async take(line: Line, number: number) {
    if (number === 1) return this.#begin(line)
    if (this.#ended) return this.say(`Line ${number} comes after the end: something was added.`)
    if (line.key) return this.#key(line.key)
    if (line.head !== undefined) return this.#head(line.head)
    if (!this.#keptAreRead) await this.#readKept()
    if (line.event) return this.#event(line.event)
    if (line.elsewhere) return this.#elsewhere(line.elsewhere)
    if (line.unsealed) return this.#unsealed(line.unsealed)
    if (line.record) return this.#record(line.record)
    if (line.batch) return this.#batch(line.batch)
    if (line.end) {
      this.#ended = true
      if (line.end.lines !== number) {
        this.say(`The file has ${number} lines and says it has ${line.end.lines}: lines were taken out or added.`)
      }
      return
    }
    this.say(`Line ${number} is of no kind that belongs here.`)
  }

  #begin(line: Line) {
    const roots = line.before?.map((hex) => fromHex(hex) ?? new Uint8Array())
    if (line.evidence !== EVIDENCE || !line.origin || line.from === undefined || !line.size || !roots) {
      this.say(`This is not an export of the evidence log (${EVIDENCE}).`)
      this.isHopeless = true
      return
    }
    this.#checked.log = line.origin
    this.#checked.from = line.from
    this.#checked.size = line.size
    this.#scope = { source: line.source ?? null, location: line.location ?? null }
    try {
      this.#edge = new Edge(this.#ground.sha256, line.from, roots)
    } catch (error) {
      this.say(`The export does not say what came before its first change: ${(error as Error).message}.`)
      this.isHopeless = true
    }
  }

  async #key(key: { verifier: string; statement: string }) {
    const wrong = await this.#keys.add(key)
    if (wrong) this.say(wrong)
    this.#checked.keys = this.#keys.texts
  }

  async #head(text: string) {
    const head = await this.#signedHead(text)
    if (typeof head === 'string') return this.say(head)
    const last = this.#heads.at(-1)
    if (last && (head.size <= last.size || head.at < last.at)) {
      this.say(`The head of ${head.size} changes (${head.at}) does not come after that of ${last.size} (${last.at}).`)
    }
    if (last && head.previous !== headHash(this.#ground, last.text)) this.#skippedHeads++
    this.#heads.push(head)
  }

  #signedHead = (text: string) => this.#keys.head(text, this.#checked.log)

  async #readKept() {
    this.#keptAreRead = true
    const { key } = this.#kept
    if (key && !this.#keys.texts.includes(key.trim())) {
      this.say(`The log is not signed by the key you know it by, ${key.trim()}.`)
    }
    for (const text of this.#kept.heads) {
      const head = await this.#signedHead(text)
      if (typeof head === 'string') {
        this.say(`A head you kept does not belong to this log. ${head}`)
        continue
      }
      if (head.size > this.#checked.size) {
        this.say(
          `You kept a head of ${head.size} changes (${head.at}), and this export knows of ${this.#checked.size} only: it is an older one, or changes were taken out.`,
        )
      } else if (head.size < this.#checked.from) {
        this.#checked.notes.push(
          `The head of ${head.size} changes you kept (${head.at}) is older than this export: ask for one that begins before it.`,
        )
      } else this.#keptHeads.push({ size: head.size, head })
    }
    this.#keptHeads.sort((a, b) => a.size - b.size)
    this.#checked.keptHeads = this.#keptHeads.length
    this.#holdAgainstHeads()
  }

  #event([source, location, body]: [string, string | null, string]) {
    const event = readEvent(source, body)
    this.#leaf(source, location, hexOf(this.#ground.sha256(this.#ground.utf8(body))), event)
    this.#checked.events++
    if (!event) return this.say(`Change ${(this.#edge?.size ?? 1) - 1} (${source}) cannot be read.`)
    this.#follow(event, `change ${(this.#edge?.size ?? 1) - 1}`)
  }

  /** What the export leaves out says openly of which kind and place it is: nothing it should hold is left out. */
  #elsewhere([source, location, bodyHash]: [string, string | null, string]) {
    this.#leaf(source, location, bodyHash)
    this.#checked.elsewhere++
    if (this.#isInScope(source, location)) {
      this.say(`Change ${(this.#edge?.size ?? 1) - 1} (${source}) belongs into this export and is left out.`)
    }
  }

  #isInScope(source: string, location: string | null) {
    const { source: only, location: at } = this.#scope
    return (only === null || only === source) && (at === null || at === location)
  }

  #leaf(source: string, location: string | null, bodyHash: string, event?: Event) {
    const { sha256, utf8 } = this.#ground
    this.#edge?.push(leafHash(sha256, utf8(leafText(source, location, bodyHash))))
    const head = this.#heads[this.#nextHead]
    if (event && head && event.at > head.at) {
      this.say(`${told(event)} says it was made at ${event.at}, after it was sealed (${head.at}).`)
    }
    this.#holdAgainstHeads()
  }

  /** Each head, ours and kept, against the leaves up to it. */
  #holdAgainstHeads() {
    const size = this.#edge?.size ?? 0
    for (let head = this.#heads[this.#nextHead]; head && head.size <= size; head = this.#heads[this.#nextHead]) {
      this.#nextHead++
      if (head.size < size || this.#isRoot(head)) continue
      const from = this.#heads[this.#nextHead - 2]?.size ?? this.#checked.from
      this.say(
        `Changes ${from} to ${head.size - 1} are not those that were sealed at ${head.at}: one of them was changed, taken out, added or moved.`,
      )
      this.isHopeless = true
    }
    while (this.#keptHeads[0] && this.#keptHeads[0].size <= size) {
      const { head } = this.#keptHeads.shift() as { head: Head }
      if (this.#isRoot(head)) continue
      this.say(
        `The head of ${head.size} changes you kept (${head.at}) does not fit: the history before it was written anew.`,
      )
    }
  }

  #isRoot = (head: Head) => this.#edge !== undefined && isSame(head.root, this.#edge.root())

  #unsealed([source, , body]: [string, string | null, string]) {
    this.#lastUnsealed = true
    this.#checked.unsealed++
    const event = readEvent(source, body)
    if (!event) return this.say(`A change of ${source} that was not sealed yet cannot be read.`)
    this.#follow(event, 'a change that was not sealed yet')
  }

  /** A row's events link up: what one left is what the next one found. */
  #follow(event: Event, which: string) {
    const name = `${event.source}/${event.key}`
    const role = roleBeside(event.actor)
    if (role !== undefined) {
      this.say(
        `${told(event)} was ${DONE[event.op] ?? 'changed'} in the database itself, beside the product, by ${role} at ${event.at}.`,
      )
    } else if (event.actor.startsWith('"database:')) this.#upkeep++
    if (event.op === 'forget') {
      this.#forgottenRows.add(name)
      return
    }
    if (event.op === 'retire') {
      for (const id of event.rows) this.#retired.add(`${event.source}/${id}`)
      const on = `On ${event.at.slice(0, 10)} retention removed readings (${event.source})`
      this.#retiredOn.set(on, (this.#retiredOn.get(on) ?? 0) + event.rows.length)
      return
    }
    if (event.op === 'batch') {
      this.#batches.set(event.id, event)
      for (const id of event.rows) this.#batched.add(`${event.source}/${id}`)
      return
    }
    const last = this.#last.get(name)
    const isThere = last !== undefined && last.op !== 'delete'
    this.#last.set(name, event)
    if (event.op === 'insert' || event.op === 'adopt') {
      if (isThere) this.say(`${told(event)} was made twice (${which}).`)
      return
    }
    if (this.#batched.has(name)) return
    if (last === undefined && this.#checked.from > 0 && event.before !== '-') return // began before this export
    if (!isThere && this.#checked.from === 0) {
      return this.say(
        `${told(event)} was ${DONE[event.op]} by ${which} at ${event.at} without ever having been recorded.`,
      )
    }
    if (event.before === '-') {
      if (this.#forgottenRows.has(name)) return
      if (last === undefined && this.#checked.from > 0) {
        this.#unlinked++
        return
      }
      return this.say(`${told(event)} was ${DONE[event.op]} by ${which}, and the log did not know it.`)
    }
    if (last && event.before !== last.after) {
      this.say(
        `${told(event)} was not what the log says when it was ${DONE[event.op]} at ${event.at} (${which}): it had been changed beside the log after ${last.at}.`,
      )
    }
  }

  #record([source, key, nonce, content]: [string, string, string | null, string]) {
    this.#checked.records++
    const name = `${source}/${key}`
    const last = this.#last.get(name)
    this.#shown.add(name)
    const isForgotten = nonce === null && this.#forgottenRows.has(name)
    if (!last && isForgotten && this.#checked.from > 0) {
      this.#forgotten++ // its last change was before this export begins
      return
    }
    if (!last) return this.say(`${source} ${key} is not in the log: it was put in beside it.`)
    if (last.op === 'delete') return this.say(`${told(last)} was deleted at ${last.at} by the log, and is still there.`)
    if (nonce === null) {
      if (!isForgotten)
        return this.say(`${told(last)} lost what proves it, and nothing says that it was forgotten on request.`)
      this.#forgotten++
      return
    }
    if (rowDigest(this.#ground, nonce, content) !== last.after) {
      this.say(`${told(last)} is not what the log says: it was changed beside the log after ${last.at}.`)
    }
  }

  /** Every row of a batch has a nonce of its own, made of the batch's: one can be shown without the others. */
  #batch([id, nonce, rows]: [string, string | null, [string, string | null, string?][]]) {
    const { sha256, utf8 } = this.#ground
    const event = this.#batches.get(id)
    if (!event) return this.say(`A batch of rows, ${id}, is not in the log.`)
    this.#batches.delete(id)
    if (nonce === null) {
      if (!this.#forgottenRows.has(`${event.source}/${event.key}`)) {
        return this.say(`${told(event)} lost what proves it, and nothing says that it was forgotten on request.`)
      }
      this.#forgotten += rows.length
      return
    }
    let removed = 0
    this.#checked.rows += rows.length
    const digests: Uint8Array[] = []
    for (const [n, [row, content, digest]] of rows.entries()) {
      if (event.rows[n] !== row)
        return this.say(`${event.source} ${row} is not what stands at this place of its batch.`)
      if (content === null && digest === undefined) {
        if (this.#retired.has(`${event.source}/${row}`)) {
          removed++
          continue
        }
        return this.say(`${event.source} ${row}, recorded at ${event.at}, is missing.`)
      }
      const own = sha256(fromHex(nonce) ?? new Uint8Array(), uuidBytes(row))
      digests.push(content === null ? (fromHex(digest as string) ?? new Uint8Array()) : sha256(own, utf8(content)))
    }
    if (rows.length < event.rows.length) {
      return this.say(`${event.source} ${event.rows[rows.length]}, recorded at ${event.at}, is missing.`)
    }
    if (removed > 0) {
      this.#besideRetired += rows.length - removed // without the others the batch cannot be hashed any more
      return
    }
    if (hexOf(sha256(...digests)) !== event.after) {
      this.say(
        `Among the ${rows.length} ${event.source} that came at ${event.at} (${rows[0]?.[0]} and after it), one was changed beside the log.`,
      )
    }
  }

  finish(lines: number): Checked {
    const checked = this.#checked
    if (lines === 0) this.say('The file is empty.')
    else if (!this.isHopeless) this.#finishWhole()
    const more = this.#told.wrong - checked.wrong.length
    if (more > 0) checked.wrong.push(`And ${more} more.`)
    return checked
  }

  #finishWhole() {
    const checked = this.#checked
    if (!this.#ended) this.say('The end of the file is missing.')
    if (checked.keys.length === 0) this.say('The export holds no key that signed anything.')
    const last = this.#heads.at(-1)
    if (!last || last.size !== checked.size) this.say(`There is no head of ${checked.size} changes.`)
    const size = this.#edge?.size ?? 0
    if (size !== checked.size) {
      this.say(`The log has ${checked.size} changes, and the export ends at ${size}: the others were left out.`)
    }
    checked.headAt = last?.at ?? ''
    for (const [name, event] of this.#last) {
      if (event.op === 'delete' || this.#shown.has(name) || this.#batched.has(name)) continue
      this.say(`${told(event)}, last changed at ${event.at}, is missing: it was taken out beside the log.`)
    }
    for (const event of this.#batches.values()) {
      this.say(
        `${event.rows.length} ${event.source} that came at ${event.at} (${event.rows[0]} and after it) are missing.`,
      )
    }
    this.#tell()
  }

  #tell() {
    const { notes, unsealed } = this.#checked
    if (this.#lastUnsealed) {
      notes.push(
        `${unsealed} changes had not been sealed yet: of them the export proves nothing but that they link up.`,
      )
    }
    if (this.#upkeep > 0) notes.push(`${this.#upkeep} changes were made by the database's own upkeep.`)
    if (this.#forgotten > 0)
      notes.push(`${this.#forgotten} records were forgotten on request: what they said cannot be proven any more.`)
    for (const [on, rows] of this.#retiredOn) notes.push(`${on}: ${rows} rows, as the log says.`)
    if (this.#besideRetired > 0) {
      notes.push(
        `${this.#besideRetired} readings came together with some that retention removed: what they say cannot be proven any more.`,
      )
    }
    if (this.#unlinked > 0) {
      notes.push(
        `${this.#unlinked} changes were of rows whose history before this export was forgotten: ask for one that begins earlier.`,
      )
    }
    if (this.#skippedHeads > 0) notes.push(`${this.#skippedHeads} heads follow others that the export leaves out.`)
  }
}

const DONE: Record<string, string> = {
  insert: 'made',
  adopt: 'taken in',
  update: 'changed',
  delete: 'deleted',
  batch: 'recorded',
}

const told = ({ source, key }: Event) => `${source} ${key}`

const uuidBytes = (uuid: string) => fromHex(uuid.replaceAll('-', '')) ?? new Uint8Array()
