'use client'
import { chartMessages, UnitScreen } from '@opsflow/capabilities/temperature/web'
import { MoreWords } from '@opsflow/platform/web'
import { WithId } from '../../../../shell/with-id.tsx'

export default function UnitPage() {
  return (
    <MoreWords of={chartMessages}>
      <WithId>{(id) => <UnitScreen key={id} unitId={id} />}</WithId>
    </MoreWords>
  )
}
