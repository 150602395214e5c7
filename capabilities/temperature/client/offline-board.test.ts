import { type Task, taskMutators } from '@opsflow/capabilities/tasks'
import { MemoryReplica } from '@opsflow/platform/client/sync/memory-replica.for-tests'
import { describe, expect, test } from 'vitest'
import type { Alarm, CorrectiveActionRecord } from '../records.ts'
import { correctiveActionIdOf } from '../related-id.ts'
import type { Unit } from '../routes.ts'
import { temperatureMutators as mutators } from '../sync.ts'
import { entities } from '../sync-entities.ts'
import { boardOf, statesOf } from './board.ts'

const id = (end: number) => `00000000-0000-7000-8000-${String(end).padStart(12, '0')}`
const [store, cooler, alarm, chore, logId] = [id(1), id(2), id(3), id(4), id(5)]
const luis = { id: id(9), name: 'Luis' }

const unit = {
  id: cooler,
  locationId: store,
  name: 'Walk-in cooler',
  kind: 'walk_in_cooler',
  position: 0,
  createdAt: '2026-01-01T00:00:00Z',
  retiredAt: null,
  policy: {
    id: id(6),
    startsAt: '2026-01-01T00:00:00Z',
    reason: '',
    createdAt: '2026-01-01T00:00:00Z',
    limitIds: [],
    operatingLimits: { max: { milliF: 41_000, milliC: 5_000 }, min: null },
    alarm: null,
  },
  state: {
    unitId: cooler,
    locationId: store,
    name: 'Walk-in cooler',
    kind: 'walk_in_cooler',
    status: 'ok',
    value: { text: '37', unit: 'F', milli: 37_000 },
    isCompliant: true,
    measuredAt: '2026-01-01T00:00:00Z',
    receivedAt: '2026-01-01T00:00:00Z',
    source: 'sensor',
    limitText: '≤ 41 °F',
    excursionId: null,
    alarmId: null,
    slowDrift: null,
  },
} as unknown as Unit

const ringing = {
  id: alarm,
  unitId: cooler,
  unitName: 'Walk-in cooler',
  locationId: store,
  kind: 'limit',
  raisedAt: '2026-01-01T00:00:00Z',
  acknowledgedAt: null,
  closedAt: null,
  correctiveActionId: null,
} as unknown as Alarm

const sweeping = {
  id: chore,
  locationId: store,
  title: 'Sweep',
  taskType: 'cleaning',
  status: 'todo',
  state: 'todo',
  missedAt: null,
  cause: { kind: 'schedule', id: chore },
  dueAt: null,
  createdAt: '2026-01-01T00:00:00Z',
} as unknown as Task

const offline = () => {
  const replica = new MemoryReplica(luis, [
    { entity: 'unit', id: cooler, row: unit },
    { entity: 'alarm', id: alarm, row: ringing },
    { entity: 'task', id: chore, row: sweeping },
  ])
  replica.set({ connection: 'offline' })
  return replica
}

const boardOfReplica = (replica: MemoryReplica) =>
  boardOf(
    {
      units: statesOf(replica.rows<Unit>('unit')),
      alarms: replica.rows<Alarm>('alarm'),
      correctiveActions: replica.rows<CorrectiveActionRecord>('corrective_action'),
      tasks: replica.rows<Task>('task'),
    },
    [{ id: store, name: 'Store', kind: 'cafe', timezone: 'America/Chicago', temperatureUnit: 'F' }],
    undefined,
    Date.parse('2026-01-01T12:00:00Z'),
  )

describe('without a network a board shows at once', () => {
  test('a value out of its limit: the unit in alarm, and the corrective action it opens', async () => {
    const replica = offline()
    await replica.mutate(mutators.record, { id: logId, unitId: cooler, value: '60', unit: 'F' })
    const board = boardOfReplica(replica)
    expect(board.locations[0]?.counts).toMatchObject({ alarm: 1, ok: 0, openCorrectiveActions: 1 })
    expect(board.correctiveActions).toMatchObject([{ id: correctiveActionIdOf(logId), state: 'opened' }])
    expect(replica.unsentIds(entities.unit)).toEqual(new Set([cooler]))
  })

  test('a corrective action to its end: it waits for a second person and is no longer counted as open', async () => {
    const replica = offline()
    await replica.mutate(mutators.record, { id: logId, unitId: cooler, value: '60', unit: 'F' })
    const actionId = correctiveActionIdOf(logId)
    const response = { cause: 'door_left_open', action: 'closed_door', disposition: 'discarded' } as const
    await replica.mutate(mutators.respond, { actionId, response })
    await replica.mutate(mutators.recheck, { id: id(7), actionId, value: '38', unit: 'F' })
    await replica.mutate(mutators.close, { actionId })
    const board = boardOfReplica(replica)
    expect(board.correctiveActions).toMatchObject([{ state: 'closed' }])
    expect(board.locations[0]?.counts).toMatchObject({ openCorrectiveActions: 0 })
    expect(board.units[0]).toMatchObject({ value: { text: '38' }, isCompliant: true })
    await expect(replica.mutate(mutators.verify, { actionId })).rejects.toMatchObject({
      code: 'temperature.verifier_must_differ',
    })
    expect(replica.status.unsent).toBe(4)
  })

  test('who looks after an alarm, and a task that is done', async () => {
    const replica = offline()
    await replica.mutate(mutators.acknowledge, { alarmId: alarm })
    await replica.mutate(taskMutators.change, { id: chore, status: 'completed' })
    const board = boardOfReplica(replica)
    expect(board.alarms).toMatchObject([{ acknowledgedBy: luis }])
    expect(board.tasks).toEqual([])
    expect(board.locations[0]?.counts).toMatchObject({ tasksOpen: 0 })
  })
})
