'use client'
import { RecordScreen } from '@opsflow/capabilities/checklists/web'
import { WithId } from '../../../../shell/with-id.tsx'

export default function ChecklistRecordPage() {
  return <WithId>{(id) => <RecordScreen key={id} id={id} />}</WithId>
}
