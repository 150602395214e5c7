import { randomUUID } from 'node:crypto'
import type { Plan } from '@opsflow/capabilities/processes'
import {
  beginProcess,
  calibrateProbe,
  finishProcess,
  registerProbe,
  takeTemperature,
  verifyProcess,
} from '@opsflow/capabilities/processes/server'
import { justNow } from '@opsflow/platform/moment'
import type { Database } from '@opsflow/platform/server/tenant'
import { draws } from './draws.ts'
import type { Opened } from './found-chain.ts'
import { localDays } from './local-days.ts'

const HOUR = 60 * 60_000
const DAY = 24 * HOUR
const DAYS = 5
const SOUPS = ['Tomato soup', 'Chili', 'Chicken stock', 'Rice', 'Clam chowder'] as const
const LABELS = ['Sliced tomatoes', 'Chicken salad', 'Cut melon', 'Cooked pasta'] as const

type Food = {
  product: string
  batch: string
  plan: Plan
  /** When, and what it read; the first is the beginning. */
  readings: readonly (readonly [at: number, value: string])[]
  /** Null: it goes on. */
  end: { at: number; disposition: 'stored' | 'served' | 'discarded'; note: string } | null
}

/** What a kitchen cooled and kept hot lately, the labels on its shelves, and the thermometers it did so with. Answers how many foods. */
export async function fillProcesses(app: Database, location: Opened, end: number): Promise<number> {
  const probeId = await fillProbes(app, location, end)
  const foods = [...cooledAndHeld(location, end), ...labels(location, end)]
  for (const [index, food] of foods.entries()) await cookFood(app, location, food, probeId, index)
  return foods.length
}

/** One that is in order, and one that nobody has calibrated for too long. */
async function fillProbes(app: Database, location: Opened, end: number): Promise<string> {
  const { id: locationId, system } = location
  const register = (name: string, daysAgo: number) =>
    app.write(system, async (tx) => {
      const { id } = await registerProbe(tx, { locationId, name, serial: `T-${name.length}40`, everyDays: 7 })
      const at = justNow(new Date(end - daysAgo * DAY))
      const ice = {
        id: randomUUID(),
        method: 'ice' as const,
        altitudeMetres: 0,
        value: '32.4',
        unit: 'F' as const,
        note: '',
      }
      await calibrateProbe(tx, id, ice, at)
      return id
    })
  await register('Blue', 12)
  return register('Red', DAYS + 1)
}

/** Each evening a soup is cooled and something is kept hot for dinner. One was too warm after two hours. */
function cooledAndHeld({ plan }: Opened, end: number): Food[] {
  const days = localDays(plan.timezone, { from: end - DAYS * DAY, to: end }).slice(0, -1)
  return days.flatMap(({ day, instantOf }, index): Food[] => {
    const draw = draws(`foods ${plan.key} ${day}`)
    const at = instantOf(draw.whole([14 * 60, 15 * 60]))
    const batch = `B ${day % 100}`
    const isWarm = index === 1 && draw.isLucky(0.3)
    const cooled: readonly (readonly [number, string])[] = isWarm
      ? [
          [at, '138'],
          [at + 115 * 60_000, '84'],
        ]
      : [
          [at, '138'],
          [at + 100 * 60_000, String(draw.whole([58, 69]))],
          [at + 300 * 60_000, String(draw.whole([37, 41]))],
        ]
    const held = instantOf(17 * 60)
    const foods: Food[] = [
      {
        ...{ product: draw.oneOf(SOUPS), batch, plan: { kind: 'cooling', from: 'hot' }, readings: cooled },
        end: isWarm
          ? { at: at + 125 * 60_000, disposition: 'discarded', note: 'Still 84 °F after two hours' }
          : { at: at + 302 * 60_000, disposition: 'stored', note: '' },
      },
      {
        ...{ product: 'Gravy', batch: '', plan: { kind: 'hot_holding', food: 'usual', everyMinutes: 120 } },
        readings: [0, 110, 220].map((minutes) => [held + minutes * 60_000, String(draw.whole([139, 152]))] as const),
        end: { at: held + 230 * 60_000, disposition: 'served', note: '' },
      },
    ]
    return foods.filter((food) => (food.end?.at ?? 0) < end)
  })
}

/** Labels on the shelves, of the last days. */
const labels = ({ plan }: Opened, end: number): Food[] =>
  LABELS.map((product, index): Food => {
    const [day] = localDays(plan.timezone, { from: end - (index + 1) * DAY, to: end })
    const date = new Date((day?.day ?? 0) * DAY).toISOString().slice(0, 10)
    return {
      ...{ product, batch: '', plan: { kind: 'date_mark', ingredientPrepDates: [date], manufacturerUseBy: null } },
      ...{ readings: [[day?.instantOf(9 * 60 + 30) ?? end, '']], end: null },
    }
  })

async function cookFood(app: Database, location: Opened, food: Food, probeId: string, by: number) {
  const [first, ...later] = food.readings
  if (!first) return
  const id = randomUUID()
  const { product, batch, plan } = food
  const reading = (value: string) => ({
    ...{ id: randomUUID(), value, unit: 'F' as const, of: 'food' as const, heldSeconds: null, probeId, note: '' },
  })
  const cooks = location.crew.filter((one) => one.id !== location.verifier.id)
  const cook = cooks[by % cooks.length]
  if (!cook) return
  await app.write(cook, async (tx) => {
    const begun = { id, locationId: location.id, plan, product, batch, amount: '' }
    const [beganAt, value] = first
    await beginProcess(tx, { ...begun, reading: value === '' ? null : reading(value) }, justNow(new Date(beganAt)))
    for (const [at, value] of later)
      await takeTemperature(tx, id, { ...reading(value), step: 'reading' }, justNow(new Date(at)))
    if (food.end === null) return
    const { at, ...ending } = food.end
    await finishProcess(tx, id, { id: randomUUID(), ...ending }, justNow(new Date(at)))
  })
  const { end } = food
  if (end?.disposition !== 'discarded') return
  await app.write(location.verifier, (tx) =>
    verifyProcess(tx, id, { id: randomUUID(), note: '', signature: null }, justNow(new Date(end.at + HOUR))),
  )
}
