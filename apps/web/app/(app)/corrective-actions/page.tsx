'use client'
import { CorrectiveActionsScreen } from '@opsflow/capabilities/temperature/web'
import { useScope } from '../../../shell/session.ts'

export default function CorrectiveActionsPage() {
  return <CorrectiveActionsScreen locationId={useScope()?.id} />
}
