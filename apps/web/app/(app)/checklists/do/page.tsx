'use client'
import { DoScreen } from '@opsflow/capabilities/checklists/web'
import { WithId } from '../../../../shell/with-id.tsx'

export default function DoChecklistPage() {
  return <WithId>{(id) => <DoScreen key={id} id={id} back="/checklists" />}</WithId>
}
