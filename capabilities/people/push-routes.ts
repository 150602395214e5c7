import { defineRoutes, IdParams } from '@opsflow/platform/route'
import { z } from 'zod'
import { NewPushDevice, PushDevice, PushState, PushTest } from './push.ts'

const own = { tag: 'push', permission: 'signed-in', callers: ['member'] } as const

/** Browsers one wants to be told things on, in this organization. Nobody sees or changes anyone else's. */
export const pushRoutes = defineRoutes({
  'GET /push': { ...own, summary: 'Your devices that receive push messages', response: PushState },
  'POST /push/devices': {
    ...own,
    summary: 'Receive push messages on this device',
    description:
      'For as long as its session stands. Once more from the same session replaces. An endpoint belongs to whoever subscribed it last.',
    body: NewPushDevice,
    response: PushDevice,
    status: 201,
    refusals: ['people.push_off', 'people.push_endpoint', 'people.push_key', 'people.push_shared'],
  },
  'DELETE /push/devices/{id}': {
    ...own,
    summary: 'No more push messages on a device of yours',
    params: IdParams,
    response: z.void(),
    status: 204,
  },
  'POST /push/devices/{id}/tests': {
    ...own,
    summary: 'Send a test message to a device of yours',
    description: 'Every ten seconds at most.',
    params: IdParams,
    body: z.strictObject({ language: z.enum(['en', 'es']).default('en') }),
    response: PushTest,
    refusals: ['people.push_off', 'people.push_test_soon'],
  },
  'POST /push/renewals': {
    summary: 'A browser changed its subscription by itself',
    description:
      'For the service worker, which knows no organization: whatever this session had subscribed with the old endpoint goes to the new one. Needs the session cookie.',
    tag: 'push',
    permission: 'public',
    body: z.strictObject({ endpoint: z.url().max(1000), device: NewPushDevice }),
    response: z.void(),
    status: 204,
    refusals: ['people.push_off', 'people.push_endpoint', 'people.push_key'],
  },
})
