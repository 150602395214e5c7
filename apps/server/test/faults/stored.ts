import type { Caller } from '../kitchen.ts'
import type { Stored } from './check-history.ts'
import type { History } from './history.ts'
import type { Customer, House } from './house.ts'

/** What lies in the database, whoever it belongs to: no policy hides anything from the superuser. */
export async function storedBySuperuser({ rows, customers }: Pick<House, 'rows' | 'customers'>): Promise<Stored[]> {
  const marks = customers.map(({ mark }) => `${mark}-%`)
  const { rows: found } = await rows.query<{ tenantId: string; marker: string; record: string | null }>(
    `select tenant_id as "tenantId", title as marker, null as record from tasks where title like any ($1)
     union all
     (select tenant_id, text, task_id::text from task_comments where text like any ($1) order by task_id, made_at, id)
     union all
     select tenant_id, note, null from temperature_logs where note like any ($1)
     union all
     select tenant_id, unit_id || '@' || to_char(measured_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), null
       from temperature_logs where sensor_id is not null`,
    [marks],
  )
  const markOf = new Map(customers.map(({ tenantId, mark }) => [tenantId, mark]))
  return found.map(({ tenantId, marker, record }) => ({
    mark: markOf.get(tenantId) ?? tenantId,
    marker,
    record: record ?? undefined,
  }))
}

/** The same as each customer is told by the API. */
export async function storedByApi(
  history: History,
  readers: readonly { customer: Customer; caller: Caller }[],
): Promise<Stored[]> {
  const found: Stored[] = []
  for (const { customer, caller } of readers) {
    const { mark } = customer
    const read = async (path: string) => {
      const told = await caller.ask('GET', path)
      if (told.status !== 200) throw new Error(`GET ${path}: ${told.status} ${told.text}`)
      history.look('reader', mark, `GET ${path.split('?')[0]}`, told.text)
      return told.body
    }
    // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests
    const each = async (path: string, visit: (item: any) => void) => {
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page = await read(`${path}?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
        page.items.forEach(visit)
        cursor = page.nextCursor
      }
    }
    const threads: string[] = []
    await each('/tasks', ({ id, title, commentCount }) => {
      if (title.startsWith(`${mark}-`)) found.push({ mark, marker: title })
      if (commentCount > 0) threads.push(id)
    })
    for (const record of threads) {
      await each(`/tasks/${record}/comments`, ({ text }) => found.push({ mark, marker: text, record }))
    }
    await each('/temperature-logs', ({ unitId, measuredAt, sensorId, note }) => {
      if (sensorId) found.push({ mark, marker: `${unitId}@${new Date(measuredAt).toISOString()}` })
      else if (note !== '') found.push({ mark, marker: note })
    })
  }
  return found
}
