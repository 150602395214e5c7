'use client'
import { LibraryScreen } from '@opsflow/capabilities/checklists/web'
import { useSearchParams } from 'next/navigation'
import { Suspense } from 'react'
import { PageSkeleton } from '../../../../../shell/frame.tsx'
import { useGo } from '../../../../../shell/links.tsx'

export default function LibraryPage() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Library />
    </Suspense>
  )
}

/** `?from=file`: a spreadsheet instead of the shelf. */
function Library() {
  const go = useGo()
  const from = useSearchParams().get('from') === 'file' ? 'file' : 'library'
  return <LibraryScreen key={from} from={from} onMade={(id) => go.insteadTo(`/settings/checklists/one?id=${id}`)} />
}
