'use client'
import { lazy, type ReactNode, Suspense } from 'react'
import { WithId } from './with-id.tsx'

/** Its code comes after the page answers. */
const RecordHistory = lazy(() => import('./record-history.tsx'))

/** A page about one record (`?id=`), at whose foot its history opens. `of`: its table. */
export function WithHistory({ of, children }: { of: string; children: (id: string) => ReactNode }) {
  return (
    <WithId>
      {(id) => (
        <>
          {children(id)}
          <Suspense>
            <RecordHistory key={id} kind={of} id={id} />
          </Suspense>
        </>
      )}
    </WithId>
  )
}
