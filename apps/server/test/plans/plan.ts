import { signContext } from '@opsflow/platform/server/context'
import { tenantTables } from '@opsflow/platform/server/isolation/rows'
import type pg from 'pg'
import type { Said } from './said.ts'

export type Plan = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  /** Of what was really done, how often this part was; 0 is a part that was not needed. */
  'Actual Loops'?: number
  Plans?: Plan[]
}

/**
 * How the database goes about what was said, in the name it was said in; nothing stays. `cornered`: sequential scans
 * are priced out, so that one that is left shows that no index could be used at all. `done`: it is carried out too.
 */
export async function planOf(
  app: pg.Client,
  contextKey: Buffer,
  { sql, values, context }: Said,
  { cornered = false, done = false } = {},
): Promise<Plan> {
  const [tenant, actor, locations] = context.split('|')
  const inAMinute = Math.floor(Date.now() / 1000) + 60
  const fresh = signContext(contextKey, [tenant, actor, locations, inAMinute].join('|'))
  const carriedOut = done ? 'analyze, timing off, summary off, buffers off, ' : ''
  await app.query('begin')
  try {
    await app.query(
      `select set_config('app.context', $1, true), set_config('app.seal', $2, true), set_config('enable_seqscan', $3, true)`,
      [fresh.context, fresh.seal, cornered ? 'off' : 'on'],
    )
    const { rows } = await app.query(`explain (${carriedOut}costs off, format json) ${sql}`, values)
    return rows[0]['QUERY PLAN'][0].Plan
  } finally {
    await app.query('rollback')
  }
}

/** Of what is said, that which the planner has a say in. */
export const isPlanned = ({ sql }: Said) => /^\s*(select|insert|update|delete|with)\b/i.test(sql)

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]

/** Where a tenant's table is read without being led by the tenant: whole, or along an index that does not begin with it. */
export function unledReads(plan: Plan): string[] {
  return nodesOf(plan).flatMap((node) => {
    const { 'Node Type': type, 'Relation Name': relation = '', 'Index Cond': condition = '' } = node
    const isOurs = TABLES.has(withoutMonth(relation))
    if (isOurs && type === 'Seq Scan') return [`all of ${withoutMonth(relation)}`]
    const isIndex = type === 'Bitmap Index Scan' || (isOurs && /^Index (Only )?Scan/.test(type))
    return isIndex && !condition.includes('tenant_id') ? [`all of ${node['Index Name']}`] : []
  })
}
const TABLES = new Set(tenantTables.map((name) => name.split('.')[1]))

/** The months of readings that a plan looked into. */
export const monthsIn = (plan: Plan): string[] => [
  ...new Set(
    nodesOf(plan).flatMap(({ 'Relation Name': name = '', 'Actual Loops': loops }) =>
      isMonth(name) && loops !== 0 ? [name] : [],
    ),
  ),
]

/**
 * By which index each table is reached, and by which of its columns: what has to stay the same. How the planner joins
 * them, whether over a bitmap, and how the few people and places of a customer are found, follows from how much there
 * happens to be; an empty month may be read anyhow.
 */
export const waysOf = (plan: Plan, monthToTell: string): string[] => [...new Set(waysIn(plan, monthToTell, ''))].sort()

function waysIn(plan: Plan, monthToTell: string, above: string): string[] {
  const {
    'Node Type': type,
    'Relation Name': relation = above,
    'Index Name': index,
    'Index Cond': condition = '',
  } = plan
  const below = (plan.Plans ?? []).flatMap((part) => waysIn(part, monthToTell, relation))
  if (FEW.has(relation) || (isMonth(relation) && relation !== monthToTell)) return below
  if (type === 'Seq Scan') return [`all of ${withoutMonth(relation)}`, ...below]
  if (!index) return below
  const columns = new Set([...condition.matchAll(/\(\(?"?(\w+)"? (?:=|<|>|IS|&&)/g)].map(([, column]) => column))
  const isAll = columns.size === 1 && columns.has('tenant_id')
  const way = isAll ? 'all of the tenant’s' : `${withoutMonth(index)} (${[...columns].join(', ')})`
  return [`${withoutMonth(relation)}: ${way}`, ...below]
}

/** Who and where: these do not grow with the days. */
const FEW = new Set([
  'context_keys',
  'tenants',
  'organizations',
  'location_groups',
  'locations',
  'members',
  'roles',
  'role_grants',
  'api_keys',
  'devices',
  'kiosks',
  'units',
  'unit_states',
  'sensors',
  'sensor_states',
])

const MONTH = /_\d{6}(?=_|$)/
const isMonth = (name: string) => MONTH.test(name)
const withoutMonth = (name: string) => name.replace(MONTH, '')
