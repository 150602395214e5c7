// What every entry needs before product code can run: dependencies as locked, and Node 24.
// Plain JavaScript without dependencies, so that an older system Node can run it on a fresh clone.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const NEEDED_MAJOR = 24

/**
 * Installs what the lock file says, when node_modules is missing or differs from it. Two entries started at once
 * wait for each other. Answers whether it had to install; throws with the exact remedy when npm fails.
 */
export async function ensureInstalled(root, say = console.log) {
  if (isInstalled(root)) return false
  const release = await lockInstall(root, say)
  try {
    if (isInstalled(root)) return false
    say('Installing dependencies as locked in package-lock.json …')
    const args = ['ci', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error', '--include=dev']
    const code = await exitOf(
      spawn('npm', args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: isWindows }),
    )
    if (code !== 0) throw new Error(`Installing failed. Run \`npm ci\` in ${root} and read its message.`)
    return true
  } finally {
    release()
  }
}

/** npm keeps a copy of the lock of what it installed; both must name the same versions. */
export function isInstalled(root) {
  const installedLock = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(installedLock)) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const installed = JSON.parse(readFileSync(installedLock, 'utf8')).packages
  return Object.entries(wanted)
    .filter(([path, entry]) => path.startsWith('node_modules/') && (!entry.optional || installed[path]))
    .every(([path, entry]) => installed[path] && installed[path].version === entry.version)
}

/** The path of a Node 24: the running one, or the one npm installed as a package. Throws when there is none. */
export function node24(root) {
  if (majorOf(process.versions.node) >= NEEDED_MAJOR) return process.execPath
  const packaged = join(root, 'node_modules/.bin', isWindows ? 'node.cmd' : 'node')
  if (existsSync(packaged)) {
    const version = spawnSync(packaged, ['--version'], { encoding: 'utf8', shell: isWindows }).stdout?.trim() ?? ''
    if (majorOf(version.replace('v', '')) >= NEEDED_MAJOR) return packaged
  }
  throw new Error(
    `OpsFlow needs Node ${NEEDED_MAJOR}; this is ${process.versions.node}, and no package brings Node ${NEEDED_MAJOR} for ` +
      `${process.platform}-${process.arch} (or npm left out optional packages: run \`npm ci --include=optional\`).`,
  )
}

/**
 * Runs a file of ours on Node 24 with this process's terminal and ends this process with its exit code.
 * Signals reach the child: a terminal sends them to both, a supervisor only to this one, which passes them on.
 */
export async function runOnNode24(root, file, args = process.argv.slice(2)) {
  const binaries = join(root, 'node_modules/.bin')
  const separator = isWindows ? ';' : ':'
  const child = spawn(node24(root), [join(root, file), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: {
      // A quarter less to load the server: 2,000 modules are not read and translated anew.
      NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node-compile'),
      ...process.env,
      PATH: `${binaries}${separator}${process.env.PATH ?? ''}`,
    },
  })
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  if (process.env.npm_lifecycle_event) endWithParent(child)
  process.exitCode = await exitOf(child)
}

/** Between npm and us stands a shell that passes no signal on: when it is gone, npm was ended, and so is the child. */
function endWithParent(child) {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    child.kill('SIGTERM')
  }, 250)
  watch.unref()
}

const isWindows = process.platform === 'win32'
const majorOf = (version) => Number.parseInt(version, 10) || 0

function exitOf(child) {
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)))
  })
}

/** One installer at a time: a file with the pid of its holder; a dead holder's file is taken over. */
async function lockInstall(root, say) {
  const file = join(root, '.data/install.lock')
  mkdirSync(join(root, '.data'), { recursive: true })
  for (let told = false; ; told = true) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const holder = Number(readIfThere(file))
    if (holder && !isAlive(holder)) rmSync(file, { force: true })
    else if (!told) say('Another start is installing dependencies; waiting for it …')
    await wait(500)
  }
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
