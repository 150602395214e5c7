'use client'
import { OdditiesScreen } from '@opsflow/capabilities/checklists/web'
import { useScope } from '../../../../shell/session.ts'

export default function LookPage() {
  return <OdditiesScreen locationId={useScope()?.id} />
}
