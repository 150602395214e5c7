import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CannotStart } from '../cannot-start.ts'
import { emptyFolder } from './folder.for-tests.ts'
import { folderStorage } from './folder-storage.ts'
import { sha256Of } from './look-into.ts'
import { bucketForTests } from './s3.for-tests.ts'
import { s3Storage } from './s3-storage.ts'
import { type FileStorage, keptKey, pieceKey, piecesFolder } from './storage.ts'

const folder = emptyFolder()
const account = { region: 'us-east-1', accessKeyId: 'AKIAOPSFLOW', secretAccessKey: 'a secret' }
const storages: Record<string, FileStorage> = { 'a folder': folderStorage(folder) }
let endpoint: string
let close: () => void
beforeAll(async () => {
  const bucket = await bucketForTests('photos', account)
  endpoint = bucket.endpoint
  close = bucket.close
  storages['a bucket'] = s3Storage({ ...account, endpoint, bucket: 'photos' })
})
afterAll(() => close())

const tenant = randomUUID()
const bytes = Buffer.from('a photo, so to say')
const key = keptKey(tenant, sha256Of(bytes).toString('hex'))

describe.each(['a folder', 'a bucket'])('%s', (name) => {
  const storage = () => storages[name] as FileStorage

  test('gives back what was put, whole and as a stream', async () => {
    await storage().put(key, bytes)
    await storage().put(key, bytes) // writing it twice is writing it once
    expect(await storage().get(key)).toEqual(bytes)
    const stream = await storage().open(key)
    expect(stream && (await buffer(stream))).toEqual(bytes)
  })

  test('what is not there is not there', async () => {
    const nowhere = keptKey(randomUUID(), '0'.repeat(64))
    expect(await storage().get(nowhere)).toBeUndefined()
    expect(await storage().open(nowhere)).toBeUndefined()
  })

  test('one file goes, and no other of its customer; what is gone goes again', async () => {
    const others = keptKey(tenant, sha256Of(Buffer.from('another photo')).toString('hex'))
    const theirs = keptKey(randomUUID(), sha256Of(bytes).toString('hex'))
    await Promise.all([key, others, theirs].map((one) => storage().put(one, bytes)))
    await storage().remove(key)
    await storage().remove(key)
    const left = await Promise.all([key, others, theirs].map((one) => storage().get(one)))
    expect(left.map((one) => one !== undefined)).toEqual([false, true, true])
    expect(await storage().open(key)).toBeUndefined()
    await storage().remove(others)
    await storage().put(key, bytes)
    expect(await storage().get(key)).toEqual(bytes)
  })

  test('a folder of pieces goes at once, and nothing beside it', async () => {
    const [ours, theirs] = [randomUUID(), randomUUID()]
    const pieces = [ours, ours, theirs].map((upload) => pieceKey(tenant, upload, randomUUID()))
    await Promise.all(pieces.map((piece) => storage().put(piece, bytes)))
    await storage().removeAll(piecesFolder(tenant, ours))
    const left = await Promise.all(pieces.map((piece) => storage().get(piece)))
    expect(left.map((piece) => piece !== undefined)).toEqual([false, false, true])
    await storage().removeAll(piecesFolder(tenant, ours))
  })

  test.each(['../secrets.json', 't/../../etc/passwd', `t/${tenant}/../x`, '/etc/passwd', `t/${tenant}/photo.jpg`])(
    'a key is never a path of someone’s making: %s',
    async (path) => {
      await expect(async () => storage().put(path, bytes)).rejects.toThrow('is no key')
      await expect(async () => storage().get(path)).rejects.toThrow('is no key')
      await expect(async () => storage().remove(path)).rejects.toThrow('is no key')
      await expect(async () => storage().removeAll(path)).rejects.toThrow('is no key')
    },
  )

  test('is tried at the start', () => expect(storage().check()).resolves.toBeUndefined())
})

test('a file that is there is there whole: what a crash left unfinished has another name', () => {
  expect(readdirSync(join(folder, 't', tenant))).toEqual([key.split('/')[2]])
})

test('a folder that cannot be one is told in a sentence', async () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  await expect(folderStorage(join(file, 'below')).check()).rejects.toThrow(CannotStart)
  expect(existsSync(join(file, 'below'))).toBe(false)
})

test('a bucket that is not there, or not ours, is told in a sentence', async () => {
  const told = (config: Partial<Parameters<typeof s3Storage>[0]>) =>
    s3Storage({ ...account, endpoint, bucket: 'photos', ...config }).check()
  await expect(told({ bucket: 'elsewhere' })).rejects.toThrow('S3_BUCKET=elsewhere cannot be used')
  await expect(told({ secretAccessKey: 'wrong' })).rejects.toThrow(CannotStart)
  const closed = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => closed.once('listening', resolve))
  const { port } = closed.address() as AddressInfo
  closed.close()
  await expect(told({ endpoint: `http://127.0.0.1:${port}` })).rejects.toThrow(CannotStart)
})
