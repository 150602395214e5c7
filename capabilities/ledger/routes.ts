import { defineRoutes, FileAnswer } from '@opsflow/platform/route'
import { z } from 'zod'
import { LedgerEvent, LedgerProof, LedgerState, PublicHead } from './history.ts'

const tag = 'ledger'
export const MOST_CHANGES_OF_RECORD = 1_000
const MOST_LEAVES = Number.MAX_SAFE_INTEGER
/** A table's name, as exports say it. */
const Kind = z.string().regex(/^[a-z][a-z_]{1,62}$/)

export const ledgerRoutes = defineRoutes({
  'GET /ledger': {
    summary: 'How far the evidence log is sealed, its last head and its keys',
    description: 'Keep the head: against it even whoever holds the signing key cannot write history anew.',
    tag,
    permission: 'ledger.read',
    response: LedgerState,
  },
  'GET /ledger/history': {
    summary: 'Every change of a record and of what belongs to it, the first one first',
    description:
      'Of a record the caller can see, with its steps, answers, photos and signatures. What changed stands there as digests; who, when, where and by what in words. ' +
      `Of more than ${MOST_CHANGES_OF_RECORD} changes the last ones.`,
    tag,
    permission: 'ledger.read',
    query: z.strictObject({ kind: Kind, id: z.uuid() }),
    response: z.object({ items: z.array(LedgerEvent), hasEarlier: z.boolean() }),
  },
  'GET /ledger/proof': {
    summary: 'The proof that a record’s history is what was sealed',
    description:
      'The changes of its history that are sealed, each with the hashes that lead from it to the last head, and, for who may take out records with their proof, ' +
      'the rows as they stand. `kept`: the size of a head you kept; the proof then says that the log goes on from it.',
    tag,
    permission: 'ledger.read',
    query: z.strictObject({
      kind: Kind,
      id: z.uuid(),
      kept: z.coerce.number().int().positive().max(MOST_LEAVES).optional(),
    }),
    response: LedgerProof,
    refusals: ['ledger.nothing_sealed'],
  },
  'GET /ledger/export.jsonl.gz': {
    summary: 'Records with the proof that they are what was recorded',
    description:
      'For the verifier (opsflow-verify.mjs), which needs nothing else: docs/evidence-format.md. Of a location, a kind of record, or everything, from a time on; ' +
      'without a location it takes the permission in the whole organization. More than a million changes are refused.',
    tag,
    permission: 'ledger.export',
    query: z.strictObject({
      locationId: z.uuid().optional(),
      kind: Kind.optional(),
      since: z.iso.datetime({ offset: true }).optional(),
    }),
    produces: '*/*',
    response: FileAnswer,
    refusals: ['ledger.too_much', 'ledger.nothing_sealed'],
  },
  'GET /ledger/head': {
    summary: 'The last head of a log, for whoever knows its name',
    description:
      'A signed note and the keys it can be verified with. It tells nothing of what was recorded or whose it is.',
    tag,
    permission: 'public',
    query: z.strictObject({ logId: z.uuid() }),
    response: PublicHead,
  },
})
