/** What a ZIP says of one of its entries, before a byte of it is unpacked. */
export type PackEntry = { name: string; packedBytes: number; bytes: number; isEncrypted: boolean }

export const PACK_PROBLEMS = [
  'zip_unreadable',
  'zip_encrypted',
  'zip_nested',
  'zip_path',
  'zip_too_many',
  'zip_bomb',
  'zip_no_export',
] as const
export type PackProblem = (typeof PACK_PROBLEMS)[number]

export const MOST_ENTRIES = 5000
/** Of one photo. Cameras make files of ten; more is no photo of an audit. */
export const MOST_PHOTO_BYTES = 20 * 1024 * 1024
/** All that it would unpack to. */
const MOST_UNPACKED = 1024 * 1024 * 1024
/** Text shrinks to a tenth, a photo not at all. What shrinks to less than this, and is large, was made to burst. */
const MOST_TIMES = 100
const ALWAYS_FINE = 1024 * 1024

/**
 * export: a JSON · media: named by its id in the export, in whatever folder · archive: what holds further files · other: what
 * systems leave in a ZIP, or nobody asked for.
 */
export type EntryKind = { kind: 'export' } | { kind: 'media'; id: string } | { kind: 'archive' } | { kind: 'other' }

export function entryKind(name: string): EntryKind {
  const base = (name.split('/').at(-1) ?? '').toLowerCase()
  if (base === '' || base.startsWith('.') || name.startsWith('__MACOSX/')) return { kind: 'other' }
  if (/\.(zip|jar|7z|rar|tar|tgz|gz|bz2|xz|zst)$/.test(base)) return { kind: 'archive' }
  if (base.endsWith('.json')) return { kind: 'export' }
  return { kind: 'media', id: base.replace(/\.[a-z0-9]{1,5}$/, '') }
}

/** Why a whole ZIP is refused. `fileBytes`: how long it is itself; entries that share their bytes say more than that. */
export function packProblem(entries: readonly PackEntry[], fileBytes: number): PackProblem | null {
  if (entries.length > MOST_ENTRIES) return 'zip_too_many'
  if (entries.some(({ isEncrypted }) => isEncrypted)) return 'zip_encrypted'
  if (entries.some(({ name }) => entryKind(name).kind === 'archive')) return 'zip_nested'
  const sum = (of: 'bytes' | 'packedBytes') => entries.reduce((total, entry) => total + entry[of], 0)
  const bursts = entries.some(({ bytes, packedBytes }) => bytes > ALWAYS_FINE && bytes > packedBytes * MOST_TIMES)
  return bursts || sum('bytes') > MOST_UNPACKED || sum('packedBytes') > fileBytes ? 'zip_bomb' : null
}
