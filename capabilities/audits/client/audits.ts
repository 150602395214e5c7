import { useApi } from '@opsflow/platform/client/api-context'
import { useRows } from '@opsflow/platform/client/sync/use-replica'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { AUDIT, type Audit } from '../audit.ts'
import type { auditRoutes } from '../audit-routes.ts'
import { before } from '../before.ts'
import type { importedAuditRoutes } from '../imported-routes.ts'
import type { AuditType } from '../scoring.ts'

type Routes = typeof auditRoutes

/** What a checklist came to last, as this device knows. Undefined: nothing has been heard of it yet. */
export function useAuditHere(checklistId: string): Audit | undefined {
  const rows = useRows<Audit>(AUDIT)
  return useMemo(
    () =>
      rows
        .filter((audit) => audit.checklistId === checklistId)
        .sort((one, other) => Date.parse(other.scoredAt) - Date.parse(one.scoredAt))[0],
    [rows, checklistId],
  )
}

/** The same from the server, of one that has left this device. */
export function useAuditOf(checklistId: string, enabled: boolean) {
  const call = useApi<Routes>()
  return useQuery({
    enabled,
    queryKey: ['audits', 'of', checklistId],
    queryFn: async ({ signal }) =>
      (await call('GET /audits', { query: { checklistId, limit: 1 }, signal })).items[0] ?? null,
  })
}

/** The audit of the same template at the same place before this one. Only the server knows it: undefined without a network. */
export function useAuditBefore(audit: Audit | undefined) {
  const call = useApi<Routes>()
  return useQuery({
    enabled: audit !== undefined,
    queryKey: ['audits', 'before', audit?.id],
    queryFn: async ({ signal }) => {
      if (!audit) return null
      const { locationId, templateId, auditDate: to } = audit
      const { items } = await call('GET /audits', { query: { locationId, templateId, to, limit: 10 }, signal })
      return before(audit, items)
    },
  }).data
}

/** How locations stand against each other. Only the server knows them all. */
export function useLeague(asked: { from: string; to: string; auditType: AuditType | undefined }) {
  const call = useApi<Routes>()
  return useQuery({
    queryKey: ['audits', 'league', asked],
    queryFn: async ({ signal }) => (await call('GET /audits/league', { query: asked, signal })).items,
  })
}

export type AuditsAsked = { locationId: string | undefined; auditType: AuditType | undefined }

/** Page after page, the latest first. What this device hears of is looked for again. */
export function useAudits({ locationId, auditType }: AuditsAsked) {
  const call = useApi<Routes>()
  const queries = useQueryClient()
  const heard = useRows<Audit>(AUDIT).length
  const shown = useRef(heard)
  useEffect(() => {
    if (shown.current === heard) return
    shown.current = heard
    void queries.invalidateQueries({ queryKey: ['audits'] })
  }, [heard, queries])
  return useInfiniteQuery({
    queryKey: ['audits', locationId, auditType],
    queryFn: ({ pageParam, signal }) =>
      call('GET /audits', { query: { locationId, auditType, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  })
}

/** Audits that others did, page after page, the latest first. Only the server knows them. */
export function useImported({ locationId, auditType }: AuditsAsked, disagrees = false) {
  const call = useApi<typeof importedAuditRoutes>()
  return useInfiniteQuery({
    queryKey: ['audits', 'imported', locationId, auditType, disagrees],
    queryFn: ({ pageParam, signal }) => {
      const query = {
        locationId,
        auditType,
        limit: 50,
        cursor: pageParam,
        ...(disagrees && { disagrees: 'true' as const }),
      }
      return call('GET /imported-audits', { query, signal })
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  })
}

/** One of them with all that its file said. */
export function useImportedAudit(id: string) {
  const call = useApi<typeof importedAuditRoutes>()
  return useQuery({
    queryKey: ['audits', 'imported', 'one', id],
    queryFn: ({ signal }) => call('GET /imported-audits/{id}', { params: { id }, signal }),
  })
}
