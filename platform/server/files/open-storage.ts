import path from 'node:path'
import type { Config } from '../config.ts'
import { folderStorage } from './folder-storage.ts'
import type { FileStorage } from './storage.ts'

/** The bucket that was named, or a folder beside the database. The library for buckets is loaded by whoever has one. */
export async function openStorage({ s3, dataDir }: Pick<Config, 's3' | 'dataDir'>): Promise<FileStorage> {
  const storage = s3 ? (await import('./s3-storage.ts')).s3Storage(s3) : folderStorage(path.join(dataDir, 'files'))
  await storage.check()
  return storage
}
