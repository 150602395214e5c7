import { InspectorScreen, reportsMessages } from '@opsflow/capabilities/reports/web'
import { MoreWords } from '@opsflow/platform/web'
import { useScope } from '../../../shell/session.ts'

/** Records for an inspector, with their words. */
export default function Inspector() {
  const locationId = useScope()?.id
  return (
    <MoreWords of={reportsMessages}>
      <InspectorScreen key={locationId} locationId={locationId} />
    </MoreWords>
  )
}
