'use client'
import { LogScreen } from '@opsflow/capabilities/temperature/web'
import { useRouter, useSearchParams } from 'next/navigation'
import { Suspense } from 'react'
import { PageSkeleton } from '../../../../shell/frame.tsx'
import { useScope } from '../../../../shell/session.ts'

export default function LogPage() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Log />
    </Suspense>
  )
}

function Log() {
  const router = useRouter()
  const unitId = useSearchParams().get('unit') ?? undefined
  return <LogScreen locationId={useScope()?.id} unitId={unitId} onNavigate={router.push} />
}
