import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type Actor, can, canEverywhere, demandEverywhere, systemActor } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { type AsideFile, writeAside } from '@opsflow/platform/server/files/aside'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import { evidenceLines } from '@opsflow/platform/server/ledger/export'
import { proofOf } from '@opsflow/platform/server/ledger/prove'
import { keptFile } from '@opsflow/platform/server/paper/answer'
import type { Database, ReadTx } from '@opsflow/platform/server/tenant'
import type { LedgerProof } from '../history.ts'
import { ledgerRoutes } from '../routes.ts'
import { historyOf, seesTenant } from './history-of.ts'
import { type AcrossTenants, changesSince, isPlace, publicHead, stateOf } from './store.ts'

const MOST_CHANGES = 1_000_000

export const ledgerImplementations = ({
  pool,
  database,
}: {
  pool: AcrossTenants
  database: Database
}): Implementation[] =>
  implement(ledgerRoutes, {
    'GET /ledger': async ({ actor, read }) => ({
      ...(await read(stateOf)),
      mayExportAll: seesTenant(actor) && canEverywhere(actor, 'ledger.export'),
    }),
    'GET /ledger/history': ({ query, read }) => read((tx) => historyOf(tx, query)),
    'GET /ledger/proof': async ({ actor, query, read }) => {
      const { items } = await read((tx) => historyOf(tx, query))
      const leaves = items.flatMap(({ leaf }) => (leaf === null ? [] : [leaf]))
      return proved(database, actor, leaves, query.kept)
    },
    'GET /ledger/export.jsonl.gz': async ({ actor, query, read, http }) => {
      if (query.locationId === undefined) mayExportAll(actor)
      else if (!(await read((tx) => mayExportPlace(tx, query.locationId as string)))) notFound()
      const file = await exported(database, actor, query)
      return keptFile(http, 'application/gzip', file, `evidence-${new Date().toISOString().slice(0, 10)}.jsonl.gz`)
    },
    'GET /ledger/head': async ({ query }) => (await publicHead(pool, query.logId)) ?? notFound(),
  })

/** Read as the system: the hashes beside a change are of everybody's. Which changes may be shown was asked before. */
async function proved(database: Database, actor: Actor, leaves: readonly number[], kept?: number) {
  const showsRowsAt = (location: string | null) =>
    location === null
      ? seesTenant(actor) && canEverywhere(actor, 'ledger.export')
      : can(actor, 'ledger.export', location)
  const proof = await database.read(reading(actor), (tx) => proofOf(tx, { leaves, showsRowsAt, kept }))
  return proof && leaves.length > 0 ? (proof as LedgerProof) : nothingSealed()
}

const reading = ({ tenantId, organizationId }: Actor) => systemActor(tenantId, organizationId, 'evidence-export')

const nothingSealed = () =>
  refuse('conflict', 'ledger.nothing_sealed', { detail: 'Nothing was sealed yet. Try again in a few seconds.' })

const mayExportPlace = async (tx: ReadTx, locationId: string) =>
  can(tx.actor, 'ledger.export', locationId) && (await isPlace(tx, locationId))

function mayExportAll(actor: Actor) {
  demandEverywhere(actor, 'ledger.export')
  if (!seesTenant(actor)) {
    refuse('forbidden', 'forbidden', {
      detail: 'Export location by location: beside another organization nobody takes out everything.',
    })
  }
}

type Asked = { locationId?: string | undefined; kind?: string | undefined; since?: string | undefined }

/**
 * Read as the system: what is left out has to be counted too. The place was asked for, and is there. Whole before the first
 * byte leaves: who reads slowly holds no transaction open, and memory never holds more than a page of it.
 */
async function exported(database: Database, actor: Actor, { locationId, kind, since }: Asked): Promise<AsideFile> {
  return database.read(reading(actor), async (tx) => {
    const { size, changes } = await changesSince(tx, since)
    if (size === 0) nothingSealed()
    if (changes > MOST_CHANGES) tooMuch(changes)
    const lines = evidenceLines(tx, { source: kind ?? null, locationId: locationId ?? null, since })
    return writeAside((write) =>
      pipeline(lines, createGzip(), async (packed: AsyncIterable<Buffer>) => {
        for await (const chunk of packed) await write(chunk)
      }),
    )
  })
}

const tooMuch = (changes: number) =>
  refuse('invalid', 'ledger.too_much', {
    detail: `${changes} changes are more than ${MOST_CHANGES}. Begin later.`,
    errors: [{ path: 'query.since', code: 'ledger.too_much', message: 'Begin later.' }],
  })
