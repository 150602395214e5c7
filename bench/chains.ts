import pg from 'pg'
import { type PlantedTenant, type Row, RowFactory } from '../platform/server/isolation/rows.ts'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'

/** Tenants of four locations each, and any number of rows in any table, made by the database itself. */
export class Chains {
  readonly admin: pg.Client
  readonly factory: RowFactory
  readonly tenants: (PlantedTenant & { locationIds: string[] })[] = []

  private constructor(admin: pg.Client, factory: RowFactory) {
    this.admin = admin
    this.factory = factory
  }

  static async plant(database: TestDatabase, tenants: number): Promise<Chains> {
    const admin = new pg.Client(database.admin)
    admin.on('error', () => {}) // a bench that failed drops its database under us
    await admin.connect()
    const chains = new Chains(admin, await RowFactory.open(admin))
    while (chains.tenants.length < tenants) {
      const tenant = await chains.factory.plantTenant()
      const locationIds = [tenant.locationId]
      while (locationIds.length < 4) locationIds.push(await chains.factory.plantLocation(tenant))
      chains.tenants.push({ ...tenant, locationIds })
    }
    return chains
  }

  /**
   * Fills a table with copies of one row, spread over tenants and their locations. What has to differ does: ids, free
   * text, times. References are not checked meanwhile, so they may point nowhere.
   */
  async fill(table: string, rowsPerTenant: number): Promise<void> {
    const { needs, primaryKey } = this.factory.table(table)
    const varied = needs.flatMap(({ column, type, check }) => {
      const isNumber = primaryKey.includes(column) && /int/.test(type)
      const expression = column === 'location_id' ? '($2::uuid[])[1 + i % 4]' : isNumber ? 'i' : variedBy(type, check)
      return expression && column !== 'organization_id' ? [`'${column}', ${expression}`] : []
    })
    for (const tenant of this.tenants) {
      const model = await this.factory.prepare(tenant, table)
      const columns = Object.keys(model).join(', ')
      await this.admin.query('begin')
      await this.admin.query('set local session_replication_role = replica')
      await this.admin.query(
        `insert into ${table} (${columns})
         select ${columns} from generate_series(1, ${rowsPerTenant}) i, cardinality($2::uuid[]),
           lateral jsonb_populate_record(null::${table}, $1::jsonb || jsonb_build_object('i', i, ${varied.join(', ')}))`,
        [asJson(model), tenant.locationIds],
      )
      await this.admin.query('commit')
    }
    await this.admin.query(`vacuum analyze ${table}`)
  }

  close() {
    return this.admin.end()
  }
}

/** An SQL expression of another value for each row `i`; none where every row may have the same. */
function variedBy(type: string, check: string): string | undefined {
  if (type === 'uuid') return 'gen_random_uuid()'
  if (type === 'text' && !check.includes('ARRAY')) return `'n' || i`
  if (type === 'bytea' && check.includes('= 32')) return `'\\x' || encode(sha256(convert_to(i::text, 'UTF8')), 'hex')`
  if (type === 'timestamp with time zone') return `now() - i * interval '1 second'`
  return undefined
}

const asJson = (row: Row) =>
  JSON.stringify(row, (_, value) =>
    value?.type === 'Buffer' ? `\\x${Buffer.from(value.data).toString('hex')}` : value,
  )
