import type { ResponseInput, SimulatedKind } from '@opsflow/capabilities/temperature'
import { type Day, dayOf } from './chain.ts'
import { draws } from './draws.ts'
import { localDays } from './local-days.ts'
import type { LocationPlan, UnitPlan } from './plan.ts'

/** What people did about a deviation. A step that would come after the end of the history has not been done yet. */
export type Answer = {
  acknowledgedAt: number | null
  response: (ResponseInput & { at: number }) | null
  recheck: { at: number; text: string } | null
  closedAt: number | null
  verifiedAt: number | null
  by: number
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Somebody answers within half an hour while people work, else when the next shift comes in. */
export function answerTo(
  deviation: { key: string; openedAt: number; isByHand: boolean },
  location: LocationPlan,
  unit: UnitPlan,
  end: number,
): Answer {
  const draw = draws(`${location.key}/${deviation.key}`)
  const story = storyOf(unit, deviation, draw.next())
  const noticed = deviation.isByHand ? deviation.openedAt : whenSomebodyIsThere(location, deviation.openedAt)
  const acknowledgedAt = noticed + draw.whole([2, 20]) * MINUTE
  const respondedAt = acknowledgedAt + draw.whole([5, 25]) * MINUTE
  const recheckedAt = Math.max(respondedAt, story.overAt) + draw.whole([35, 80]) * MINUTE
  const closedAt = recheckedAt + draw.whole([1, 6]) * MINUTE
  const verifiedAt = closedAt + draw.whole([3, 26]) * HOUR
  const done = (at: number) => (at < end ? at : null)
  return {
    acknowledgedAt: done(acknowledgedAt),
    response: respondedAt < end ? { ...story.response, at: respondedAt } : null,
    recheck: recheckedAt < end ? { at: recheckedAt, text: draw.between(SAFE_F[unit.simulated.kind]).toFixed(1) } : null,
    closedAt: done(closedAt),
    verifiedAt: draw.isLucky(0.94) ? done(verifiedAt) : null,
    by: draw.whole([0, 999]),
  }
}

/** What a thermometer shows when it is all right again, in °F. */
const SAFE_F: Record<SimulatedKind, readonly [number, number]> = {
  reach_in: [36, 40],
  walk_in_cooler: [36, 39.5],
  prep_rail: [36.5, 40.5],
  walk_in_freezer: [-4, 5],
  hot_hold: [141, 152],
}

type Story = { response: ResponseInput; overAt: number }

/** The incident behind it, if there is one; else what usually lies behind a warm tub or a cool pan. */
function storyOf(unit: UnitPlan, { openedAt, isByHand }: { openedAt: number; isByHand: boolean }, luck: number): Story {
  const incident = unit.incidents.find(({ from, to }) => openedAt >= from && openedAt < to + 2 * HOUR)
  if (incident?.kind === 'compressor_stop') {
    const isShort = incident.to - incident.from < 3 * HOUR
    return { overAt: incident.to + 30 * MINUTE, response: isShort ? POWER_CUT : FAILURE }
  }
  if (incident?.kind === 'door_ajar') return { overAt: openedAt, response: OPEN_DOOR }
  const usual = isByHand ? BY_HAND[unit.simulated.kind] : [LEFT_OPEN]
  return { overAt: openedAt, response: usual[Math.floor(luck * usual.length)] ?? LEFT_OPEN }
}

const FAILURE: ResponseInput = {
  cause: 'equipment_failure',
  action: 'called_service',
  disposition: 'moved',
  note: 'Compressor does not start. Food moved to the walk-in, service called.',
}
const POWER_CUT: ResponseInput = {
  cause: 'power_cut',
  action: 'restored_power',
  disposition: 'kept_safe',
  note: 'Doors stayed shut until the power was back.',
}
const OPEN_DOOR: ResponseInput = {
  cause: 'door_left_open',
  action: 'closed_door',
  disposition: 'held_for_review',
  note: 'Door found open, a crate in the way. Food probed one by one.',
}
const LEFT_OPEN: ResponseInput = { cause: 'left_out', action: 'closed_door', disposition: 'kept_safe', note: '' }
const PUT_AWAY_WARM: ResponseInput = {
  cause: 'food_put_away_warm',
  action: 'rapid_cooled',
  disposition: 'kept_safe',
  note: 'Split into shallow pans.',
}
const LEFT_OUT: ResponseInput = {
  cause: 'left_out',
  action: 'discarded',
  disposition: 'discarded',
  note: 'Nobody knows since when it stood there.',
}
const REHEATED: ResponseInput = { cause: 'setpoint_changed', action: 'reheated', disposition: 'kept_safe', note: '' }
const OVERLOADED: ResponseInput = {
  cause: 'overloaded',
  action: 'cleared_airflow',
  disposition: 'kept_safe',
  note: 'Boxes stood before the fan.',
}

const BY_HAND: Record<SimulatedKind, readonly ResponseInput[]> = {
  reach_in: [PUT_AWAY_WARM, LEFT_OUT, LEFT_OPEN],
  walk_in_cooler: [PUT_AWAY_WARM, OVERLOADED],
  prep_rail: [LEFT_OUT, LEFT_OPEN, PUT_AWAY_WARM],
  walk_in_freezer: [OVERLOADED],
  hot_hold: [REHEATED],
}

function whenSomebodyIsThere(location: LocationPlan, at: number): number {
  const { opensAt, closesAt }: Day = dayOf[location.kind]
  for (const { instantOf } of localDays(location.timezone, { from: at, to: at + 24 * HOUR })) {
    if (at < instantOf(closesAt)) return Math.max(at, instantOf(opensAt))
  }
  return at
}
