'use client'
import { TabletsScreen } from '@opsflow/capabilities/kiosks/web'
import { useScope } from '../../../../shell/session.ts'

export default function TabletsPage() {
  return <TabletsScreen locationId={useScope()?.id} />
}
