import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { CannotStart } from '../cannot-start.ts'

/** The system account that runs PostgreSQL: empty for "whoever runs us", since only root has to step down. */
export type Account = { uid?: number; gid?: number }

/** PostgreSQL refuses to run as root. An existing database keeps the account that made it. */
export function databaseAccount(existingFolder?: string): Account {
  if (process.getuid?.() !== 0) return {}
  const owner = existingFolder ? ownerOf(existingFolder) : undefined
  return owner ?? accountNamed('postgres') ?? accountNamed('opsflow') ?? newAccount()
}

/** Can the account enter this folder and write there? Asked of the system itself, so that every rule of it counts. */
export function canUse(account: Account, folder: string): boolean {
  if (account.uid === undefined) return true
  const probe = ['-c', 'cd -- "$1" && test -w .', 'sh', folder]
  return spawnSync('/bin/sh', probe, { ...account, cwd: '/', stdio: 'ignore' }).status === 0
}

/** Why the account cannot run the program; undefined when it can. */
export function whyNotRunning(account: Account, program: string): string | undefined {
  const run = spawnSync(program, ['--version'], { ...account, cwd: '/', encoding: 'utf8' })
  return run.status === 0 ? undefined : (run.error?.message ?? run.stderr.trim())
}

function ownerOf(folder: string): Account | undefined {
  const { uid, gid } = statSync(folder)
  return uid === 0 ? undefined : { uid, gid }
}

function accountNamed(name: string): Account | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`))
  if (!line) return undefined
  const [, , uid, gid] = line.split(':')
  return { uid: Number(uid), gid: Number(gid) }
}

function newAccount(): Account {
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'opsflow'])
  const account = accountNamed('opsflow')
  if (account) return account
  throw new CannotStart(
    'PostgreSQL does not run as root, and there is neither a user `postgres` nor `useradd` to make one. ' +
      'Make a user named `opsflow`, or run `npm start` as an ordinary user.',
  )
}
