'use client'
import { ErrorState } from '@opsflow/platform/web'
import { useSearchParams } from 'next/navigation'
import { lazy, Suspense } from 'react'
import { PageSkeleton } from '../../../../shell/frame.tsx'

/** Its code comes after the page answers. */
const Compare = lazy(() => import('./compare.tsx'))

export default function ComparePage() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <OfTwo />
    </Suspense>
  )
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function OfTwo() {
  const search = useSearchParams()
  const [one, other] = [search.get('one') ?? '', search.get('other') ?? '']
  if (!uuid.test(one) || !uuid.test(other)) return <ErrorState error={{ problem: { status: 404, requestId: '' } }} />
  return <Compare key={`${one} ${other}`} one={one} other={other} />
}
