import { csvText } from '@opsflow/platform/csv'
import { implement } from '@opsflow/platform/server/http/implement'
import type { Member } from '../index.ts'
import { peopleTable } from '../people-csv.ts'
import { peopleFileRoutes } from '../people-file-routes.ts'
import { placesFor } from './http-members.ts'
import { importPeople } from './import-people.ts'
import { MEMBERS } from './store.ts'
import { wordsOf } from './store-people-file.ts'

const EVERYONE = 100_000

export const peopleFileApi = implement(peopleFileRoutes, {
  'GET /member-export': async ({ actor, read }) => {
    const places = placesFor(actor, 'people.read')
    const page = [actor.tenantId, actor.organizationId, 'active', null, null, places, EVERYONE, null, null, null, null]
    return read(async (tx) => csvText(peopleTable(await tx.query<Member>(MEMBERS, page), await wordsOf(tx, actor))))
  },
  'POST /member-imports': async ({ actor, query, body, write }) => {
    const take = await importPeople(body, query)
    return write((tx) => take(tx, actor))
  },
})
