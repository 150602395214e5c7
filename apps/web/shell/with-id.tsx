'use client'
import { ErrorState } from '@opsflow/platform/web'
import { useSearchParams } from 'next/navigation'
import { type ReactNode, Suspense } from 'react'
import { PageSkeleton } from './frame.tsx'

/** A page about one thing, named by `?id=`: static pages have no path parameters. */
export function WithId({ children }: { children: (id: string) => ReactNode }) {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <ById>{children}</ById>
    </Suspense>
  )
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function ById({ children }: { children: (id: string) => ReactNode }) {
  const id = useSearchParams().get('id')
  if (!id || !uuid.test(id)) return <ErrorState error={{ problem: { status: 404, requestId: '' } }} />
  return children(id)
}
