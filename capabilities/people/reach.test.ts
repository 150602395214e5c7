import { can } from '@opsflow/platform/actor'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { heldAs, narrowed, permissionsOf, reachOf } from './reach.ts'
import { isOrganizationWide, PERMISSIONS, ROLES, rolePermissions } from './roles.ts'

const LOCATIONS = ['north', 'south', 'east', 'west']
const somewhere = fc.option(fc.constantFrom(...LOCATIONS), { nil: null })
const grants = fc.array(fc.record({ role: fc.constantFrom(...ROLES), locationId: somewhere }), { maxLength: 6 })
const heldBy = (given: { role: (typeof ROLES)[number]; locationId: string | null }[]) =>
  given.map(({ role, locationId }) => heldAs(role, locationId === null ? null : [locationId]))

test('a permission holds where a grant whose role has it holds, and nowhere else', () => {
  fc.assert(
    fc.property(grants, (held) => {
      const permissions = permissionsOf(heldBy(held))
      for (const permission of PERMISSIONS) {
        for (const locationId of LOCATIONS) {
          const expected = held.some(
            (grant) =>
              rolePermissions[grant.role].includes(permission) &&
              (grant.locationId === null || !isOrganizationWide(permission)) &&
              (grant.locationId === null || grant.locationId === locationId),
          )
          expect(can({ permissions }, permission, locationId)).toBe(expected)
        }
      }
    }),
  )
})

test('a key never holds more than its maker, nor more than it was given', () => {
  const scopes = fc.uniqueArray(fc.constantFrom(...PERMISSIONS), { minLength: 1 })
  const places = fc.option(fc.uniqueArray(fc.constantFrom(...LOCATIONS), { minLength: 1 }), { nil: null })
  fc.assert(
    fc.property(grants, scopes, places, (held, given, locationIds) => {
      const maker = permissionsOf(heldBy(held))
      const key = narrowed(maker, given, locationIds)
      for (const permission of PERMISSIONS) {
        for (const locationId of LOCATIONS) {
          const expected =
            can({ permissions: maker }, permission, locationId) &&
            given.includes(permission) &&
            (locationIds === null || !isOrganizationWide(permission)) &&
            (locationIds === null || locationIds.includes(locationId))
          expect(can({ permissions: key }, permission, locationId)).toBe(expected)
        }
        if (!can({ permissions: maker }, permission)) expect(can({ permissions: key }, permission)).toBe(false)
      }
    }),
  )
})

test('what may be seen is every place where anything is allowed', () => {
  const permissions = permissionsOf(
    heldBy([
      { role: 'org:member', locationId: 'north' },
      { role: 'org:manager', locationId: 'south' },
    ]),
  )
  expect(reachOf(permissions)).toEqual(new Set(['north', 'south']))
  expect(reachOf(permissionsOf([]))).toEqual(new Set())
  expect(reachOf(permissionsOf([heldAs('org:admin', null)]))).toBe('all')
})

test('each role holds what the roles below it hold', () => {
  const [admin, manager, member] = ROLES.map((role) => rolePermissions[role])
  expect(admin).toEqual(expect.arrayContaining([...(manager ?? [])]))
  expect(manager).toEqual(expect.arrayContaining([...(member ?? [])]))
})
