import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { PERMISSIONS, permissionCatalogue } from '../roles.ts'

const wordsIn = (locale: string) =>
  JSON.parse(readFileSync(new URL(`./messages/${locale}.json`, import.meta.url), 'utf8')).people

test.each(['en', 'es'])('every permission and every group of them has words in %s', (locale) => {
  const { permissions, permissionGroups } = wordsIn(locale)
  for (const permission of PERMISSIONS) {
    const [group = '', name = ''] = permission.split('.')
    expect(permissions[group]?.[name], `people.permissions.${permission}`).toEqual(expect.any(String))
    expect(permissionGroups[group], `people.permissionGroups.${group}`).toEqual(expect.any(String))
    if (locale === 'en') expect(permissions[group][name]).toBe(permissionCatalogue[permission])
  }
})
