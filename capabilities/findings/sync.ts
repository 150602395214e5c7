import { foreseeEvidence, foreseeFinal } from '@opsflow/capabilities/evidence'
import { foreseeTaskEnd, foreseeTaskOpenAgain } from '@opsflow/capabilities/tasks'
import { notFound } from '@opsflow/platform/refusal'
import { defineMutator, type Rows } from '@opsflow/platform/sync'
import { z } from 'zod'
import type { Finding } from './finding.ts'
import { mayFix, maySendBack, mayVerify, withStep } from './finding-change.ts'
import { Fix, SendingBack, Verification } from './finding-input.ts'
import { putFinding, stepOf } from './foresee.ts'
import { FINDING } from './words.ts'

/**
 * What people do about findings, as devices record it offline. Each is the device's half of the command that HTTP runs;
 * server/mutators.ts holds the other half.
 */

/** It was put right. */
const fix = defineMutator({
  name: 'findings.fix',
  version: 1,
  args: Fix.extend({ findingId: z.uuid() }),
  async foresee(rows, { stepId: id, findingId, note, cause, cost, photos }, doing) {
    const finding = await findingOf(rows, findingId)
    mayFix(finding)
    putFinding(rows, withStep(finding, { ...stepOf('fixed', doing), id, note, cause, cost }))
    const owner = { ownerKind: 'finding' as const, ownerId: findingId, locationId: finding.locationId }
    foreseeEvidence(rows, owner, photos, doing)
    await foreseeTaskEnd(rows, finding.taskId, 'completed', doing)
  },
})

/** Another person confirms the fix they saw. On a shared tablet it is signed: the signature travels as the proof. */
const verify = defineMutator({
  name: 'findings.verify',
  version: 1,
  args: Verification.extend({ findingId: z.uuid() }),
  async foresee(rows, { stepId: id, findingId, fixId, note }, doing) {
    const finding = await findingOf(rows, findingId)
    mayVerify(finding, fixId, doing.by.id)
    await foreseeFinal(rows, findingId)
    const signature = doing.kiosk && ('offline' as const)
    putFinding(rows, withStep(finding, { ...stepOf('verified', doing), id, note, signature }))
  },
})

/** It does not do: open again, with a reason. */
const sendBack = defineMutator({
  name: 'findings.send_back',
  version: 1,
  args: SendingBack.extend({ findingId: z.uuid() }),
  async foresee(rows, { stepId: id, findingId, fixId, reason }, doing) {
    const finding = await findingOf(rows, findingId)
    maySendBack(finding, fixId)
    putFinding(rows, withStep(finding, { ...stepOf('sent_back', doing), id, note: reason }))
    await foreseeTaskOpenAgain(rows, finding.taskId, doing)
  },
})

export const findingMutators = { fix, verify, sendBack }

const findingOf = async (rows: Rows, id: string) => (await rows.get<Finding>(FINDING, id)) ?? notFound()
