'use client'
import { FaultScreen, taskPagesMessages } from '@opsflow/capabilities/tasks/web'
import { MoreWords } from '@opsflow/platform/web'
import { useRouter, useSearchParams } from 'next/navigation'
import { Suspense, useEffect, useState } from 'react'
import { hasKeptSession } from '../../../shell/kept-session.ts'

/** What a code on the wall leads to: whoever works here sees what is due, anyone else says what is broken. */
export default function AtPage() {
  return (
    <MoreWords of={taskPagesMessages}>
      <Suspense>
        <AtCode />
      </Suspense>
    </MoreWords>
  )
}

function AtCode() {
  const router = useRouter()
  const code = useSearchParams().get('code') ?? ''
  const due = `/tasks/at?code=${encodeURIComponent(code)}`
  const [isStranger, setStranger] = useState(false)
  useEffect(() => {
    if (hasKeptSession()) router.replace(due)
    else setStranger(true)
  }, [router, due])
  if (!isStranger) return null
  return <FaultScreen code={code} onStaff={() => router.push(due)} />
}
