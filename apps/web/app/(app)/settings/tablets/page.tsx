'use client'
import { kiosksMessages, TabletsScreen } from '@opsflow/capabilities/kiosks/web'
import { MoreWords } from '@opsflow/platform/web'
import { useScope } from '../../../../shell/session.ts'

export default function TabletsPage() {
  return (
    <MoreWords of={kiosksMessages}>
      <TabletsScreen locationId={useScope()?.id} />
    </MoreWords>
  )
}
