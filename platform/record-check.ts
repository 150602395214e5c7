import { type LoggedEvent, leafText, readEvent, roleBeside, rowDigest } from './evidence-event.ts'
import { LogKeys, type SignedHead } from './evidence-keys.ts'
import { isConsistent, isIncluded, leafHash } from './merkle.ts'
import { fromHex, type Ground, hexOf } from './signed-note.ts'

/** One record's changes, each with the hashes that lead from it to a head of the log. */
export type RecordProof = {
  origin: string
  keys: readonly { verifier: string; statement: string }[]
  /** A signed note. */
  head: string
  /** From the head that whoever asks kept, to this one; null: they named none this log has. */
  since: { size: number; proof: readonly string[] } | null
  events: readonly { leaf: number; source: string; location: string | null; body: string; proof: readonly string[] }[]
  /** Rows as they stand whose last change is among the events. Nonce null: forgotten; content null: the row is not there. */
  rows: readonly { source: string; key: string; nonce: string | null; content: string | null }[]
}

export type CheckedRecord = {
  /** Sentences, the first wrong thing first. None: what is shown is what was sealed. */
  wrong: string[]
  size: number
  headAt: string
  events: { leaf: number; event: LoggedEvent; location: string | null }[]
  rows: number
  forgotten: number
  /** Whether the log goes on from the head that was kept. */
  isContinued: boolean
}

/**
 * Checks what the server says of one record by the rules exports are checked with: the head is signed, each change is in the
 * tree under it, the changes of a row link up, and the row as it stands is what its last change left.
 */
export async function checkRecord(ground: Ground, proof: RecordProof, kept?: string): Promise<CheckedRecord> {
  const checked: CheckedRecord = {
    ...{ wrong: [], size: 0, headAt: '', events: [], rows: 0, forgotten: 0, isContinued: false },
  }
  const say = (sentence: string) => checked.wrong.push(sentence)
  const keys = new LogKeys(ground)
  for (const key of proof.keys) {
    const wrong = await keys.add(key)
    if (wrong) say(wrong)
  }
  const head = await keys.head(proof.head, proof.origin)
  if (typeof head === 'string') {
    say(head)
    return checked
  }
  checked.size = head.size
  checked.headAt = head.at
  if (kept !== undefined) {
    const older = await keys.head(kept, proof.origin)
    if (typeof older === 'string') say(`The head that was kept does not belong to this log. ${older}`)
    else if (goesOn(ground, older, head, proof.since)) checked.isContinued = true
    else say(`The log does not go on from the head of ${older.size} changes that was kept: history was written anew.`)
  }
  const last = new Map<string, LoggedEvent>()
  const forgotten = new Set<string>()
  for (const { leaf, source, location, body, proof: path } of proof.events) {
    const event = readEvent(source, body)
    const hashOfLeaf = leafHash(
      ground.sha256,
      ground.utf8(leafText(source, location, hexOf(ground.sha256(ground.utf8(body))))),
    )
    const inTree = { leaf, size: head.size, root: head.root, hashOfLeaf, proof: bytesOf(path) }
    if (!event) say(`Change ${leaf} (${source}) cannot be read.`)
    else if (!isIncluded(ground.sha256, inTree)) say(`Change ${leaf} (${source} ${event.key}) is not what was sealed.`)
    else {
      const role = roleBeside(event.actor)
      if (role !== undefined)
        say(`${source} ${event.key} was changed in the database itself, beside the product, by ${role} at ${event.at}.`)
      const name = `${source}/${event.key}`
      const before = last.get(name)
      if (event.op === 'forget') forgotten.add(name)
      else {
        if (before && before.after !== event.before && !(event.before === '-' && forgotten.has(name))) {
          say(
            `${source} ${event.key} was not what the log says when it was changed at ${event.at}: it had been changed beside the log after ${before.at}.`,
          )
        }
        last.set(name, event)
      }
      checked.events.push({ leaf, event, location })
    }
  }
  for (const { source, key, nonce, content } of proof.rows) {
    const event = last.get(`${source}/${key}`)
    if (!event) say(`${source} ${key} stands there without a change in the log.`)
    else if (content === null)
      say(`${source} ${key}, last changed at ${event.at}, is missing: it was taken out beside the log.`)
    else if (nonce === null && forgotten.has(`${source}/${key}`)) checked.forgotten++
    else if (nonce === null)
      say(`${source} ${key} lost what proves it, and nothing says that it was forgotten on request.`)
    else if (rowDigest(ground, nonce, content) === event.after) checked.rows++
    else say(`${source} ${key} is not what the log says: it was changed beside the log after ${event.at}.`)
  }
  return checked
}

function goesOn({ sha256 }: Ground, older: SignedHead, newer: SignedHead, since: RecordProof['since']) {
  return since?.size === older.size && isConsistent(sha256, older, newer, bytesOf(since.proof))
}

const bytesOf = (hashes: readonly string[]) => hashes.map((hash) => fromHex(hash) ?? new Uint8Array())
