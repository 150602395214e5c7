'use client'
import { RecordScreen } from '@opsflow/capabilities/checklists/web'
import { WithHistory } from '../../../../shell/with-history.tsx'

export default function ChecklistRecordPage() {
  return <WithHistory of="checklists">{(id) => <RecordScreen key={id} id={id} />}</WithHistory>
}
