'use client'
import { InspectionScreen, reportsMessages } from '@opsflow/capabilities/reports/web'
import { MoreWords } from '@opsflow/platform/web'
import { useEffect, useState } from 'react'

/** What an inspector's link leads to. Its secret is behind the #, so that no server and no log ever sees the address. */
export default function InspectionPage() {
  const [secret, setSecret] = useState<string>()
  useEffect(() => {
    const read = () => setSecret(location.hash.slice(1))
    read()
    addEventListener('hashchange', read)
    return () => removeEventListener('hashchange', read)
  }, [])
  return (
    <MoreWords of={reportsMessages}>
      {secret !== undefined && <InspectionScreen key={secret} secret={secret} />}
    </MoreWords>
  )
}
