#!/usr/bin/env node
// Made of platform/merkle.ts, signed-note.ts, evidence-*.ts and scripts/verifier/command.ts by npm run verifier. Apache-2.0.
// Needs Node 20 or newer and nothing else; never touches the network.

import { createGunzip } from 'node:zlib'
import { createHash, createPublicKey, verify } from 'node:crypto'
import { createInterface } from 'node:readline'
import { createReadStream, readFileSync } from 'node:fs'

/** Merkle trees of RFC 6962 (RFC 9162, section 2): what a log's head commits to, and how anybody checks it. */

const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

const leafHash = (hash, leaf) => hash(LEAF, leaf)
const nodeHash = (hash, left, right) => hash(NODE, left, right)

/** Levels of the whole trees that stand side by side in a tree of so many leaves, the largest first. */
function levelsOf(size) {
  const levels = []
  for (let level = Math.floor(Math.log2(Math.max(size, 1))) + 1; level >= 0; level--) {
    if (Math.floor(size / 2 ** level) % 2 === 1) levels.push(level)
  }
  return levels
}

/** A tree that grows: of what it holds it remembers the roots along its right edge, no more. */
class Edge {
  #hash
  #roots
  #levels
  #size

  /** `roots`: of the whole trees that the first `size` leaves make, the largest first. */
  constructor(hash, size = 0, roots = []) {
    this.#hash = hash
    this.#size = size
    this.#roots = [...roots]
    this.#levels = levelsOf(size)
    if (this.#roots.length !== this.#levels.length) throw new Error(`${size} leaves have ${this.#levels.length} roots`)
  }

  get size() {
    return this.#size
  }

  get roots() {
    return this.#roots
  }

  /** `whole` hears of each whole tree that this leaf completes. */
  push(leaf, whole = () => undefined) {
    let root = leaf
    let level = 0
    while (this.#levels.at(-1) === level) {
      root = nodeHash(this.#hash, this.#roots.pop(), root)
      this.#levels.pop()
      level++
      whole(level, Math.floor(this.#size / 2 ** level), root)
    }
    this.#roots.push(root)
    this.#levels.push(level)
    this.#size++
  }

  root() {
    if (this.#roots.length === 0) return this.#hash()
    return this.#roots.reduceRight((right, left) => nodeHash(this.#hash, left, right))
  }
}

/** The root of the whole tree of 2^level leaves at this place, wherever it is remembered. */

/** The root of leaves [from, to): RFC 6962's MTH over a part of the tree that begins where such a part may begin. */
async function rootOf(hash, node, from, to) {
  const count = to - from
  const level = Math.floor(Math.log2(count))
  if (2 ** level === count) return node(level, from / count)
  const split = from + 2 ** level
  return nodeHash(hash, await rootOf(hash, node, from, split), await rootOf(hash, node, split, to))
}

/** The largest power of two below a number. */
const halfOf = (count) => 2 ** Math.floor(Math.log2(count - 1))

/** RFC 9162, 2.1.3.1: the hashes with which one leaf leads to the root. */
async function inclusionProof(hash, node, leaf, size) {
  const path = async (from, to) => {
    if (to - from === 1) return []
    const split = from + halfOf(to - from)
    return leaf < split
      ? [...(await path(from, split)), await rootOf(hash, node, split, to)]
      : [...(await path(split, to)), await rootOf(hash, node, from, split)]
  }
  return path(0, size)
}

/** RFC 9162, 2.1.4.1: the hashes that show that the tree of `older` leaves is the beginning of that of `size`. */
async function consistencyProof(hash, node, older, size) {
  const proof = async (from, to, isWhole) => {
    if (older === to) return isWhole ? [] : [await rootOf(hash, node, from, to)]
    const split = from + halfOf(to - from)
    return older <= split
      ? [...(await proof(from, split, isWhole)), await rootOf(hash, node, split, to)]
      : [...(await proof(split, to, false)), await rootOf(hash, node, from, split)]
  }
  return older === 0 || older === size ? [] : proof(0, size, true)
}

/** RFC 9162, 2.1.3.2. */
function isIncluded(hash, given) {
  if (given.leaf >= given.size) return false
  let place = given.leaf
  let last = given.size - 1
  let root = given.hashOfLeaf
  for (const sibling of given.proof) {
    if (last === 0) return false
    if (place % 2 === 1 || place === last) {
      root = nodeHash(hash, sibling, root)
      while (place % 2 === 0 && place !== 0) {
        place = Math.floor(place / 2)
        last = Math.floor(last / 2)
      }
    } else root = nodeHash(hash, root, sibling)
    place = Math.floor(place / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && isSame(root, given.root)
}

/** RFC 9162, 2.1.4.2. */
function isConsistent(hash, older, newer, proof) {
  if (older.size > newer.size) return false
  if (older.size === newer.size) return proof.length === 0 && isSame(older.root, newer.root)
  if (older.size === 0) return proof.length === 0
  const isPower = 2 ** Math.floor(Math.log2(older.size)) === older.size
  const [first, ...rest] = isPower ? [older.root, ...proof] : proof
  if (!first) return false
  let place = older.size - 1
  let last = newer.size - 1
  while (place % 2 === 1) {
    place = Math.floor(place / 2)
    last = Math.floor(last / 2)
  }
  let olderRoot = first
  let newerRoot = first
  for (const sibling of rest) {
    if (last === 0) return false
    if (place % 2 === 1 || place === last) {
      olderRoot = nodeHash(hash, sibling, olderRoot)
      newerRoot = nodeHash(hash, sibling, newerRoot)
      while (place % 2 === 0 && place !== 0) {
        place = Math.floor(place / 2)
        last = Math.floor(last / 2)
      }
    } else newerRoot = nodeHash(hash, newerRoot, sibling)
    place = Math.floor(place / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && isSame(olderRoot, older.root) && isSame(newerRoot, newer.root)
}

const isSame = (a, b) => a.length === b.length && a.every((byte, n) => byte === b[n])

/**
 * Signed notes and log checkpoints (C2SP signed-note, tlog-checkpoint): text, a blank line, and a signature line a key.
 * Any tool that reads Go's sumdb notes reads ours. Cryptography and UTF-8 are given, so that this runs anywhere.
 */

/** `name+hash+key`: who signs, the first four bytes of what names the key, and the key behind the byte of its kind. */

const ED25519 = 1

function verifierKey(ground, name, publicKey) {
  const kindAndKey = Uint8Array.of(ED25519, ...publicKey)
  const hash = ground.sha256(ground.utf8(`${name}\n`), kindAndKey).slice(0, 4)
  return { name, hash, publicKey, text: `${name}+${hexOf(hash)}+${base64Of(kindAndKey)}` }
}

function readVerifierKey(ground, text) {
  const [name, hash, key] = text.trim().split(/\+(.{8})\+/)
  const kindAndKey = key === undefined ? undefined : fromBase64(key)
  if (!name || kindAndKey?.length !== 33 || kindAndKey[0] !== ED25519) return undefined
  const read = verifierKey(ground, name, kindAndKey.slice(1))
  return hexOf(read.hash) === hash ? read : undefined
}

const signatureLine = ({ name, hash }, signature) => `— ${name} ${base64Of(Uint8Array.of(...hash, ...signature))}\n`

function readNote(note) {
  const at = note.lastIndexOf('\n\n')
  if (at < 0) return undefined
  const signatures = []
  for (const line of note.slice(at + 2).split('\n')) {
    if (line === '') continue
    const [, name, base64] = line.match(/^— (\S+) (\S+)$/) ?? []
    const bytes = base64 === undefined ? undefined : fromBase64(base64)
    if (!name || !bytes || bytes.length < 5) return undefined
    signatures.push({ name, hash: bytes.slice(0, 4), signature: bytes.slice(4) })
  }
  return signatures.length === 0 ? undefined : { text: note.slice(0, at + 1), signatures }
}

/** Which of these keys signed the note. One that claims to and did not is worse than none: undefined. */
async function signerOf(ground, note, keys) {
  for (const { name, hash, signature } of note.signatures) {
    const key = keys.find((known) => known.name === name && isSame(known.hash, hash))
    if (!key) continue
    return (await ground.isSignedBy(key.publicKey, ground.utf8(note.text), signature)) ? key : undefined
  }
  return undefined
}

/** A log as it stood: so many leaves, this root, at this time, after that head. */

const headText = ({ origin, size, root, at, previous }) =>
  `${origin}\n${size}\n${base64Of(root)}\ntime ${at}\nprevious ${previous}\n`

function readHead(text) {
  const [origin, size, root, at, previous, ...rest] = text.split('\n')
  const bytes = root === undefined ? undefined : fromBase64(root)
  if (!origin || !/^[1-9]\d{0,15}$/.test(size ?? '') || bytes?.length !== 32 || rest.join('') !== '') return undefined
  if (!at?.startsWith('time ') || !previous?.startsWith('previous ')) return undefined
  return { origin, size: Number(size), root: bytes, at: at.slice(5), previous: previous.slice(9) }
}

/** The first head of a log comes after nothing. */
const NO_HEAD = '-'
const headHash = (ground, text) => base64Of(ground.sha256(ground.utf8(text)))

/** What vouches for a key: signed by the key before it, or, the first, by itself. */
const keyStatement = (key, since) => `opsflow-key/1\n${key}\nsince ${since}\n`

function readKeyStatement(text) {
  const [format, key, since] = text.split('\n')
  if (format !== 'opsflow-key/1' || !key || !since?.startsWith('since ')) return undefined
  return { key, since: since.slice(6) }
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function hexOf(bytes) {
  let text = ''
  for (const byte of bytes) text += HEX[byte]
  return text
}

function fromHex(text) {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return undefined
  return Uint8Array.from({ length: text.length / 2 }, (_, n) => Number.parseInt(text.slice(2 * n, 2 * n + 2), 16))
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function base64Of(bytes) {
  let text = ''
  for (let n = 0; n < bytes.length; n += 3) {
    const three = ((bytes[n] ?? 0) << 16) | ((bytes[n + 1] ?? 0) << 8) | (bytes[n + 2] ?? 0)
    text += DIGITS.charAt(three >> 18) + DIGITS.charAt((three >> 12) & 63)
    text += n + 1 < bytes.length ? DIGITS.charAt((three >> 6) & 63) : '='
    text += n + 2 < bytes.length ? DIGITS.charAt(three & 63) : '='
  }
  return text
}

/** One text a value: what does not come out again as it went in is refused. */
function fromBase64(text) {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined
  const digits = text.replace(/=+$/, '')
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4))
  for (let n = 0; n < bytes.length; n++) {
    const bit = n * 8
    const of = (at) => DIGITS.indexOf(digits.charAt(at))
    const at = Math.floor(bit / 6)
    const two = (of(at) << 6) | (at + 1 < digits.length ? of(at + 1) : 0)
    bytes[n] = (two >> (4 - (bit % 6))) & 255
  }
  return base64Of(bytes) === text ? bytes : undefined
}

/** A change as its body says it (docs/evidence-format.md). */

function readEvent(source, body) {
  const [id, key, op, , before, after, actor, said, at, rows, ...rest] = body.split('\n')
  if (!id || !key || !op || !before || !after || !actor || !said || !at || !rows || rest.join('') !== '')
    return undefined
  try {
    return {
      ...{ id, source, key: JSON.parse(key), op, before, after, actor, at },
      said: said === '-' ? null : JSON.parse(said),
      rows: rows === '-' ? [] : rows.split(','),
    }
  } catch {
    return undefined
  }
}

/** What the tree holds of an event: its kind and place openly, its body as a digest. */
const leafText = (source, location, bodyHash) => `opsflow-event/1\n${source}\n${location ?? '-'}\n${bodyHash}\n`

const rowDigest = ({ sha256, utf8 }, nonce, content) => hexOf(sha256(fromHex(nonce) ?? new Uint8Array(), utf8(content)))

/** Who changed a row in the database itself, beside the product; undefined: the product did, or its upkeep. */
const roleBeside = (actor) => /^"database:(?!opsflow_(?:owner|relay|auth|sealer)"$)(.*)"$/.exec(actor)?.[1]

/** The keys a log is signed with, each vouched for by the one before it, and the heads they signed. What is wrong is a sentence. */
class LogKeys {
  #ground
  #keys = []

  constructor(ground) {
    this.#ground = ground
  }

  get texts() {
    return this.#keys.map(({ text }) => text)
  }

  /** The first key vouches for itself, and is what the holder of an export has to know. */
  async add({ verifier, statement }) {
    const key = readVerifierKey(this.#ground, verifier)
    const note = readNote(statement)
    const stated = note && readKeyStatement(note.text)
    const before = this.#keys.at(-1)
    if (!key || !note || stated?.key !== key.text) return `The key ${verifier} is not stated as it should be.`
    if (!(await signerOf(this.#ground, note, [before ?? key]))) {
      return `The key ${verifier} is not signed by ${before ? 'the key before it' : 'itself'}.`
    }
    this.#keys.push({ ...key, since: stated.since })
    return undefined
  }

  /** The key that was in force at the head's time has to have signed it: a key that was replaced signs no more. */
  async head(text, origin) {
    const note = readNote(text)
    const head = note && readHead(note.text)
    if (!note || !head) return 'A head of the log cannot be read.'
    const key = await signerOf(this.#ground, note, this.#keys)
    if (!key) return `The head of ${head.size} changes (${head.at}) is not signed by a key of this log.`
    if (head.origin !== origin) return `The head of ${head.size} changes is of another log, ${head.origin}.`
    const inForce = this.#keys.findLast(({ since }) => since <= head.at) ?? this.#keys[0]
    if (inForce?.text !== key.text) {
      return `The head of ${head.size} changes (${head.at}) is signed by a key that was not in force then.`
    }
    return { ...head, text: note.text }
  }
}

/**
 * Checks an export of the evidence log, line by line, with nothing but the export and what its holder kept. The format,
 * and why each check is there: docs/evidence-format.md. The product, the browser and `verify.mjs` run this same code.
 */

const MOST_TOLD = 100

const EVIDENCE = 'opsflow-evidence/1'

async function checkEvidence(ground, lines, kept = { heads: [] }) {
  const check = new Check(ground, kept)
  let read = 0
  for await (const text of lines) {
    if (text.trim() === '') continue
    read++
    let line
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
  #ground
  #kept
  #keys
  #heads = []
  #keptHeads = []
  #keptAreRead = false
  #edge
  #nextHead = 0
  /** Of each row, its last event so far. */
  #last = new Map()
  #batches = new Map()
  #batched = new Set()
  #shown = new Set()
  #scope = { source: null, location: null }
  #ended = false
  #lastUnsealed = false
  isHopeless = false
  #told = { wrong: 0 }
  #checked = {
    ...{ wrong: [], notes: [], log: '', from: 0, size: 0, headAt: '', keys: [] },
    ...{ events: 0, elsewhere: 0, unsealed: 0, records: 0, rows: 0, keptHeads: 0 },
  }
  /** Of which rows it is noted that what proves them was forgotten; and what retention removed, by its day. */
  #forgottenRows = new Set()
  #retired = new Set()
  #retiredOn = new Map()
  #unlinked = 0
  #besideRetired = 0
  #forgotten = 0
  #skippedHeads = 0
  #upkeep = 0

  constructor(ground, kept) {
    this.#ground = ground
    this.#kept = kept
    this.#keys = new LogKeys(ground)
  }

  say(sentence) {
    if (this.#told.wrong++ < MOST_TOLD) this.#checked.wrong.push(sentence)
  }

  async take(line, number) {
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

  #begin(line) {
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
      this.say(`The export does not say what came before its first change: ${error.message}.`)
      this.isHopeless = true
    }
  }

  async #key(key) {
    const wrong = await this.#keys.add(key)
    if (wrong) this.say(wrong)
    this.#checked.keys = this.#keys.texts
  }

  async #head(text) {
    const head = await this.#signedHead(text)
    if (typeof head === 'string') return this.say(head)
    const last = this.#heads.at(-1)
    if (last && (head.size <= last.size || head.at < last.at)) {
      this.say(`The head of ${head.size} changes (${head.at}) does not come after that of ${last.size} (${last.at}).`)
    }
    if (last && head.previous !== headHash(this.#ground, last.text)) this.#skippedHeads++
    this.#heads.push(head)
  }

  #signedHead = (text) => this.#keys.head(text, this.#checked.log)

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

  #event([source, location, body]) {
    const event = readEvent(source, body)
    this.#leaf(source, location, hexOf(this.#ground.sha256(this.#ground.utf8(body))), event)
    this.#checked.events++
    if (!event) return this.say(`Change ${(this.#edge?.size ?? 1) - 1} (${source}) cannot be read.`)
    this.#follow(event, `change ${(this.#edge?.size ?? 1) - 1}`)
  }

  /** What the export leaves out says openly of which kind and place it is: nothing it should hold is left out. */
  #elsewhere([source, location, bodyHash]) {
    this.#leaf(source, location, bodyHash)
    this.#checked.elsewhere++
    if (this.#isInScope(source, location)) {
      this.say(`Change ${(this.#edge?.size ?? 1) - 1} (${source}) belongs into this export and is left out.`)
    }
  }

  #isInScope(source, location) {
    const { source: only, location: at } = this.#scope
    return (only === null || only === source) && (at === null || at === location)
  }

  #leaf(source, location, bodyHash, event) {
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
      const { head } = this.#keptHeads.shift()
      if (this.#isRoot(head)) continue
      this.say(
        `The head of ${head.size} changes you kept (${head.at}) does not fit: the history before it was written anew.`,
      )
    }
  }

  #isRoot = (head) => this.#edge !== undefined && isSame(head.root, this.#edge.root())

  #unsealed([source, , body]) {
    this.#lastUnsealed = true
    this.#checked.unsealed++
    const event = readEvent(source, body)
    if (!event) return this.say(`A change of ${source} that was not sealed yet cannot be read.`)
    this.#follow(event, 'a change that was not sealed yet')
  }

  /** A row's events link up: what one left is what the next one found. */
  #follow(event, which) {
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

  #record([source, key, nonce, content]) {
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
  #batch([id, nonce, rows]) {
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
    const digests = []
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
      digests.push(content === null ? (fromHex(digest) ?? new Uint8Array()) : sha256(own, utf8(content)))
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

  finish(lines) {
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

const DONE = {
  insert: 'made',
  adopt: 'taken in',
  update: 'changed',
  delete: 'deleted',
  batch: 'recorded',
}

const told = ({ source, key }) => `${source} ${key}`

const uuidBytes = (uuid) => fromHex(uuid.replaceAll('-', '')) ?? new Uint8Array()

// opsflow verify: checks an export of the evidence log with nothing but the export and what its holder kept. It reads the
// files that are named, and nothing else: no network, no product. The format: docs/evidence-format.md.

const USAGE = `usage: node opsflow-verify.mjs <export.jsonl[.gz]> [--head <kept-head>]… [--key <verifier-key>] [--json]

  --head  a head of the log you kept (a file): the export must agree with it
  --key   the verifier key you know the log by, as text
  --json  what was found, as JSON

exit code 0: everything holds · 1: something is wrong, the first thing is named · 2: it could not be read`

const ground = {
  sha256: (...parts) => {
    const hash = createHash('sha256')
    for (const part of parts) hash.update(part)
    return hash.digest()
  },
  utf8: (text) => Buffer.from(text, 'utf8'),
  isSignedBy: (publicKey, message, signature) => {
    const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey])
    return verify(null, message, createPublicKey({ key: der, format: 'der', type: 'spki' }), signature)
  },
}

function asked(args) {
  const files = []
  const heads = []
  let key
  let json = false
  for (let n = 0; n < args.length; n++) {
    const word = args[n]
    if (word === '--json') json = true
    else if (word === '--head') heads.push(args[++n] ?? '')
    else if (word === '--key') key = args[++n]
    else if (word.startsWith('-')) return undefined
    else files.push(word)
  }
  const [file] = files
  return file && files.length === 1 ? { file, heads, json, ...(key ? { key } : {}) } : undefined
}

function report(checked) {
  const { wrong, notes, events, elsewhere, records, rows, from, size, headAt, keptHeads, keys, log } = checked
  const found = [
    `log        ${log}`,
    ...keys.map((key) => `key        ${key}`),
    `changes    ${from} to ${size - 1}, sealed until ${headAt}: ${events} shown, ${elsewhere} of other places or kinds`,
    `records    ${records}, and ${rows} readings in batches`,
    `heads      ${keptHeads} that you kept were compared`,
    ...notes.map((note) => `note       ${note}`),
    '',
  ]
  if (wrong.length === 0)
    return [...found, 'OK: every record is what the log says, and the log is what was signed.'].join('\n')
  return [...found, `WRONG: ${wrong[0]}`, ...wrong.slice(1).map((sentence) => `  also: ${sentence}`)].join('\n')
}

async function main() {
  const wanted = asked(process.argv.slice(2))
  if (!wanted) {
    console.error(USAGE)
    process.exitCode = 2
    return
  }
  try {
    const heads = wanted.heads.map((file) => readFileSync(file, 'utf8'))
    const bytes = createReadStream(wanted.file)
    const text = wanted.file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes
    const failed = new Promise((_, reject) => {
      bytes.on('error', reject)
      text.on('error', reject)
    })
    const lines = createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })
    const kept = { heads, ...(wanted.key ? { key: wanted.key } : {}) }
    const checked = await Promise.race([checkEvidence(ground, lines, kept), failed])
    console.log(wanted.json ? JSON.stringify(checked, null, 2) : report(checked))
    process.exitCode = checked.wrong.length === 0 ? 0 : 1
  } catch (error) {
    console.error(`It could not be read: ${error.message}`)
    process.exitCode = 2
  }
}

await main()
