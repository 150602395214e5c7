'use client'
import { reportsMessages, VerifyScreen } from '@opsflow/capabilities/reports/web'
import { MoreWords } from '@opsflow/platform/web'
import { useEffect, useState } from 'react'

/** What the code on a paper leads to. It is behind the #, so that no server and no log ever sees the address. */
export default function VerifyPage() {
  const [code, setCode] = useState<string>()
  useEffect(() => {
    const read = () => setCode(location.hash.slice(1))
    read()
    addEventListener('hashchange', read)
    return () => removeEventListener('hashchange', read)
  }, [])
  return <MoreWords of={reportsMessages}>{code !== undefined && <VerifyScreen key={code} code={code} />}</MoreWords>
}
