'use client'
import { InvitationDoor } from '@opsflow/capabilities/people/web'
import { useRouter } from 'next/navigation'
import { rememberOrganization } from '../../../shell/choice.ts'
import { forgetKeptSessions } from '../../../shell/kept-session.ts'

export default function InvitationPage() {
  const router = useRouter()
  return (
    <div className="w-full max-w-md">
      <InvitationDoor
        onJoined={() => {
          forgetKeptSessions()
          rememberOrganization(undefined)
          router.replace('/dashboard')
        }}
      />
    </div>
  )
}
