'use client'
import { LogScreen } from '@opsflow/capabilities/temperature/web'
import { useSearchParams } from 'next/navigation'
import { Suspense } from 'react'
import { PageSkeleton } from '../../../../shell/frame.tsx'
import { useGo } from '../../../../shell/links.tsx'
import { useScope } from '../../../../shell/session.ts'
import { Mending } from '../../../../unsent/mending.tsx'

export default function LogPage() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Log />
    </Suspense>
  )
}

function Log() {
  const go = useGo()
  const unitId = useSearchParams().get('unit') ?? undefined
  const scope = useScope()
  return (
    <Mending>
      <LogScreen locationId={scope?.id} unitId={unitId} onNavigate={go.to} />
    </Mending>
  )
}
