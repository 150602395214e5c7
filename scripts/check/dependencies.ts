import { readFileSync } from 'node:fs'
import { type Check, committedFiles, textOf } from './check.ts'

type Versions = Record<string, string>
export type Manifest = {
  dependencies?: Versions
  devDependencies?: Versions
  optionalDependencies?: Versions
  overrides?: Record<string, unknown>
}
type Locked = {
  version?: string
  license?: string
  dev?: boolean
  resolved?: string
  link?: boolean
  optionalDependencies?: Versions
}
export type Lock = { packages: Record<string, Locked> }

const EXACT = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/
/** Two copies of these in one process or one page disagree about identity: hooks, schemas, pools. */
const ONLY_ONCE = ['react', 'react-dom', 'zod', 'pg', 'use-intl', '@tanstack/react-query', 'socket.io', 'typescript']
const OTHER_LOCKS = /(^|\/)(yarn[.]lock|pnpm-lock[.]yaml|bun[.]lockb?|npm-shrinkwrap[.]json|package-lock[.]json)$/

/** Every version exact and the same everywhere, one lock file, nothing that was refused, one React. */
export const dependencies: Check = {
  name: 'dependencies',
  look: async (root) => {
    const denied = JSON.parse(readFileSync(`${import.meta.dirname}/denied-dependencies.json`, 'utf8')) as Versions
    const manifestFiles = committedFiles(
      root,
      (file) => /(^|\/)package[.]json$/.test(file) && !file.includes('fixtures/'),
    )
    const manifests = Object.fromEntries(
      manifestFiles.map((file) => [file, JSON.parse(textOf(root, file)) as Manifest]),
    )
    const lock = JSON.parse(textOf(root, 'package-lock.json')) as Lock
    const locks = committedFiles(root, (file) => OTHER_LOCKS.test(file) && file !== 'package-lock.json')
    return {
      looked: Object.keys(lock.packages).length,
      at: `packages, ${manifestFiles.length} manifests`,
      findings: [
        ...inexact(manifests),
        ...disagreeing(manifests),
        ...deniedIn(lock, denied),
        ...doubled(lock),
        ...foreignSources(lock),
        ...leftOut(lock),
        ...locks.map((file) => `${file}: a second lock file; package-lock.json is the only one`),
      ],
    }
  },
}

/** `^1.2.0`, `~1.2`, `latest` and the like resolve to something else tomorrow. */
export function inexact(manifests: Record<string, Manifest>): string[] {
  return declared(manifests)
    .filter(({ version }) => !EXACT.test(version))
    .map(({ file, name, version }) => `${file} ${name}: ${version} is not an exact version`)
}

/** One package, one version, in whichever workspace it is named. */
export function disagreeing(manifests: Record<string, Manifest>): string[] {
  const first = new Map<string, { file: string; version: string }>()
  return declared(manifests).flatMap(({ file, name, version }) => {
    const other = first.get(name)
    if (!other) first.set(name, { file, version })
    return other && other.version !== version
      ? [`${file} ${name}: ${version}, but ${other.file} says ${other.version}`]
      : []
  })
}

export function deniedIn(lock: Lock, denied: Versions): string[] {
  return packagesOf(lock)
    .filter(({ name }) => name in denied)
    .map(({ path, name }) => `${path} is refused: ${denied[name]}`)
}

export function doubled(lock: Lock): string[] {
  return ONLY_ONCE.flatMap((name) => {
    const copies = packagesOf(lock).filter((entry) => entry.name === name)
    return copies.length > 1
      ? [
          `${name} is installed ${copies.length} times: ${copies.map(({ path, version }) => `${path}@${version}`).join(', ')}`,
        ]
      : []
  })
}

/** The lock names packages and their hashes; where they come from is the reader's own registry. */
export function foreignSources(lock: Lock): string[] {
  return packagesOf(lock)
    .filter(({ resolved }) => /^[a-z+]+:/.test(resolved ?? '') && !resolved?.startsWith('https://registry.npmjs.org/'))
    .map(({ path, resolved }) => `package-lock.json ${path} comes from ${resolved}`)
}

/** A package of another system that the lock does not know makes `npm ci` refuse the whole lock. */
export function leftOut(lock: Lock): string[] {
  const known = new Set(packagesOf(lock).map(({ name }) => name))
  return packagesOf(lock).flatMap(({ path, optionalDependencies = {} }) =>
    Object.keys(optionalDependencies)
      .filter((name) => !known.has(name))
      .map((name) => `package-lock.json lacks ${name} of ${path}: npm ci will refuse it`),
  )
}

function declared(manifests: Record<string, Manifest>) {
  return Object.entries(manifests).flatMap(([file, manifest]) =>
    [manifest.dependencies, manifest.devDependencies, manifest.optionalDependencies, flat(manifest.overrides)].flatMap(
      (versions) => Object.entries(versions ?? {}).map(([name, version]) => ({ file, name, version })),
    ),
  )
}

/** Overrides may nest: { a: { b: '1.0.0' } }. */
function flat(overrides: Record<string, unknown> = {}): Versions {
  return Object.assign(
    {},
    ...Object.entries(overrides).map(([name, value]) =>
      typeof value === 'string' ? { [name]: value } : flat(value as Record<string, unknown>),
    ),
  )
}

export function packagesOf(lock: Lock) {
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path.includes('node_modules/') && !entry.link)
    .map(([path, entry]) => ({
      path,
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      ...entry,
    }))
}
