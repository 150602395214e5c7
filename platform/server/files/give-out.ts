import { type Actor, can } from '../../actor.ts'
import { notFound } from '../../refusal.ts'
import type { FileAnswer } from '../../route.ts'
import type { FileParts } from './receive.ts'
import { serveFile } from './serve.ts'
import { ONE_FILE, type StoredFile } from './store.ts'

/** A file for someone who may see it at its location. */
export async function giveOut(
  actor: Actor,
  { database, storage }: Pick<FileParts, 'database' | 'storage'>,
  asked: { id: string; variant: 'full' | 'thumbnail'; permission: string },
  setHeader: (name: string, value: string) => void,
): Promise<FileAnswer> {
  const [file] = await database.readOne<StoredFile>(actor, ONE_FILE, [asked.id])
  if (!file || !can(actor, asked.permission, file.locationId)) return notFound()
  return serveFile(storage, actor, file, asked.variant, setHeader)
}
