import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** What a running PostgreSQL writes about itself into its data folder. */
export type Postmaster = { pid: number; port: number }

/**
 * The PostgreSQL that runs on this folder now, if any. A pid file left by a crash is PostgreSQL's to judge and clear,
 * except when its number has gone to another process since: PostgreSQL would refuse for ever, so it is removed here.
 */
export function runningPostmaster(folder: string): Postmaster | undefined {
  const file = pidFile(folder)
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number(lines[0])
  if (!pid || !isAlive(pid)) return undefined
  if (!servesFolder(pid, folder)) {
    rmSync(file, { force: true })
    return undefined
  }
  return { pid, port: Number(lines[3]) || 0 }
}

/** Fast shutdown: sessions end, everything is written, then it exits. Answers false when it needs longer than that. */
export async function stopPostmaster(folder: string, limitSeconds = 5): Promise<boolean> {
  const postmaster = runningPostmaster(folder)
  if (!postmaster) return true
  process.kill(postmaster.pid, 'SIGINT')
  for (let waited = 0; waited < limitSeconds * 20; waited++) {
    if (runningPostmaster(folder)?.pid !== postmaster.pid) return true
    await wait(50)
  }
  return false
}

const pidFile = (folder: string) => join(folder, 'postmaster.pid')

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Its command line names the folder. Where the system does not tell, PostgreSQL is given the benefit of the doubt. */
function servesFolder(pid: number, folder: string): boolean {
  const command = commandLine(pid)
  return command === undefined || command.includes(folder)
}

function commandLine(pid: number): string | undefined {
  if (process.platform === 'win32') return undefined
  if (existsSync('/proc/self/cmdline')) {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    } catch {
      return undefined
    }
  }
  const ps = spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' })
  return ps.error ? undefined : ps.stdout
}
