import { AuditsScreen, auditsMessages } from '@opsflow/capabilities/audits/web'
import { AuditCalendar } from '@opsflow/capabilities/checklists/web'
import { MoreWords } from '@opsflow/platform/web'
import { useScope } from '../../../shell/session.ts'

/** The list of audits with its words. */
export default function Audits() {
  const locationId = useScope()?.id
  return (
    <MoreWords of={auditsMessages}>
      <AuditsScreen locationId={locationId} calendar={<AuditCalendar locationId={locationId} />} />
    </MoreWords>
  )
}
