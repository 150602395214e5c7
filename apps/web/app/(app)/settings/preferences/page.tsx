'use client'
import { PreferencesScreen } from '@opsflow/capabilities/people/web'
import { useSignedIn } from '../../../../shell/session.ts'

export default function PreferencesPage() {
  const { preferences, member } = useSignedIn()
  return <PreferencesScreen preferences={preferences} memberId={member.id} />
}
