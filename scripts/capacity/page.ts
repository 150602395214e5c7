import { type Assumptions, capacityFor, type Figures, inAll, type Load, type Need } from './model.ts'

/** Dollars a month that the customer's plan allows. */
const ALLOWED = { user: 1.6, tenant: 1 }

type Reckoned = {
  load: Load
  figures: Figures
  assumed: Assumptions
  needs: readonly Need[]
  on: string
  machine: { cpu: string; cores: number; node: string }
}

/** docs/capacity.md: what the whole load needs, what it costs by location, user and tenant, and out of what it was reckoned. */
export function capacityPage({ load, figures, assumed, needs, on, machine }: Reckoned): string {
  const dollars = inAll(needs)
  const withoutReadings = inAll(capacityFor({ ...load, readings: 0 }, figures, assumed))
  const cents = (value: number) => `$${value.toFixed(value < 0.1 ? 4 : 2)}`
  return [
    '# Capacity',
    `What ${count(load.locations)} locations, ${count(load.users)} users, ${count(load.sockets)} open sockets, ${count(load.operations)} operations and ${count(load.readings)} readings a month need, reckoned by \`npm run capacity\` from what the benches of \`npm run evidence -- speed\` measured on ${on} (${machine.cores} cores of ${machine.cpu}, Node ${machine.node}). It is a model: figures of one small machine, multiplied. Nobody has run this load. Requests were measured together with who asked, and with every answer held against its schema, which in production one in a hundred is: they are reckoned too dear.`,
    '## What it needs at the busiest hour',
    table(
      needs.map(({ what, cores, memoryGiB, diskGiB, machines, dollars }) => ({
        part: what,
        cores: cores.toFixed(1),
        'memory GiB': memoryGiB.toFixed(0),
        'disk GiB': diskGiB.toFixed(0),
        [`machines of ${assumed.coresOfMachine} cores`]: String(machines),
        '$ a month': count(Math.round(dollars)),
      })),
    ),
    '## What it costs',
    table([
      { of: 'all', '$ a month': count(Math.round(dollars)), allowed: '' },
      { of: 'a location', '$ a month': cents(dollars / load.locations), allowed: '' },
      { of: 'a user', '$ a month': cents(dollars / load.users), allowed: cents(ALLOWED.user) },
      { of: 'a tenant', '$ a month': cents(dollars / load.organizations), allowed: cents(ALLOWED.tenant) },
    ]),
    dollars / load.organizations > ALLOWED.tenant
      ? `**A dollar for each tenant is not kept** for the mean tenant of this load: it has ${count(load.locations / load.organizations)} locations, ${count(load.users / load.organizations)} people and ${count(load.readings / load.organizations)} readings a month. A location without sensors costs ${cents(withoutReadings / load.locations)}.`
      : 'A dollar for each tenant is kept.',
    '## Out of what',
    'Measured (microseconds of CPU, bytes; of one reading, request, row, socket):',
    table(Object.entries(figures).map(([figure, value]) => ({ figure, value: String(Math.round(value * 10) / 10) }))),
    'Assumed (`scripts/capacity/main.ts`; prices are of nobody’s list, put in your own):',
    table([
      ...Object.entries(assumed.mix).map(([kind, share]) => ({
        assumption: `share of ${kind} in operations`,
        value: String(share),
      })),
      { assumption: 'busiest hour by the mean', value: String(assumed.peak) },
      { assumption: 'a core is at most so full', value: String(assumed.utilization) },
      { assumption: 'months kept on fast disks', value: String(assumed.monthsKept) },
      { assumption: 'copies of the database', value: String(assumed.copies) },
      { assumption: 'a core by one of the measuring machine', value: String(assumed.coreSpeed) },
      ...Object.entries(assumed.prices).map(([what, price]) => ({
        assumption: `$ a month for a ${what}`,
        value: String(price),
      })),
    ]),
    'Not in it: photos and other files, backups, traffic out, e-mail, people. A PostgreSQL of this many cores writes to one disk; beyond what one can do, tenants are spread over several by `tenant_id` (every table has it in its key).',
  ]
    .join('\n\n')
    .concat('\n')
}

const count = (value: number) => value.toLocaleString('en')

function table(rows: readonly Record<string, string>[]): string {
  const columns = Object.keys(rows[0] ?? {})
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line(columns),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(columns.map((column) => row[column] ?? ''))),
  ].join('\n')
}
