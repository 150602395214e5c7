import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { CannotStart } from '../cannot-start.ts'
import { type Account, canUse, databaseAccount, whyNotRunning } from './account.ts'
import { type Binaries, binariesIn, findBinaries } from './binaries.ts'

/** Open to every account, kept over restarts: for what PostgreSQL cannot reach inside a closed project. */
const ELSEWHERE = '/var/lib/opsflow'

export type Home = { folder: string; account: Account; binaries: Binaries }

/**
 * Where PostgreSQL lives and who runs it: in the data folder, or, when root's project lies behind a closed folder
 * (such as /root) that PostgreSQL's own account may not enter, under /var/lib/opsflow with a link in the data folder.
 */
export function findHome(dataDir: string, elsewhere = ELSEWHERE): Home {
  const link = join(dataDir, 'postgres')
  const existing = existingFolder(link)
  const account = databaseAccount(existing)
  if (existing && !canUse(account, existing)) {
    throw new CannotStart(
      `PostgreSQL's account can no longer enter ${existing}: a folder above it was closed. ` +
        `Open each of them with \`chmod o+x\`; the data is intact.`,
    )
  }
  const folder = existing ?? newFolder(link, account, elsewhere)
  return { folder, account, binaries: reachableBinaries(account, elsewhere) }
}

/** The data folder, made at the first start; refused when it belongs to someone else. */
export function openDataDir(dataDir: string): string {
  try {
    mkdirSync(dataDir, { recursive: true })
  } catch (error) {
    throw new CannotStart(
      `${dataDir} cannot be made (${(error as Error).message}). Set OPSFLOW_DATA_DIR to a folder of yours.`,
    )
  }
  const owner = statSync(dataDir).uid
  const me = process.getuid?.()
  if (me !== undefined && me !== 0 && me !== owner) {
    throw new CannotStart(
      `${dataDir} belongs to another user (${owner === 0 ? 'root' : owner}), who started OpsFlow here before. ` +
        'Start it as that user, or set OPSFLOW_DATA_DIR to a folder of yours.',
    )
  }
  return realpathSync(dataDir)
}

/** The database of this project, if there is one, with all links resolved. */
export function existingFolder(link: string): string | undefined {
  const entry = lstatSync(link, { throwIfNoEntry: false })
  if (!entry) return undefined
  if (!existsSync(link)) {
    throw new CannotStart(
      `${link} leads to a folder that is gone. Put it back, or remove the link to begin with an empty database.`,
    )
  }
  const folder = realpathSync(link)
  if (entry.isSymbolicLink()) refuseCopiedProject(link, folder)
  return folder
}

/** A project that was moved keeps its database; a copy of a project must not share the original's. */
function refuseCopiedProject(link: string, folder: string) {
  const note = join(dirname(folder), 'project')
  const original = existsSync(note) ? readFileSync(note, 'utf8').trim() : link
  if (original === link) return
  if (lstatSync(original, { throwIfNoEntry: false })) {
    throw new CannotStart(
      `${link} leads to the database of ${dirname(dirname(original))}, of which this project is a copy. ` +
        `Remove ${dirname(link)} to begin with an empty database.`,
    )
  }
  writeFileSync(note, link)
}

function newFolder(link: string, account: Account, elsewhere: string): string {
  if (reaches(account, dirname(link))) return link
  const name = createHash('sha256').update(link).digest('hex').slice(0, 12)
  const place = join(elsewhere, `${name}-${randomBytes(3).toString('hex')}`)
  openPlace(place)
  if (!reaches(account, place)) {
    throw new CannotStart(
      `PostgreSQL's account can enter neither ${dirname(link)} nor ${place}. ` +
        'Set OPSFLOW_DATA_DIR to a folder whose parents it may enter (chmod o+x each of them).',
    )
  }
  writeFileSync(join(place, 'project'), link)
  const folder = join(place, 'postgres')
  mkdirSync(folder, { mode: 0o700 })
  symlinkSync(folder, link)
  return realpathSync(folder)
}

/** Asked of a folder of the account's own there, because every parent counts. */
function reaches(account: Account, parent: string): boolean {
  const probe = mkdtempSync(join(parent, 'probe-'))
  try {
    if (account.uid !== undefined && account.gid !== undefined) chownSync(probe, account.uid, account.gid)
    return canUse(account, probe)
  } finally {
    rmdirSync(probe)
  }
}

/** Programs that the account can run: as installed, or copied out of a closed project. */
export function reachableBinaries(account: Account, elsewhere = ELSEWHERE): Binaries {
  const installed = findBinaries()
  const failure = whyNotRunning(account, installed.postgres)
  if (failure === undefined) return installed
  if (account.uid === undefined) throw cannotRun(installed, failure)
  const copy = copyBinaries(installed, join(elsewhere, `postgresql-${installed.version}`))
  const copyFailure = whyNotRunning(account, copy.postgres)
  if (copyFailure !== undefined) throw cannotRun(copy, copyFailure)
  return copy
}

function copyBinaries(installed: Binaries, place: string): Binaries {
  if (!existsSync(place)) {
    const unfinished = `${place}.${randomBytes(3).toString('hex')}`
    openPlace(unfinished)
    for (const part of ['native', 'package.json']) {
      cpSync(join(installed.root, part), join(unfinished, part), { recursive: true, verbatimSymlinks: true })
    }
    spawnSync('chmod', ['-R', 'a+rX', unfinished]) // installed under a strict umask, the files are closed too
    try {
      renameSync(unfinished, place)
    } catch {
      rmSync(unfinished, { recursive: true, force: true }) // another start was faster
    }
  }
  return binariesIn(place)
}

/** Made open for everyone to enter, whatever the umask of who starts us. */
function openPlace(place: string) {
  try {
    mkdirSync(place, { recursive: true })
    for (const folder of [dirname(place), place]) chmodSync(folder, 0o755)
  } catch (error) {
    throw new CannotStart(
      `PostgreSQL's account cannot enter this project's folder, and ${place} cannot be made (${(error as Error).message}). ` +
        'Move the project to a folder that others may enter, or set DATABASE_URL to a PostgreSQL 18 server of your own.',
    )
  }
}

const cannotRun = (binaries: Binaries, failure: string) =>
  new CannotStart(
    `The PostgreSQL that comes with OpsFlow does not run here (${binaries.postgres}: ${failure}). ` +
      'Set DATABASE_URL to a PostgreSQL 18 server of your own.',
  )
