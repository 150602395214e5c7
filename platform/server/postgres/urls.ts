import { ROLES, type RolePasswords } from './roles.ts'

/** One URL for each role; every process uses only those its work needs. */
export type RoleUrls = { owner: string; app: string; auth: string; relay: string }

/** The same server and database, entered as each of our roles. */
export function roleUrls(url: string, passwords: RolePasswords, database?: string): RoleUrls {
  const entries = ROLES.map((role) => {
    const face = role.replace('opsflow_', '') as keyof RoleUrls
    const entry = new URL(url)
    entry.username = role
    entry.password = passwords[face]
    if (database) entry.pathname = `/${database}`
    return [face, entry.href]
  })
  return Object.fromEntries(entries) as RoleUrls
}
