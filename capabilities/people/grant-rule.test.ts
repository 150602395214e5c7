import { expect, test } from 'vitest'
import { type Authority, everything, mayGrant, missingToGrant } from './grant-rule.ts'
import { rolePermissions } from './roles.ts'

/** The organization: East with Boston below it, where Fenway lies; West is empty; Airport hangs at the organization. */
const tree = {
  groups: new Map<string, string | null>([
    ['east', null],
    ['boston', 'east'],
    ['west', null],
  ]),
  locations: new Map<string, string | null>([
    ['fenway', 'boston'],
    ['airport', null],
  ]),
}
const manager = rolePermissions['org:manager']
const member = rolePermissions['org:member']
const managing = (...nodes: { groupId?: string; locationId?: string }[]): Authority => ({
  standing: nodes.map((node) => ({ ...node, permissions: manager })),
  tree,
})

test('who manages a region gives its roles in the region, its districts and its locations', () => {
  const regional = managing({ groupId: 'east' })
  for (const node of [{ groupId: 'east' }, { groupId: 'boston' }, { locationId: 'fenway' }]) {
    expect(mayGrant(regional, manager, node)).toBe(true)
    expect(mayGrant(regional, member, node)).toBe(true)
  }
  for (const node of [{}, { groupId: 'west' }, { locationId: 'airport' }]) {
    expect(mayGrant(regional, member, node)).toBe(false)
  }
})

test('holding every location of a group is not holding the group', () => {
  const one = managing({ locationId: 'fenway' })
  expect(mayGrant(one, member, { locationId: 'fenway' })).toBe(true)
  expect(mayGrant(one, member, { groupId: 'boston' })).toBe(false)
  expect(mayGrant(managing({ groupId: 'east' }), member, { groupId: 'west' })).toBe(false)
})

test('nobody gives what they do not hold, and what is missing is told', () => {
  expect(missingToGrant(managing({}), rolePermissions['org:admin'], {})).toContain('keys.manage')
  expect(missingToGrant(managing({}), manager, {})).toEqual([])
  expect(missingToGrant(managing(), member, {})).toContain('people.manage')
})

test('who may not decide about people gives nothing, not even what they hold', () => {
  const cook: Authority = { standing: [{ permissions: member }], tree }
  expect(missingToGrant(cook, member, { locationId: 'fenway' })).toEqual(['people.manage'])
})

test('what concerns no location gives nothing at one, so it takes nothing to give it there', () => {
  const keys = ['keys.manage', 'tasks.read'] as const
  expect(mayGrant(managing({}), keys, { locationId: 'fenway' })).toBe(true)
  expect(mayGrant(managing({}), keys, {})).toBe(false)
})

test('a location or group that is unknown, archived or not visible hangs nowhere', () => {
  expect(mayGrant(managing({ groupId: 'east' }), member, { locationId: 'somewhere' })).toBe(false)
  expect(mayGrant({ standing: everything, tree }, rolePermissions['org:admin'], { groupId: 'gone' })).toBe(true)
})

test('a circle in the tree ends', () => {
  const groups = new Map<string, string | null>([
    ['a', 'b'],
    ['b', 'a'],
  ])
  const authority: Authority = {
    standing: [{ groupId: 'b', permissions: manager }],
    tree: { groups, locations: new Map() },
  }
  expect(mayGrant(authority, member, { groupId: 'a' })).toBe(true)
})
