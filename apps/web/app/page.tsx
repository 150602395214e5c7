'use client'
import { useFirstRun } from '@opsflow/capabilities/people/client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { Brand } from '../shell/brand.tsx'
import { organizationInUse } from '../shell/choice.ts'

/** The front door: an empty product is founded first; everyone else goes to work, whoever has been here at once. */
export default function Home() {
  const router = useRouter()
  const firstRun = useFirstRun()
  useEffect(() => {
    if (organizationInUse()) router.replace('/dashboard')
    else if (firstRun.data) router.replace(firstRun.data.open ? '/first-run' : '/dashboard')
    else if (firstRun.isError) router.replace('/dashboard')
  }, [firstRun.data, firstRun.isError, router])
  return (
    <main className="grid min-h-dvh place-items-center">
      <Brand />
    </main>
  )
}
