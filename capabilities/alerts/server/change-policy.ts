import { can, demandEverywhere } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { z } from 'zod'
import { foretold } from '../next-step.ts'
import type { PolicyChange, PolicyPreview, PolicyRecord, PreviewOf } from '../policy-record.ts'
import { SORTS } from '../words.ts'
import { audiencesOf, peopleAt } from './store-people.ts'
import { isNode, lookAgain, removePolicy, savePolicy, standingPolicies } from './store-policies.ts'

/** Who is told of a kind of matter at a node: for whoever decides in the whole organization. */
export async function changePolicy(tx: Tx, change: PolicyChange): Promise<PolicyRecord> {
  demandEverywhere(tx.actor, 'alerts.policy')
  knownSort(change)
  if (!(await isNode(tx, change))) {
    const path = change.locationId === null ? 'groupId' : 'locationId'
    wrong(path, 'alerts.node_unknown', 'There is no such group or location here.')
  }
  const id = await savePolicy(tx, change, tx.actor.kind === 'member' ? tx.actor.id : null)
  const saved = (await standingPolicies(tx)).find((one) => one.id === id)
  if (!saved)
    return refuse('conflict', 'alerts.policy_stale', {
      detail: 'Someone else has changed this meanwhile. Look at theirs first.',
    })
  await recordEvent(tx, { name: 'alerts.policy_changed', subjectId: saved.id, after: { ...saved } })
  await lookAgain(tx, saved)
  return saved
}

export async function takeBackPolicy(tx: Tx, id: string): Promise<void> {
  demandEverywhere(tx.actor, 'alerts.policy')
  const removed = (await removePolicy(tx, id)) ?? notFound()
  await recordEvent(tx, { name: 'alerts.policy_taken_back', subjectId: id, before: { ...removed } })
  await lookAgain(tx, removed)
}

const DAY = 24 * 60 * 60_000

/** By the same rule that will tell them, with the people who are there today; without anyone's quiet hours, and while nobody is on duty. */
export async function previewPolicy(
  tx: ReadTx,
  asked: z.output<typeof PreviewOf>,
): Promise<z.infer<typeof PolicyPreview>> {
  knownSort(asked)
  const { locationId, kind } = asked
  if (!can(tx.actor, 'alerts.policy', locationId) || !(await isNode(tx, { locationId, groupId: null }))) notFound()
  const people = await peopleAt(tx, [locationId], Date.now())
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const audiences = audiencesOf(
    people.map((one) => ({ ...one, quietFrom: null, onDuty: false })),
    { kind, assigneeId: null, role: null },
  )
  const thread = {
    ...{ openedAt: 0, closedAt: null, step: -1, steppedAt: 0, returnsAt: null, zone: 'UTC' },
    audiences,
    told: new Map(),
  }
  const told = foretold({ ...asked.policy, quiet: null }, thread, DAY)
  return {
    items: told.map(({ at, step, ids }) => ({
      afterMinutes: at / 60_000,
      step,
      people: ids.map((id) => ({ id, name: names.get(id) ?? '' })),
    })),
  }
}

function knownSort({ kind, severity }: Pick<PolicyChange, 'kind' | 'severity'>) {
  if (SORTS.some((one) => one.kind === kind && one.severity === severity)) return
  wrong('severity', 'alerts.sort_unknown', 'Matters of this kind are never of this severity.')
}

const wrong = (path: string, code: string, message: string): never =>
  refuse('invalid', code, { detail: message, errors: [{ path: `body.${path}`, code, message }] })
