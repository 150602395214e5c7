'use client'
import { kiosksMessages, TabletsScreen } from '@opsflow/capabilities/kiosks/web'
import { useScope } from '../../../../shell/session.ts'
import { MoreWords } from '../../../../shell/words.tsx'

export default function TabletsPage() {
  return (
    <MoreWords of={kiosksMessages}>
      <TabletsScreen locationId={useScope()?.id} />
    </MoreWords>
  )
}
