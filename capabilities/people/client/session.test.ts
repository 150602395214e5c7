import { expect, test } from 'vitest'
import type { Session } from '../session.ts'
import { viewerOf } from './session.ts'

const [here, there] = ['01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002']
const session = (more: Partial<Session>) =>
  ({
    member: { id: 'me', name: 'Mia', email: null, role: 'org:manager' },
    organization: { id: 'o', name: 'O', slug: 'o', brand: null },
    locations: [],
    preferences: { temperatureUnit: null },
    kioskId: null,
    permissions: {},
    ...more,
  }) as unknown as Session

test('a role counts where it is held, or everywhere', () => {
  const { holds } = viewerOf(
    session({ roles: ['org:manager', 'r'], rolesAt: { 'org:manager': [there], 'org:admin': 'all' } }),
  )
  expect([holds('org:manager', there), holds('org:manager', here), holds('org:admin', here)]).toEqual([
    true,
    false,
    true,
  ])
  expect(holds('r', here)).toBe(false)
})

test('a session that was kept before roles had places counts them anywhere, until the server has spoken', () => {
  const kept = session({ roles: ['org:manager'] })
  delete (kept as Partial<Session>).rolesAt
  expect([viewerOf(kept).holds('org:manager', here), viewerOf(kept).holds('org:member', here)]).toEqual([true, false])
})
