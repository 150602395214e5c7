import { systemActor } from '@opsflow/platform/actor'
import { refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Database } from '@opsflow/platform/server/tenant'
import { announced } from './set-up-kiosk.ts'
import type { OpenTablets } from './tablets.ts'

/** A browser becomes the tablet its code was made for. Answers the key it is known by from now on. */
export async function enrolTablet(tablets: Pick<OpenTablets, 'enrol'>, database: Database, code: string) {
  const enrolled = await tablets.enrol(code)
  if (!enrolled) {
    return refuse('invalid', 'kiosks.code_unknown', {
      detail: 'This code is wrong, was used, or is older than fifteen minutes.',
      errors: [{ path: 'body.code', code: 'kiosks.code_unknown', message: 'Ask a manager for a new code.' }],
    })
  }
  const { tenantId, organizationId, id, locationId } = enrolled
  await database.write(systemActor(tenantId, organizationId, 'kiosk-enrolment'), async (tx) => {
    await recordEvent(tx, { name: 'kiosks.enrolled', subjectId: id, locationId })
    await announced(tx, id)
  })
  return enrolled
}
