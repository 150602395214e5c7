'use client'
import { alertsMessages, PoliciesScreen } from '@opsflow/capabilities/alerts/web'
import { MoreWords } from '../../../../shell/words.tsx'

export default function AlertPoliciesPage() {
  return (
    <MoreWords of={alertsMessages}>
      <PoliciesScreen />
    </MoreWords>
  )
}
