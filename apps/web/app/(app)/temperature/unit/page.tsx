'use client'
import { UnitScreen } from '@opsflow/capabilities/temperature/web'
import { WithId } from '../../../../shell/with-id.tsx'

export default function UnitPage() {
  return <WithId>{(id) => <UnitScreen key={id} unitId={id} />}</WithId>
}
