import type { Simulated } from '@opsflow/capabilities/temperature'
import { recordReadings } from '@opsflow/capabilities/temperature/server'
import type { Database } from '@opsflow/platform/server/tenant'
import { atOnce } from './at-once.ts'
import { catchUp } from './catch-up.ts'
import type { DemoChain } from './chains.ts'
import { type Failure, failingSensor, isFailing, UNATTENDED_MS } from './failure.ts'
import { inFahrenheit, sensorOf } from './sensor-history.ts'
import { type Kitchen, kitchensOf, standingDemos } from './standing.ts'
import { type Hold, LATEST_ALARM, type LatestAlarm, type Pool, tryHold } from './store.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** More often than a battery would like, so that a board moves; the unit that fails is followed still closer. */
const EVERY_MS = 2 * MINUTE
const FAILING_EVERY_MS = 30 * SECOND
const FAILS_AFTER_MS = 3 * MINUTE
const LOOK_EVERY_MS = 5 * SECOND
/** A machine that slept this long wakes up as after a stop. */
const ASLEEP_MS = 10 * MINUTE

type LiveSensor = Kitchen['sensors'][number] & {
  kitchen: Kitchen
  value: (at: number) => Simulated
  everyMs: number
  sentUntil: number
}

/**
 * The demo's sensors, moved by a clock that is handed in: each goes on from its history, through the command every
 * gateway's readings go through. One process moves them, the one that holds the demo; it lets go as soon as the demo
 * is no longer whole, because somebody resets it, and starts again with what it finds afterwards.
 */
export class LiveChain {
  readonly #ground: { app: Database; relay: Pool }
  readonly #chains: readonly DemoChain[]
  readonly #startedAt: number
  #hold: Hold | null = null
  #known = ''
  #sensors: LiveSensor[] = []
  #lookedAt = 0
  #tickedAt: number
  #failure: Failure | null = null
  #hasFailed = false

  constructor(ground: { app: Database; relay: Pool }, chains: readonly DemoChain[], startedAt: number) {
    this.#ground = ground
    this.#chains = chains
    this.#startedAt = startedAt
    this.#tickedAt = startedAt
  }

  async tick(now: number) {
    const sleptFor = now - this.#tickedAt
    this.#tickedAt = now
    if (sleptFor > ASLEEP_MS) this.#known = ''
    if (now - this.#lookedAt >= LOOK_EVERY_MS) {
      this.#lookedAt = now
      await this.#look(now)
    }
    await this.#send(now)
  }

  async letGo() {
    const hold = this.#hold
    this.#hold = null
    this.#known = ''
    this.#sensors = []
    await hold?.release()
  }

  /** Is the demo ours to move, and is it still the one we know? */
  async #look(now: number) {
    if (this.#hold?.isLost()) await this.letGo()
    const standing = await standingDemos(this.#ground)
    const isWhole = standing.length > 0 && standing.every(({ seed }) => seed !== null)
    if (!isWhole) return this.letGo()
    this.#hold ??= await tryHold(this.#ground.relay)
    if (!this.#hold) return
    const found = JSON.stringify(standing)
    if (found !== this.#known) {
      const kitchens = (await Promise.all(standing.map((demo) => kitchensOf(this.#ground, demo, this.#chains)))).flat()
      await catchUp(this.#ground, kitchens, now)
      this.#sensors = kitchens.flatMap((kitchen) => kitchen.sensors.map((sensor) => this.#live(kitchen, sensor, now)))
      this.#known = found
    }
    await this.#moveFailure(now)
  }

  #live(kitchen: Kitchen, sensor: Kitchen['sensors'][number], now: number): LiveSensor {
    const fails = isFailing(kitchen.plan, sensor.plan)
    return {
      ...sensor,
      kitchen,
      value: fails ? failingSensor(sensor.plan, () => this.#failure) : sensorOf(sensor.plan),
      everyMs: fails ? FAILING_EVERY_MS : EVERY_MS,
      sentUntil: Math.max(now, sensor.lastMeasuredAt ?? 0),
    }
  }

  /** Once in a run: it stops some minutes after the start, and recovers when somebody has answered its alarm. */
  async #moveFailure(now: number) {
    const failing = this.#sensors.find(({ kitchen, plan }) => isFailing(kitchen.plan, plan))
    if (!failing || now < this.#startedAt + FAILS_AFTER_MS || this.#failure?.to) return
    const [alarm] = await this.#ground.app.readOne<LatestAlarm>(failing.kitchen.system, LATEST_ALARM, [failing.unitId])
    if (this.#failure) {
      const isOver = alarm?.answered || now - this.#failure.from >= UNATTENDED_MS
      if (isOver) this.#failure = { ...this.#failure, to: now }
    } else if (!this.#hasFailed) {
      // An alarm of an earlier run that nobody has dealt with is alarm enough.
      this.#hasFailed = true
      if (!alarm) this.#failure = { from: now, to: null }
    }
  }

  async #send(now: number) {
    const due = this.#sensors.filter((sensor) => nextSlot(sensor) <= now)
    const kitchens = [...new Set(due.map(({ kitchen }) => kitchen))]
    await atOnce(2, kitchens, async (kitchen) => {
      const sensors = due.filter((sensor) => sensor.kitchen === kitchen)
      const readings = sensors.flatMap((sensor) => readingsUntil(sensor, now))
      await this.#ground.app.write(kitchen.gateway, (tx) =>
        recordReadings(tx, readings, { source: 'sensor', deviceId: kitchen.gateway.id }, { now }),
      )
      for (const sensor of sensors) sensor.sentUntil = now
    })
  }
}

const nextSlot = ({ sentUntil, everyMs, plan }: LiveSensor) =>
  (Math.floor((sentUntil - plan.offsetMs) / everyMs) + 1) * everyMs + plan.offsetMs

function readingsUntil(sensor: LiveSensor, now: number) {
  const { sensorId } = sensor
  const readings = []
  for (let at = nextSlot(sensor); at <= now; at += sensor.everyMs) {
    const celsius = sensor.value(at)
    if (celsius === undefined) continue
    readings.push({ sensorId, sent: inFahrenheit(celsius), unit: 'F' as const, measuredAt: at, receivedAt: now })
  }
  return readings
}
