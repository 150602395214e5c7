'use client'
import { temperaturePagesMessages, UnitsScreen } from '@opsflow/capabilities/temperature/web'
import { MoreWords } from '@opsflow/platform/web'
import { useSearchParams } from 'next/navigation'
import { Suspense } from 'react'
import { PageSkeleton } from '../../../../shell/frame.tsx'
import { useScope } from '../../../../shell/session.ts'

export default function UnitsPage() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Units />
    </Suspense>
  )
}

function Units() {
  const unitId = useSearchParams().get('id') ?? undefined
  return (
    <MoreWords of={temperaturePagesMessages}>
      <UnitsScreen locationId={useScope()?.id} unitId={unitId} />
    </MoreWords>
  )
}
