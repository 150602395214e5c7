'use client'
import { alertsMessages, NoticePreferencesPanel } from '@opsflow/capabilities/alerts/web'
import { PreferencesScreen } from '@opsflow/capabilities/people/web'
import { MoreWords } from '@opsflow/platform/web'
import { useSignedIn } from '../../../../shell/session.ts'

export default function PreferencesPage() {
  const { preferences, member } = useSignedIn()
  return (
    <PreferencesScreen preferences={preferences} memberId={member.id}>
      <MoreWords of={alertsMessages}>
        <NoticePreferencesPanel />
      </MoreWords>
    </PreferencesScreen>
  )
}
