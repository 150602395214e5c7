import { checklistMutators } from '@opsflow/capabilities/checklists'
import { taskMutators } from '@opsflow/capabilities/tasks'
import { temperatureMutators } from '@opsflow/capabilities/temperature'
import { openPhotoOutbox, type PhotoOutbox } from '@opsflow/platform/client/files/photo-outbox'
import { memoryPhotoStore } from '@opsflow/platform/client/files/photo-store'
import { Unreachable } from '@opsflow/platform/client/problem'
import { DeviceClock } from '@opsflow/platform/client/sync/device-clock'
import { type OpenReplica, type Owner, openReplica } from '@opsflow/platform/client/sync/open-replica'
import type { Seated } from '@opsflow/platform/client/sync/seat'
import { sqliteDatabase } from '@opsflow/platform/client/sync/sqlite-database.for-tests'
import { openSqliteStore } from '@opsflow/platform/client/sync/store-sqlite'
import { apiTransport } from '@opsflow/platform/client/sync/transport'
import { photoForTests } from '@opsflow/platform/server/files/photo.for-tests'
import type { Mutator } from '@opsflow/platform/sync'
import type { z } from 'zod'
import type { Draws } from '../../demo/draws.ts'
import type { Ask, Fetch } from '../product.ts'
import type { Person } from './restaurant.ts'

const mutators = [
  ...Object.values(temperatureMutators),
  ...Object.values(taskMutators),
  ...Object.values(checklistMutators),
]

const EDGE = 240

/** One thing that someone did, as the simulation knows it: what must be on the server's record in the end. */
export type Deed = { uid: string; name: string; args: Record<string, unknown>; by: string; at: number; device: string }

/**
 * A phone or a tablet as the web opens it, with its engine and its rules, over HTTP to the real server: the browser
 * and its disk are the only parts that are stood in for.
 */
export class Device {
  readonly name: string
  readonly #ask: Ask
  readonly #book: Deed[]
  readonly #draws: Draws
  readonly #send: Fetch
  readonly #taken: string[]
  readonly #tookTime: () => void
  #replica!: OpenReplica
  #photos!: PhotoOutbox
  isCut = false
  #isItsTurn = false
  cuts = 0
  lostAnswers = 0

  private constructor(name: string, { ask, book, draws, fetch, taken, tookTime }: Parts) {
    this.name = name
    this.#ask = ask
    this.#book = book
    this.#draws = draws
    this.#send = fetch
    this.#taken = taken
    this.#tookTime = tookTime
  }

  static async open(name: string, owner: Owner, parts: Parts) {
    const device = new Device(name, parts)
    const boot = Date.now()
    const clocks = {
      now: () => Date.now(),
      monotonic: () => Date.now() - boot,
      session: crypto.randomUUID(),
      zone: () => 'America/Chicago',
    }
    const clock = new DeviceClock(clocks)
    device.#photos = await openPhotoOutbox({
      store: memoryPhotoStore(),
      organizationId: parts.organizationId,
      clock: { read: () => clock.read({ offsetMs: null, heardAt: null }), start: clock.start, heard: () => undefined },
      fetch: (url, request) => device.#fetch(String(url), request as Parameters<Fetch>[1]),
      base: '',
      wait: () => () => undefined,
    })
    device.#replica = await openReplica({
      name,
      owner,
      mutators,
      store: await openSqliteStore(sqliteDatabase(':memory:')),
      transport: apiTransport((key: string, { body }: { body: unknown }) => device.#call(key, body)),
      clocks,
      later: () => () => undefined,
      tabs: () => ({ alone: (work) => work(), tell: () => undefined, close: () => undefined }),
    })
    return device
  }

  /** As a kitchen's network has it: sometimes away, and sometimes gone between the request and its answer. */
  #fetch(path: string, request?: Parameters<Fetch>[1]): Promise<Response> {
    return this.isCut || !this.#isItsTurn ? Promise.reject(new TypeError('fetch failed')) : this.#send(path, request)
  }

  async #call(key: string, body: unknown) {
    if (this.isCut || !this.#isItsTurn) throw new Unreachable('No network.')
    const answer = await this.#ask(key, body)
    if (answer.status !== 200)
      throw new Error(`${this.name}: ${key} was answered ${answer.status} ${answer.body?.code}`)
    if (key.endsWith('push') && this.#draws.isLucky(0.03)) {
      this.lostAnswers += 1
      throw new Unreachable('The answer was lost.')
    }
    return answer.body
  }

  get replica() {
    return this.#replica
  }

  async does<A extends z.ZodType>(mutator: Mutator<A>, args: z.input<A>, by: Seated) {
    const { uid } = await this.#replica.mutate(mutator, args, by)
    const { name } = mutator
    this.#book.push({ uid, name, args: args as Deed['args'], by: by.id, at: Date.now(), device: this.name })
    this.#tookTime()
  }

  /** Taken now, kept here until the server has proven that it holds it. Answers what a record names. */
  async photograph(locationId: string) {
    const { id, bytes, sha256 } = await photoForTests(EDGE)
    const photo = { id, sha256, size: bytes.byteLength, width: EDGE, height: EDGE, locationId, draft: null }
    await this.#photos.keep(photo, new Uint8Array(bytes).buffer)
    this.#taken.push(id)
    return { id, sha256 }
  }

  /** Something of it has not arrived yet. */
  get isBusy() {
    return this.#replica.status.unsent > 0 || this.#photos.photos().length > 0
  }

  /**
   * Someone comes to the tablet and gives their PIN: to the server, where there is a network and something to send that
   * needs them; else to the tablet alone.
   */
  async enter({ id, name, pinSetAt }: Person, pin: string): Promise<Seated> {
    const asks = !this.isCut && (this.#photos.photos().length > 0 || this.#draws.isLucky(0.05))
    const { status, body } = asks
      ? await this.#ask('POST /kiosk-session', { memberId: id, pin })
      : { status: 0, body: null }
    return { id, name, proof: { seat: status === 201 ? body.seat : null, pinSetAt, signature: null } }
  }

  /** The walk’s clock stands still meanwhile: what is done by hand takes time, and waits for this. */
  async sync() {
    this.#isItsTurn = true
    await this.#replica.sync()
    await this.#photos.sync()
    this.#isItsTurn = false
  }
}

type Parts = {
  organizationId: string
  ask: Ask
  fetch: Fetch
  book: Deed[]
  taken: string[]
  draws: Draws
  /** Whatever a person does takes a moment. */
  tookTime: () => void
}
