import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A program of the operating system that tests use, and how to get it. */
export type SystemTool = { commands: string[]; remedy: string; package: string; without: string }

const debian = (name: string, commands: string[], without: string): SystemTool => ({
  commands,
  package: name,
  without,
  remedy: `sudo apt-get install -y --no-install-recommends ${name}`,
})

export const chromium = debian(
  'chromium',
  ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
  'no browser test can run',
)
/** The same browser without the parts that draw to a screen: half the work on a machine of two cores. */
export const chromiumShell = debian(
  'chromium-headless-shell',
  ['chromium-headless-shell'],
  'browser tests run in the whole of Chromium and take twice as long',
)
export const redis = debian('redis-server', ['redis-server'], 'tests of several server processes are skipped')
export const pgbouncer = debian('pgbouncer', ['pgbouncer'], 'tests through a connection pooler are skipped')
export const faketime = debian('faketime', ['faketime'], 'the test of a wrong clock is skipped')

/** Installs what is missing where we may (root on Debian). Answers what is still missing. */
export async function ensureSystemTools(tools: SystemTool[]): Promise<Set<SystemTool>> {
  const missing = () => [...new Set(tools)].filter((tool) => findCommand(tool.commands) === undefined)
  const wanted = missing().map((tool) => tool.package)
  if (wanted.length > 0 && process.getuid?.() === 0 && findCommand(['apt-get'])) {
    console.log(`Installing ${wanted.join(', ')} …`)
    if (!aptGet('install', wanted)) aptGet('update', []) && aptGet('install', wanted)
  }
  return new Set(missing())
}

/** The first of the commands that stands in the path or where Debian keeps daemons. */
export function findCommand(commands: string[]): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  return commands.flatMap((command) => folders.map((folder) => join(folder, command))).find(isExecutable)
}

function isExecutable(file: string) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** RUNLEVEL=1 keeps Debian from starting the daemons it installs: tests start their own. */
function aptGet(verb: 'install' | 'update', packages: string[]) {
  const args = verb === 'install' ? ['install', '-y', '-qq', '--no-install-recommends', ...packages] : ['update', '-qq']
  const { status, stderr } = spawnSync('apt-get', args, {
    encoding: 'utf8',
    timeout: 5 * 60_000,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  })
  if (status !== 0) console.log(`apt-get ${verb} failed: ${stderr.trim().split('\n').slice(-3).join('\n')}`)
  return status === 0
}
