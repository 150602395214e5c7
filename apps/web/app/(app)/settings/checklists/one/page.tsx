'use client'
import { BuilderScreen } from '@opsflow/capabilities/checklists/web'
import { WithId } from '../../../../../shell/with-id.tsx'

export default function ChecklistPage() {
  return <WithId>{(id) => <BuilderScreen key={id} id={id} />}</WithId>
}
