'use client'
import { useEffect, useState } from 'react'

/**
 * What stands after `#` in a link from a letter: undefined until it is read, null when it is missing. It is taken out
 * of the address at once, so that neither the history nor a copied address keeps it.
 */
export function useLinkToken(): string | null | undefined {
  const [token, setToken] = useState<string | null>()
  useEffect(() => {
    const [found] = /^[\w-]{43}$/.exec(location.hash.slice(1)) ?? []
    setToken((known) => known ?? found ?? null)
    if (found) history.replaceState(history.state, '', location.pathname + location.search)
  }, [])
  return token
}
