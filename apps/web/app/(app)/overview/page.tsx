'use client'
import { OverviewScreen, paramsIn } from '@opsflow/capabilities/checklists/web'
import { useSearchParams } from 'next/navigation'
import { Suspense } from 'react'
import { PageSkeleton } from '../../../shell/frame.tsx'
import { useGo } from '../../../shell/links.tsx'
import { useScope } from '../../../shell/session.ts'

export default function OverviewPage() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Overview />
    </Suspense>
  )
}

function Overview() {
  const search = useSearchParams()
  return <OverviewScreen params={paramsIn(search)} scopeId={useScope()?.id} onGo={useGo().insteadTo} />
}
