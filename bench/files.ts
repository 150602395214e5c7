import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { evidenceImplementations, filesOfEvidence } from '../capabilities/evidence/server/index.ts'
import { openKitchen } from '../capabilities/temperature/server/kitchen.for-tests.ts'
import { emptyFolder } from '../platform/server/files/folder.for-tests.ts'
import { folderStorage } from '../platform/server/files/folder-storage.ts'
import { lookInto } from '../platform/server/files/look-into.ts'
import { beginning, from, photoForTests } from '../platform/server/files/photo.for-tests.ts'
import { serveForTests } from '../platform/server/http/serve.for-tests.ts'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { atLeast, atMost, backendsOf, type Effort, measure, type Report, tableOf } from './lib.ts'

/**
 * A photo of a phone, as the device sends it: the whole way (begun, sent, proven, drawn anew, thumbnail, stored, in the
 * database) against a server that writes the same bytes to a file and flushes it; and the part that drawing has in it.
 */
export async function files(database: TestDatabase, effort: Effort): Promise<Report> {
  const kitchen = await openKitchen(database)
  const folder = emptyFolder()
  const parts = filesOfEvidence({ storage: folderStorage(folder), database: kitchen.database, quotaBytes: 1e15 })
  const { ask, close } = await serveForTests(
    evidenceImplementations(parts, { clientOf: async () => undefined }),
    kitchen.database,
  )
  const bare = await bareServer(folder)
  const { bytes } = await photoForTests(1024)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  try {
    const modes = [
      {
        name: 'a file, written and flushed',
        work: async () => {
          const response = await fetch(bare.address, { method: 'PUT', body: new Uint8Array(bytes) })
          if (response.status !== 204) throw new Error(`the bare server answered ${response.status}`)
          return undefined
        },
      },
      {
        name: 'a photo, kept',
        work: async () => {
          const photo = { id: randomUUID() as string, bytes, sha256 }
          await ask(kitchen.cook, 'POST /files/uploads', undefined, beginning(photo, kitchen.downtown))
          const { headers } = await ask(kitchen.cook, `PATCH /files/uploads/${photo.id}`, bytes, from(0))
          if (headers.get('upload-state') !== 'stored') throw new Error('the photo was not stored')
          return undefined
        },
      },
      {
        name: 'of it, drawing and thumbnail alone',
        work: async () => void (await lookInto(bytes)) as undefined,
      },
    ]
    const measured = await measure(modes, effort, backendsOf(kitchen.admin as never))
    const [, ours, drawing] = measured
    if (!ours || !drawing) throw new Error('a mode is missing')
    return {
      title: `A photo of ${Math.round(bytes.length / 1024)} kB over HTTP, against the same bytes written to a file`,
      table: tableOf(measured),
      findings: [
        atLeast('rate by a bare PUT to disk', 0.03, ours.rate, '×'),
        atMost('CPU of the whole way by its drawing alone', 2, ours.cpu / drawing.cpu, '×'),
      ],
    }
  } finally {
    bare.server.close()
    await close()
    await kitchen.close()
  }
}

async function bareServer(folder: string): Promise<{ server: Server; address: string }> {
  const server = createServer(async (req, res) => {
    const file = await open(join(folder, randomUUID()), 'w')
    for await (const part of req) await file.write(part)
    await file.datasync()
    await file.close()
    res.writeHead(204).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}
