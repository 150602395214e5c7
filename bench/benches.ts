import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { alerts } from './alerts.ts'
import { auditImport } from './audit-import.ts'
import { auditRecord } from './audit-record.ts'
import { checklist } from './checklist.ts'
import { coldStart } from './cold-start.ts'
import { fanOut, fanOutOfMany, idleNode } from './fan-out.ts'
import { files } from './files.ts'
import { findings } from './findings.ts'
import { growth } from './growth.ts'
import { haccp } from './haccp.ts'
import { inspectorPack } from './inspector-pack.ts'
import { league } from './league.ts'
import { ledger } from './ledger.ts'
import type { Effort, Report } from './lib.ts'
import { list } from './list.ts'
import { occurrences } from './occurrences.ts'
import { overview } from './overview.ts'
import { permissions } from './permissions.ts'
import { processes } from './processes.ts'
import { replica } from './replica.ts'
import { revocation } from './revocation.ts'
import { feed, hotScope, pullRows, pushDrain } from './sync.ts'
import { dashboard, ingest } from './temperature.ts'
import { context, facts, filters, switches } from './tenancy.ts'
import { today } from './today.ts'

type Bench = (database: TestDatabase, effort: Effort) => Promise<Report>

/** Every bench by its name. Each is given an empty database of its own. */
export const BENCHES: Readonly<Record<string, Bench>> = {
  context,
  switches,
  filters,
  facts,
  ingest,
  dashboard,
  list,
  growth,
  today,
  files,
  permissions,
  revocation,
  replica,
  feed,
  'hot-scope': hotScope,
  pull: pullRows,
  push: pushDrain,
  checklist,
  findings,
  occurrences,
  alerts,
  overview,
  'audit-record': auditRecord,
  'inspector-pack': inspectorPack,
  league,
  'audit-import': auditImport,
  processes,
  haccp,
  ledger,
  'fan-out': fanOut,
  'fan-out-many': fanOutOfMany,
  'idle-node': idleNode,
  'cold-start': coldStart,
}
