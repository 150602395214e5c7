'use client'
import { UnitScreen } from '@opsflow/capabilities/temperature/web'
import { WithHistory } from '../../../../shell/with-history.tsx'

export default function UnitPage() {
  return <WithHistory of="units">{(id) => <UnitScreen key={id} unitId={id} />}</WithHistory>
}
