import { AuditsScreen, auditsMessages } from '@opsflow/capabilities/audits/web'
import { AuditCalendar } from '@opsflow/capabilities/checklists/web'
import { MoreWords } from '@opsflow/platform/web'
import { lazy } from 'react'
import { useScope } from '../../../shell/session.ts'

/** Only whoever opens the tab needs its code. */
const Plans = lazy(() => import('./haccp/plans.tsx'))

/** The list of audits with its words. */
export default function Audits() {
  const locationId = useScope()?.id
  return (
    <MoreWords of={auditsMessages}>
      <AuditsScreen
        locationId={locationId}
        calendar={<AuditCalendar locationId={locationId} />}
        plans={<Plans at={{ page: 'tab', locationId }} />}
      />
    </MoreWords>
  )
}
