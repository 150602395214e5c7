import type { Actor } from '../../actor.ts'
import type { FileAnswer } from '../../route.ts'
import { type FileStorage, keptKey } from './storage.ts'
import type { StoredFile } from './store.ts'

export type ServedFile = Pick<
  StoredFile,
  'id' | 'mediaType' | 'storedSha256' | 'storedSize' | 'thumbnailSha256' | 'thumbnailSize'
>

/**
 * A kept file for someone who may see it. Whatever it is, a browser only draws or saves it: it runs nothing of it, guesses
 * nothing about it, and keeps it for this session alone.
 */
export async function serveFile(
  storage: FileStorage,
  { tenantId }: Actor,
  file: ServedFile,
  variant: 'full' | 'thumbnail',
  setHeader: (name: string, value: string) => void,
): Promise<FileAnswer> {
  const isSmall = variant === 'thumbnail' && file.thumbnailSha256 !== null
  const sha256 = isSmall ? (file.thumbnailSha256 ?? '') : file.storedSha256
  const bytes = await storage.open(keptKey(tenantId, sha256))
  if (!bytes) throw new Error(`the storage has lost ${sha256} of file ${file.id}`)
  const isImage = file.mediaType === 'image/jpeg'
  setHeader(
    'content-disposition',
    `${isImage ? 'inline' : 'attachment'}; filename="${file.id}.${isImage ? 'jpg' : 'pdf'}"`,
  )
  setHeader('content-security-policy', `default-src 'none'; sandbox`)
  setHeader('cache-control', 'private, max-age=86400, immutable')
  setHeader('vary', 'cookie, authorization, x-organization-id')
  return { mediaType: file.mediaType, size: (isSmall ? file.thumbnailSize : file.storedSize) ?? 0, bytes }
}
