'use client'
import { PreferencesScreen } from '@opsflow/capabilities/people/web'
import { useSignedIn } from '../../../../shell/session.ts'

export default function PreferencesPage() {
  return <PreferencesScreen preferences={useSignedIn().preferences} />
}
