'use client'
import { DevicesScreen } from '@opsflow/capabilities/people/web'
import { useScope } from '../../../../shell/session.ts'

export default function DevicesPage() {
  return <DevicesScreen locationId={useScope()?.id} />
}
