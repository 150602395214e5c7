'use client'
import { ImportScreen } from '@opsflow/capabilities/temperature/web'
import { useScope } from '../../../shell/session.ts'

export default function ImportPage() {
  return <ImportScreen locationId={useScope()?.id} />
}
