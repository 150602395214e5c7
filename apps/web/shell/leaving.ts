import type { peopleRoutes } from '@opsflow/capabilities/people'
import { createClient } from '@opsflow/platform/client/api'
import { leavingKey } from './first-calls.ts'

/** Someone signed out while the server could not hear it: it is told before anybody else comes in. */
export const rememberToLeave = () => localStorage.setItem(leavingKey, '1')
export const isLeaving = () => typeof localStorage !== 'undefined' && localStorage.getItem(leavingKey) !== null
export const haveLeft = () => localStorage.removeItem(leavingKey)

const call = createClient<typeof peopleRoutes>()

/** Resolves when nobody is signed in here as far as the server knows. */
export async function finishLeaving() {
  if (!isLeaving()) return
  await call('DELETE /session').catch((error: { status?: number }) => {
    if (error.status !== 401) throw error
  })
  haveLeft()
}
