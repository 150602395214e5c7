'use client'
import { alertsMessages, InboxScreen } from '@opsflow/capabilities/alerts/web'
import { MoreWords } from '@opsflow/platform/web'
import { useSearchParams } from 'next/navigation'
import { Suspense } from 'react'
import { PageSkeleton } from '../../../shell/frame.tsx'
import { useScope } from '../../../shell/session.ts'

export default function InboxPage() {
  return (
    <MoreWords of={alertsMessages}>
      <Suspense fallback={<PageSkeleton />}>
        <Inbox />
      </Suspense>
    </MoreWords>
  )
}

/** A notice leads to its own thread. */
function Inbox() {
  const asked = useSearchParams().get('id') ?? undefined
  return <InboxScreen key={asked} locationId={useScope()?.id} matterId={asked} />
}
