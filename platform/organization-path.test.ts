import { expect, test } from 'vitest'
import { organizationIn, withOrganization, withoutOrganization } from './organization-path.ts'

test('an address may name an organization before its page', () => {
  expect(organizationIn('/o/harbor-vine/tasks')).toBe('harbor-vine')
  expect(organizationIn('/o/Harbor-Vine')).toBe('harbor-vine')
  expect(withoutOrganization('/o/harbor-vine/temperature/unit')).toBe('/temperature/unit')
  expect(withoutOrganization('/o/harbor-vine')).toBe('/')
})

test('what only looks like one names none', () => {
  for (const path of ['/', '/tasks', '/o', '/o/', '/o//tasks', '/orders/x', '/o/a.b/tasks', '/x/o/harbor-vine']) {
    expect(organizationIn(path)).toBeUndefined()
    expect(withoutOrganization(path)).toBe(path)
  }
})

test('another organization takes the place of the one before', () => {
  expect(withOrganization('/tasks', 'north')).toBe('/o/north/tasks')
  expect(withOrganization('/o/north/tasks', 'south')).toBe('/o/south/tasks')
})
