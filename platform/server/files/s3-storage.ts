import type { Readable } from 'node:stream'
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { CannotStart } from '../cannot-start.ts'
import type { S3Config } from '../config.ts'
import { CHECK_KEY, type FileStorage, sure } from './storage.ts'

/** Files in a bucket of S3, or of anything that speaks like it. */
export function s3Storage({ endpoint, region, bucket: Bucket, accessKeyId, secretAccessKey }: S3Config): FileStorage {
  const client = new S3Client({
    region,
    credentials: { accessKeyId, secretAccessKey },
    // Elsewhere than at Amazon a bucket is a folder of the address, and newer checksums are unknown.
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  const bodyOf = async (key: string) => {
    try {
      return (await client.send(new GetObjectCommand({ Bucket, Key: sure(key) }))).Body
    } catch (error) {
      if (error instanceof NoSuchKey || (error as Error).name === 'NoSuchKey') return undefined
      throw error
    }
  }
  const storage: FileStorage = {
    put: async (key, bytes) => {
      await client.send(new PutObjectCommand({ Bucket, Key: sure(key), Body: bytes, ContentLength: bytes.length }))
    },
    get: async (key) => {
      const bytes = await (await bodyOf(key))?.transformToByteArray()
      return bytes && Buffer.from(bytes)
    },
    open: async (key) => (await bodyOf(key)) as Readable | undefined,
    async remove(key) {
      await client.send(new DeleteObjectCommand({ Bucket, Key: sure(key) }))
    },
    async removeAll(folder) {
      for (;;) {
        const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: `${sure(folder)}/` }))
        if (Contents.length === 0) return
        const Objects = Contents.map(({ Key }) => ({ Key }))
        await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }))
      }
    },
    async check() {
      try {
        await storage.put(CHECK_KEY, Buffer.from('ok'))
        await storage.get(CHECK_KEY)
      } catch (error) {
        throw new CannotStart(`The bucket S3_BUCKET=${Bucket} cannot be used: ${(error as Error).message}`)
      }
    },
    close: () => client.destroy(),
  }
  return storage
}
