'use client'
import { alertsMessages, PoliciesScreen } from '@opsflow/capabilities/alerts/web'
import { MoreWords } from '@opsflow/platform/web'

export default function AlertPoliciesPage() {
  return (
    <MoreWords of={alertsMessages}>
      <PoliciesScreen />
    </MoreWords>
  )
}
