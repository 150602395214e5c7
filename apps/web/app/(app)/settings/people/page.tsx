'use client'
import { PeopleScreen } from '@opsflow/capabilities/people/web'
import { useSearchParams } from 'next/navigation'
import { Suspense } from 'react'
import { PageSkeleton } from '../../../../shell/frame.tsx'
import { useSignedIn } from '../../../../shell/session.ts'

export default function PeoplePage() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <People />
    </Suspense>
  )
}

/** `?role=` comes from the list of roles: who holds this one? */
function People() {
  const { organization } = useSignedIn()
  const role = useSearchParams().get('role') ?? undefined
  return <PeopleScreen key={role} organization={organization.name} role={role} />
}
