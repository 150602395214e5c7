import { type Actor, can } from '../../actor.ts'
import { notFound } from '../../refusal.ts'
import type { FileAnswer } from '../../route.ts'
import type { FileParts } from './receive.ts'
import { keptKey } from './storage.ts'
import { ONE_FILE, type StoredFile } from './store.ts'

/**
 * A file for someone who may see it at its location. Whatever it is, a browser only draws or saves it: it runs nothing
 * of it, guesses nothing about it, and keeps it for this session alone.
 */
export async function giveOut(
  actor: Actor,
  { database, storage }: Pick<FileParts, 'database' | 'storage'>,
  asked: { id: string; variant: 'full' | 'thumbnail'; permission: string },
  setHeader: (name: string, value: string) => void,
): Promise<FileAnswer> {
  const [file] = await database.readOne<StoredFile>(actor, ONE_FILE, [asked.id])
  if (!file || !can(actor, asked.permission, file.locationId)) return notFound()
  const isSmall = asked.variant === 'thumbnail' && file.thumbnailSha256 !== null
  const sha256 = isSmall ? (file.thumbnailSha256 ?? '') : file.storedSha256
  const bytes = await storage.open(keptKey(actor.tenantId, sha256))
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
