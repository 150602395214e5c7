import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What a process remembers between requests, and what it is found by. A cache whose key lacks the tenant gives one
 * customer's answer to another, so a new one is listed here with its key before the suite is green again.
 */
export const CACHES: Record<string, string> = {
  'capabilities/people/server/authenticate.ts remembered': 'digest of the credential: session, key, device or tablet',
  'platform/server/context.ts signed': 'the actor itself, which is one tenant’s',
  'platform/server/ledger/nodes.ts read':
    'level and place, within one transaction, which is one tenant’s and ends with it',
  'platform/server/realtime/gateway.ts sockets': 'the socket itself, with the caller it was admitted as',
  'platform/server/http/rate-limit.ts memory': 'credential, tenant or address; holds counts only',
  'capabilities/temperature/server/store-watched-units.ts rules':
    'ids of policies, minted by the database and never a client’s; a pure function of them',
  'capabilities/temperature/server/months.ts known': 'the month: partitions are the same for every tenant',
  'capabilities/temperature/server/run-import.ts running': 'id of the import; holds promises without an answer',
  'capabilities/imports/server/run-import.ts running': 'id of the import; holds promises without an answer',
  'capabilities/imports/server/pack/kept-reader.ts #held': 'number of a piece, of the one kept file it was opened for',
  'capabilities/imports/server/pack/open-pack.ts media': 'name of an entry, of the one kept file it was opened for',
  'platform/server/announcements.ts #scopes': 'one transaction, which is one tenant’s',
  'platform/server/batch.ts #names': 'text of the statement, the same for every tenant',
  'platform/server/batch.ts #inFlight': 'text of the statement, the same for every tenant',
  'platform/server/batch.ts #columns': 'name of the statement: its columns, no rows',
  'platform/server/batch.ts preparedByConnection': 'the connection: which statements it knows',
  'platform/server/http/api.ts empty': 'the request itself',
  'platform/server/http/api.ts halved': 'the request itself',
  'platform/server/http/server.ts headers': 'name of a header, the same for everyone',
  'platform/server/http/static-web.ts kept': 'path of a page: pages hold nothing of any tenant',
}

/** Files whose statements look across tenants, as opsflow_auth or opsflow_relay, and what for. */
export const ACROSS_TENANTS: Record<string, string> = {
  'platform/server/tenant.ts': 'is the way in: every transaction with a signed context',
  'platform/server/ledger/store-seal.ts': 'changes without a place in the log, each with its tenant, as opsflow_sealer',
  'capabilities/ledger/server/store.ts': 'the last head of a log by the log’s name, which tells no content',
  'platform/server/realtime/relay.ts': 'committed facts with their organization',
  'platform/server/sync/store-drained.ts': 'which tenant a device’s own key belongs to',
  'platform/server/sync/store-epoch.ts': 'the age of the whole database, no rows',
  'platform/server/sync/store-retire.ts': 'rows of the feed that are over, each with its tenant',
  'platform/server/files/sweep.ts': 'uploads nobody finished, each with its tenant',
  'platform/server/files/store-leavings.ts': 'bytes nobody needs any more, each with its tenant',
  'capabilities/alerts/server/store-across-tenants.ts': 'what is due to be told, each with its tenant',
  'capabilities/checklists/server/schedules/store-across-tenants.ts': 'schedules that are due, each with its tenant',
  'capabilities/haccp/server/store-reviews.ts': 'plans to be looked at again, each with its tenant',
  'capabilities/imports/server/store-imports.ts': 'files that were left half read, each with its tenant',
  'capabilities/reports/server/store-across-tenants.ts': 'letters that are due, each with its tenant',
  'capabilities/temperature/server/store-across-tenants.ts': 'sensors that are silent, each with its tenant',
  'capabilities/kiosks/server/tablets.ts': 'a tablet by its own key',
  'capabilities/people/server/directory.ts': 'who a credential is, before a tenant is known',
  'capabilities/people/server/store-asking.ts': 'one account by its address or its link',
  'capabilities/people/server/store-founding.ts': 'whether there is any tenant yet',
  'capabilities/people/server/clerk/store.ts': 'accounts and organizations as Clerk names them',
  'capabilities/people/server/push/store-push.ts': 'a browser’s own subscription',
  'capabilities/reports/server/store-links.ts': 'a link by the digest of its secret',
  'capabilities/reports/server/store-papers.ts': 'a paper by the digest of its code',
  'capabilities/tasks/server/store-codes.ts': 'a place by its code',
}

const SERVERS = ['platform/server', 'capabilities', 'apps/server']

function sources(root: string): { file: string; text: string }[] {
  return SERVERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name).replaceAll('\\', '/'))
      .filter((file) => file.endsWith('.ts') && !file.includes('node_modules/') && !file.includes('/isolation/'))
      .filter((file) => !/test\b|\.bench\.|\/postgres\/|\/demo\/|\/start\//.test(file) && /server\//.test(file)),
  ).map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))
}

const KEPT =
  /^( *)(?:export )?(?:const|let|readonly|private readonly)? ?(#?\w+)(?:: [^=\n]+)? = new (?:Map|WeakMap|Set|WeakSet|LRU\w*|RateLimiter\w+)(?:<.*>)?\(/
const OPENS = /^(?:export )?(?:default )?(async )?(?:function|class|const)\b/

/** Maps and sets that outlive a request: of a module, of a class, or of a function that gives out functions over them. */
export function cachesIn(root: string): string[] {
  return sources(root).flatMap(({ file, text }) => {
    const lines = text.split('\n')
    return lines.flatMap((line, n) => {
      const [, indentation = '', name = ''] = KEPT.exec(line) ?? []
      if (!name) return []
      // What is filled in place is a list of words, not something remembered.
      if (/new (Map|Set)(<.*>)?\(\[|new (Map|Set)(<.*>)?\([\w.]+\)/.test(line)) return []
      return indentation === '' || name.startsWith('#') || isInFactory(lines, n) ? [`${file} ${name}`] : []
    })
  })
}

/** A function that is not async and gives out functions: what it holds lives as long as they do. */
function isInFactory(lines: readonly string[], at: number): boolean {
  const from = lines.findLastIndex((line, n) => n < at && OPENS.test(line))
  if (from < 0 || OPENS.exec(lines[from] as string)?.[1]) return false
  const end = lines.findIndex((line, n) => n > at && /^[})]/.test(line))
  const body = lines.slice(from, end < 0 ? undefined : end).join('\n')
  const isEmptyAtFirst = /= new ((Map|WeakMap|Set|WeakSet)(<.*>)?\(\)|LRU|RateLimiter)/.test(lines[at] as string)
  const isOfTheFunction = /^ {2}(const|let) |^ {4}const memory/.test(lines[at] as string)
  return isOfTheFunction && isEmptyAtFirst && /\n {2}return (\{\n|(async )?\()/.test(body)
}

export const looksAcross = (root: string): string[] =>
  sources(root)
    .filter(({ text }) => /withClient\(|[pP]ool\.query\(|\bAcrossTenants = /.test(text))
    .map(({ file }) => file)
