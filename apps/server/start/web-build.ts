import { spawn } from 'node:child_process'
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { CannotStart } from '@opsflow/platform/server/cannot-start'
import { finishWeb } from './finish-web.ts'
import { lockOrWait } from './lock.ts'
import { webFingerprint } from './web-fingerprint.ts'

const KEPT_BUILDS = 3

/**
 * The web as static files, built once for each content of its sources. Builds belong to the code, not to the data:
 * they are kept in the project's .data whatever OPSFLOW_DATA_DIR says.
 */
export async function buildWeb(
  root: string,
  signal: AbortSignal,
  onBuild: () => void = () => {},
): Promise<{ folder: string; built: boolean }> {
  const builds = join(root, '.data/web')
  const folder = join(builds, webFingerprint(root))
  if (existsSync(folder)) return { folder, built: false }
  onBuild()
  mkdirSync(builds, { recursive: true })
  const release = await lockOrWait(`${builds}.lock`)
  try {
    if (existsSync(folder)) return { folder, built: false }
    await runNext(root, `${builds}.log`, signal)
    await finishWeb(join(root, 'apps/web/out'))
    moveInto(join(root, 'apps/web/out'), folder)
    forgetOldBuilds(builds)
    return { folder, built: true }
  } finally {
    release()
  }
}

async function runNext(root: string, logFile: string, signal: AbortSignal) {
  const app = join(root, 'apps/web')
  const log = openSync(logFile, 'w')
  const child = spawn(process.execPath, [nextProgram(root), 'build'], {
    cwd: app,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', log, log],
    signal,
  })
  closeSync(log)
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('exit', resolve))
  if (code === 0 && existsSync(join(app, 'out/index.html'))) return
  const messages = readFileSync(logFile, 'utf8').trim().split('\n').slice(-30).join('\n')
  throw new CannotStart(`The web could not be built. The end of ${logFile}:\n${messages}`)
}

export const nextProgram = (root: string) =>
  createRequire(join(root, 'apps/web/package.json')).resolve('next/dist/bin/next')

/** Whole or not at all: a copy that is cut off is never taken for a build. */
function moveInto(out: string, folder: string) {
  const unfinished = `${folder}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  cpSync(out, unfinished, { recursive: true })
  renameSync(unfinished, folder)
  rmSync(out, { recursive: true, force: true })
}

/** Tabs that were open before an update still ask for their old files; a few builds are kept for them. */
function forgetOldBuilds(builds: string) {
  const newestFirst = readdirSync(builds)
    .map((name) => ({ path: join(builds, name), time: statSync(join(builds, name)).mtimeMs }))
    .sort((a, b) => b.time - a.time)
  for (const { path } of newestFirst.slice(KEPT_BUILDS)) rmSync(path, { recursive: true, force: true })
}
