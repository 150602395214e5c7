import {
  acknowledgeAlarm,
  closeDeviation,
  recheckDeviation,
  respondToDeviation,
  verifyDeviation,
} from '@opsflow/capabilities/temperature/server'
import { justNow } from '@opsflow/platform/moment'
import type { Database, Tx } from '@opsflow/platform/server/tenant'
import { type Answer, answerTo } from './answers.ts'
import { crewMember, type Opened } from './found-chain.ts'
import type { Equipped } from './readings-history.ts'
import { DEVIATIONS, type Deviation } from './store.ts'

/** People answered what went wrong, each step by the command they would use, at the time they would have used it. */
export async function fillAnswers(
  app: Database,
  location: Opened,
  units: readonly Equipped[],
  end: number,
): Promise<number> {
  const deviations = await app.readOne<Deviation>(location.system, DEVIATIONS, [location.id])
  for (const deviation of deviations) {
    const unit = units.find(({ unitId }) => unitId === deviation.unitId)
    if (!unit) continue
    const isByHand = deviation.alarmId === null
    const openedAt = Date.parse(deviation.openedAt)
    // The plan's own key, so that the same deviation is answered alike on every install.
    const key = `${unit.plan.key}/${openedAt}`
    const answer = answerTo({ key, openedAt, isByHand }, location.plan, unit.plan, end)
    await app.write(crewMember(location, answer.by), (tx) => giveAnswer(tx, deviation, answer))
    const { verifiedAt } = answer
    if (verifiedAt !== null) {
      await app.write(location.verifier, (tx) => verifyDeviation(tx, deviation.id, '', justNow(new Date(verifiedAt))))
    }
  }
  return deviations.length
}

async function giveAnswer(tx: Tx, { id, alarmId }: Deviation, { acknowledgedAt, response, recheck, closedAt }: Answer) {
  if (alarmId !== null && acknowledgedAt !== null)
    await acknowledgeAlarm(tx, alarmId, '', justNow(new Date(acknowledgedAt)))
  if (response) {
    const { at, ...said } = response
    await respondToDeviation(tx, id, said, justNow(new Date(at)))
  }
  if (recheck) await recheckDeviation(tx, id, { value: recheck.text, unit: 'F' }, justNow(new Date(recheck.at)))
  if (closedAt !== null) await closeDeviation(tx, id, '', justNow(new Date(closedAt)))
}
