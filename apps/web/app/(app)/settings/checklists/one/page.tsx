'use client'
import { BuilderScreen } from '@opsflow/capabilities/checklists/web'
import { WithHistory } from '../../../../../shell/with-history.tsx'

export default function ChecklistPage() {
  return <WithHistory of="checklist_templates">{(id) => <BuilderScreen key={id} id={id} />}</WithHistory>
}
