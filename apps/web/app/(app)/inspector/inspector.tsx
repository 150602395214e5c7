import { InspectorScreen, reportsMessages } from '@opsflow/capabilities/reports/web'
import { MoreWords } from '@opsflow/platform/web'
import { useSearchParams } from 'next/navigation'
import { useScope } from '../../../shell/session.ts'

/** Records for an inspector, with their words; at the place that a task leads to. */
export default function Inspector() {
  const locationId = useScope()?.id
  const asked = useSearchParams().get('id') ?? undefined
  return (
    <MoreWords of={reportsMessages}>
      <InspectorScreen key={locationId} locationId={locationId} asked={asked} />
    </MoreWords>
  )
}
