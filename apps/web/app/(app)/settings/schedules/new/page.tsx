'use client'
import { NewScheduleScreen } from '@opsflow/capabilities/checklists/web'
import { useSearchParams } from 'next/navigation'
import { Suspense } from 'react'
import { PageSkeleton } from '../../../../../shell/frame.tsx'
import { useGo } from '../../../../../shell/links.tsx'

export default function NewSchedulePage() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <NewSchedule />
    </Suspense>
  )
}

/** `?template=`: the checklist it is for. */
function NewSchedule() {
  const go = useGo()
  const templateId = useSearchParams().get('template') ?? undefined
  return <NewScheduleScreen templateId={templateId} onSaved={() => go.insteadTo('/settings/schedules')} />
}
