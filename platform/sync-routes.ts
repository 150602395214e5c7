import { defineRoutes } from './route.ts'
import {
  DrainBody,
  MOST_CHANGES,
  MOST_MUTATIONS,
  PullAnswer,
  PullBody,
  PushAnswer,
  PushBody,
  syncRefusals,
  VerifyAnswer,
  VerifyBody,
} from './sync.ts'

const accepts = { type: 'application/json', maxBytes: 1024 * 1024 }

/** How a device's copy follows the server, and how what was done on it arrives. See docs/sync.md. */
export const syncRoutes = defineRoutes({
  'POST /sync/pull': {
    summary: 'What changed since the cursor, as far as the caller may see it',
    description:
      `At most about ${MOST_CHANGES} changes; \`more\` says that the next page can be asked for at once. A change ` +
      'without a row is gone, or no longer the caller’s to see. Scopes the answer’s cursor does not name are not the ' +
      'caller’s any more.',
    tag: 'sync',
    permission: 'signed-in',
    callers: ['member', 'kiosk'],
    body: PullBody,
    accepts,
    response: PullAnswer,
    refusals: syncRefusals,
  },
  'POST /sync/push': {
    summary: 'What was done on a device, in its order, each exactly once',
    description:
      `At most ${MOST_MUTATIONS} mutations. Each is done or not done by itself; the answer says for each what became ` +
      'of it. A repeat is answered as the first time. When the server cannot decide just now (503), none was taken.',
    tag: 'sync',
    permission: 'signed-in',
    callers: ['member', 'kiosk'],
    body: PushBody,
    accepts,
    response: PushAnswer,
    refusals: syncRefusals,
  },
  'POST /sync/verify': {
    summary: 'Digests of what the caller’s copy should hold',
    tag: 'sync',
    permission: 'signed-in',
    callers: ['member', 'kiosk'],
    body: VerifyBody,
    accepts,
    response: VerifyAnswer,
    refusals: syncRefusals,
  },
  'POST /sync/drain': {
    summary: 'What a device still holds whose session or tablet is no more',
    description: 'Nothing of it runs: it is set aside for a manager.',
    tag: 'sync',
    permission: 'public',
    body: DrainBody,
    accepts,
    response: PushAnswer,
    refusals: syncRefusals,
  },
})
