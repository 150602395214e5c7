import { pathOf } from '@opsflow/capabilities/locations'
import { cellIn, columnName } from '@opsflow/platform/csv'
import { Email, type Member, PersonName } from './member.ts'
import type { Grant, TreeNode } from './reach.ts'
import { ROLES } from './roles.ts'

const FIELDS = ['name', 'email', 'role', 'place'] as const
type Field = (typeof FIELDS)[number]

const ALSO: Record<string, Field> = {
  full_name: 'name',
  person: 'name',
  employee: 'name',
  e_mail: 'email',
  email_address: 'email',
  location: 'place',
  store: 'place',
  group: 'place',
}

export const personFieldOf = (header: string): string | null =>
  FIELDS.find((field) => field === columnName(header)) ?? ALSO[columnName(header)] ?? null

export const isPersonField = (text: string): boolean => FIELDS.some((field) => field === text)

/** The place that is the whole organization. */
export const EVERYWHERE = '*'
const GROUP = 'group:'

/** The names a file may use: roles of the organization's own, and the nodes of its tree. */
export type Words = {
  roles: readonly { id: string; name: string }[]
  groups: readonly { id: string; parentId: string | null; name: string }[]
  locations: readonly { id: string; name: string; code: string | null }[]
}

export type CellError = { column: string; code: string; message: string }
/** One person and one grant of theirs; without a role, the person alone. */
export type PersonRow = { name: string; email: string | null; grant: Grant | null; errors: CellError[] }

/** Reads rows of people: name, email, and one role at one place in each. */
export function personReader(columns: readonly { name: string; field: string | null }[], words: Words) {
  const at = (field: Field) => columns.findIndex((column) => column.field === field)
  const roleOf = rolesByName(words)
  const placeOf = placesByName(words)
  return (cells: readonly string[]): PersonRow => {
    const text = (field: Field) => cellIn(cells[at(field)] ?? '').trim()
    const errors: CellError[] = []
    const refuse = (field: Field, code: string, message: string) => {
      errors.push({ column: columns[at(field)]?.name ?? field, code: `people.${code}`, message })
      return null
    }
    const name = text('name')
    if (!PersonName.safeParse(name).success) refuse('name', 'name_missing', 'A name of 1 to 200 characters is needed.')
    const parsed = Email.safeParse(text('email'))
    const email =
      text('email') === '' ? null : (parsed.data ?? refuse('email', 'email_wrong', 'This is no email address.'))
    return { name, email, grant: grantIn(text('role'), text('place')), errors }

    function grantIn(role: string, place: string): Grant | null {
      if (role === '' && place === '') return null
      if (role === '') return refuse('role', 'role_missing', 'Say in which role.')
      if (place === '') return refuse('place', 'place_missing', `Say where; ${EVERYWHERE} is the whole organization.`)
      const held = roleOf(role) ?? refuse('role', 'role_unknown', `There is no role ${role}.`)
      const node = placeOf(place)
      if (node === 'several') return refuse('place', 'place_ambiguous', `Several places are called ${place}.`)
      if (!node) return refuse('place', 'place_unknown', `There is no location or group ${place}.`)
      return held && { ...held, ...node }
    }
  }
}

function rolesByName({ roles }: Words) {
  const own = new Map(roles.map(({ id, name }) => [name.toLowerCase(), id]))
  return (text: string): { role: (typeof ROLES)[number] } | { roleId: string } | null => {
    const word = text.toLowerCase()
    const roleId = own.get(word)
    if (roleId) return { roleId }
    const role = ROLES.find((one) => one === word || one === `org:${word}`)
    return role ? { role } : null
  }
}

/** A location by its code or name, a group by its path after `group:` or where nothing else is called so. */
function placesByName({ groups, locations }: Words) {
  const paths = new Map(groups.map(({ id }) => [pathOf(groups, id).toLowerCase(), { groupId: id }]))
  const codes = new Map(
    locations.flatMap(({ id, code }) => (code ? [[code.toLowerCase(), { locationId: id }] as const] : [])),
  )
  const names = new Map(locations.map(({ id, name }) => [name.toLowerCase(), { locationId: id }]))
  return (text: string): TreeNode | 'several' | null => {
    const word = text.toLowerCase()
    if (text === EVERYWHERE) return {}
    const path = (word.startsWith(GROUP) ? word.slice(GROUP.length) : word)
      .split('>')
      .map((part) => part.trim())
      .join(' > ')
    if (word.startsWith(GROUP)) return paths.get(path) ?? null
    const [byCode, byName] = [codes.get(word), names.get(word)]
    if (byCode && byName && byCode.locationId !== byName.locationId) return 'several'
    return byCode ?? byName ?? paths.get(path) ?? null
  }
}

/** People as rows that, read again, change nothing: one for each grant, or one for who holds none. */
export function peopleTable(members: readonly Member[], { groups, locations }: Words): string[][] {
  const names = new Map(locations.map(({ id, name, code }) => [id, code ?? name]))
  const placeOf = ({ groupId, locationId }: TreeNode) =>
    groupId ? `${GROUP}${pathOf(groups, groupId)}` : locationId ? names.get(locationId) : EVERYWHERE
  const rows = members.flatMap(({ name, email, grants }) => {
    const who = [name, email ?? '']
    if (grants.length === 0) return [[...who, '', '']]
    return grants.flatMap((grant) => {
      const place = placeOf(grant)
      return place === undefined ? [] : [[...who, grant.role ?? grant.roleName ?? '', place]]
    })
  })
  return [[...FIELDS], ...rows]
}
