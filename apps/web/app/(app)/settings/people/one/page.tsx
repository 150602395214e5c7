'use client'
import { PersonScreen } from '@opsflow/capabilities/people/web'
import { useSignedIn } from '../../../../../shell/session.ts'
import { WithHistory } from '../../../../../shell/with-history.tsx'

export default function PersonPage() {
  const { organization } = useSignedIn()
  return (
    <WithHistory of="members">
      {(id) => <PersonScreen key={id} memberId={id} organization={organization.name} />}
    </WithHistory>
  )
}
