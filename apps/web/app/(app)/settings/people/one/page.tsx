'use client'
import { PersonScreen } from '@opsflow/capabilities/people/web'
import { useSignedIn } from '../../../../../shell/session.ts'
import { WithId } from '../../../../../shell/with-id.tsx'

export default function PersonPage() {
  const { organization } = useSignedIn()
  return <WithId>{(id) => <PersonScreen key={id} memberId={id} organization={organization.name} />}</WithId>
}
