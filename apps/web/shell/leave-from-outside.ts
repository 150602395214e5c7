import type { peopleRoutes } from '@opsflow/capabilities/people'
import { forgetPushHere, leaveClerk } from '@opsflow/capabilities/people/client'
import { createClient, Unreachable } from '@opsflow/platform/client/api'
import { rememberOrganization } from './choice.ts'
import { forgetKeptSessions } from './kept-session.ts'
import { rememberToLeave } from './leaving.ts'
import { peopleHere } from './people-here.ts'
import { leaveBehind } from './stores-here.ts'

const call = createClient<typeof peopleRoutes>()

/** Signs out where no organization admits one. What was not sent stays here, as at any other sign-out. */
export async function leaveFromOutside(account: string | undefined) {
  await call('DELETE /session')
    .then(leaveClerk)
    .catch((error: unknown) => {
      if (!(error instanceof Unreachable)) throw error
      rememberToLeave()
    })
  await forgetPushHere().catch(() => undefined)
  await leaveBehind(peopleHere().filter((one) => one.account === account))
  forgetKeptSessions()
  rememberOrganization(undefined)
  location.replace('/sign-in')
}
