import { useApi } from '@opsflow/platform/client/api-context'
import { useRow } from '@opsflow/platform/client/sync/use-replica'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { taskRoutes } from '../routes.ts'
import { TASK } from '../sync-entities.ts'
import type { Task } from '../task.ts'
import type { TaskFilter } from '../task-filter.ts'

type Routes = typeof taskRoutes
const tasksKey = ['tasks']

/** What only the server has: asked for when someone looks beyond the local copy. */
export function useOlderTasks(query: TaskFilter, enabled: boolean) {
  const call = useApi<Routes>()
  return useInfiniteQuery({
    enabled,
    queryKey: [...tasksKey, 'list', query],
    queryFn: ({ signal, pageParam }) =>
      call('GET /tasks', { query: { limit: 50, cursor: pageParam, ...query }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
}

/** Of a node of the tree, due within a span of time, from the server: of the past, devices hold only the last days. */
export type DueTasks = TaskFilter & { groupId?: string; dueFrom?: string; dueUntil?: string }

export function useDueTasks(query: DueTasks, enabled = true) {
  const call = useApi<Routes>()
  return useInfiniteQuery({
    enabled,
    queryKey: [...tasksKey, 'due', query],
    queryFn: ({ signal, pageParam }) =>
      call('GET /tasks', { query: { limit: 200, cursor: pageParam, sort: 'due', ...query }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
}

/** All of them: a week of one location. */
export function useEveryDueTask(query: DueTasks, enabled = true) {
  const call = useApi<Routes>()
  return useQuery({
    enabled,
    queryKey: [...tasksKey, 'every-due', query],
    queryFn: async ({ signal }) => {
      const items: Task[] = []
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await call('GET /tasks', { query: { limit: 200, cursor, sort: 'due', ...query }, signal })
        items.push(...page.items)
        cursor = page.nextCursor
      }
      return items
    },
  })
}

/** One task: from the local copy, and where that does not hold it any more, from the server. */
export function useTask(id: string) {
  const call = useApi<Routes>()
  const here = useRow<Task>(TASK, id)
  const asked = useQuery({
    enabled: here === undefined,
    queryKey: [...tasksKey, 'one', id],
    queryFn: ({ signal }) => call('GET /tasks/{id}', { params: { id }, signal }),
  })
  return { task: here ?? asked.data, isHere: here !== undefined, error: asked.error, refetch: asked.refetch }
}

/** Why it is overdue, or was missed; null takes that back. */
export function useExcuseTask() {
  const call = useApi<Routes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ id, reason }: { id: string; reason: string | null }) =>
      reason === null
        ? call('DELETE /tasks/{id}/excuse', { params: { id } })
        : call('POST /tasks/{id}/excuse', { params: { id }, body: { reason } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: tasksKey }),
  })
}

async function allPages<Item>(
  ask: (cursor: string | undefined) => Promise<{ items: Item[]; nextCursor: string | null }>,
): Promise<Item[]> {
  const all: Item[] = []
  for (let cursor: string | undefined | null; cursor !== null; ) {
    const { items, nextCursor } = await ask(cursor)
    all.push(...items)
    cursor = nextCursor
  }
  return all
}

/** How it came to be as it is: asked for when someone wants to see it. */
export function useTaskHistory(id: string, enabled: boolean) {
  const call = useApi<Routes>()
  return useQuery({
    enabled,
    queryKey: [...tasksKey, 'history', id],
    queryFn: async ({ signal }) => {
      const asked = (cursor: string | undefined) => ({ params: { id }, query: { limit: 200, cursor }, signal })
      const [attempts, changes, comments] = await Promise.all([
        allPages((cursor) => call('GET /tasks/{id}/attempts', asked(cursor))),
        allPages((cursor) => call('GET /tasks/{id}/changes', asked(cursor))),
        allPages((cursor) => call('GET /tasks/{id}/comments', asked(cursor))),
      ])
      return { attempts, changes, comments }
    },
  })
}
