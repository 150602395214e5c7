import { useCallback } from 'react'
import { useTabletCall } from './tablet.ts'

/** The tablet's last word: everything in this browser goes, then its key. */
export function useForgetTablet() {
  const call = useTabletCall()
  return useCallback(async () => {
    await forgetEverything()
    await call('DELETE /kiosk')
  }, [call])
}

/** The server's Clear-Site-Data clears what the browser keeps; this also holds where a browser does not know it. */
async function forgetEverything() {
  localStorage.clear()
  sessionStorage.clear()
  for (const name of (await globalThis.caches?.keys()) ?? []) await caches.delete(name)
  for (const { name } of (await indexedDB.databases?.()) ?? []) if (name) indexedDB.deleteDatabase(name)
}
