import { spawn } from 'node:child_process'
import { join } from 'node:path'

/**
 * Runs a tool of node_modules in a process group of its own, so that a hung run,
 * or a Ctrl-C, ends everything it started.
 */
export function runWithin(
  minutes: number,
  root: string,
  tool: string,
  args: string[],
  { env = {}, output = 'inherit' }: { env?: Record<string, string>; output?: 'inherit' | 'ignore' },
): Promise<{ code: number; tooLong: boolean }> {
  const bin = join(root, 'node_modules/.bin')
  const child = spawn(tool === 'node' ? process.execPath : join(bin, tool), args, {
    cwd: root,
    stdio: ['ignore', output, output],
    detached: true,
    env: { ...process.env, ...env, PATH: `${bin}:${process.env.PATH}` },
  })
  const stop = (signal: NodeJS.Signals) => {
    try {
      if (child.pid) process.kill(-child.pid, signal)
    } catch {} // already gone
  }
  let tooLong = false
  const end = () => {
    tooLong = true
    stop('SIGTERM')
    setTimeout(stop, 10_000, 'SIGKILL').unref()
  }
  const timer = setTimeout(end, minutes * 60_000)
  const interrupted = () => {
    stop('SIGINT')
    setTimeout(stop, 5_000, 'SIGKILL').unref()
  }
  process.on('SIGINT', interrupted)
  process.on('SIGTERM', interrupted)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => {
      clearTimeout(timer)
      process.off('SIGINT', interrupted)
      process.off('SIGTERM', interrupted)
      resolve({ code: code ?? 1, tooLong })
    })
  })
}
