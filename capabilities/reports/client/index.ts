import { useApi } from '@opsflow/platform/client/api-context'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { LinkAsked } from '../link.ts'
import type { MailingAsked } from '../mailing.ts'
import type { reportRoutes } from '../routes.ts'

type Routes = typeof reportRoutes
const linksKey = ['inspector-links']
const mailingsKey = ['report-mailings']

export type PackAsked = { locationId: string; from: string; to: string }

/** What a pack would hold and what its records lack. */
export function usePackCheck(asked: PackAsked) {
  const call = useApi<Routes>()
  return useQuery({
    queryKey: ['inspector-pack', asked],
    queryFn: ({ signal }) => call('GET /inspector-packs/check', { query: asked, signal }),
  })
}

export function useInspectorLinks(locationId: string) {
  const call = useApi<Routes>()
  return useQuery({
    queryKey: [...linksKey, locationId],
    queryFn: async ({ signal }) => (await call('GET /inspector-links', { query: { locationId }, signal })).items,
  })
}

export function useGiveLink() {
  const call = useApi<Routes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: LinkAsked) => call('POST /inspector-links', { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: linksKey }),
  })
}

export function useRevokeLink() {
  const call = useApi<Routes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call('DELETE /inspector-links/{id}', { params: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: linksKey }),
  })
}

export function useVisits(id: string, enabled: boolean) {
  const call = useApi<Routes>()
  return useQuery({
    enabled,
    queryKey: [...linksKey, 'visits', id],
    queryFn: async ({ signal }) => (await call('GET /inspector-links/{id}/visits', { params: { id }, signal })).items,
  })
}

export function useMailings(locationId: string) {
  const call = useApi<Routes>()
  return useQuery({
    queryKey: [...mailingsKey, locationId],
    queryFn: ({ signal }) => call('GET /report-mailings', { query: { locationId }, signal }),
  })
}

export function useBeginMailing() {
  const call = useApi<Routes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: MailingAsked) => call('POST /report-mailings', { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: mailingsKey }),
  })
}

export function useEndMailing() {
  const call = useApi<Routes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call('DELETE /report-mailings/{id}', { params: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: mailingsKey }),
  })
}

/** What waits, failed, or may not have left is sent at the next look. */
export function useTakeOverMailing() {
  const call = useApi<Routes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call('POST /report-mailings/{id}/takeover', { params: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: mailingsKey }),
  })
}

export function useReleaseSending() {
  const call = useApi<Routes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call('POST /report-sendings/{id}/release', { params: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: mailingsKey }),
  })
}

/** What is kept of a paper, by the code on it, without signing in. */
export function usePaper(code: string) {
  const call = useApi<Routes>()
  return useQuery({
    enabled: code !== '',
    queryKey: ['paper', code],
    queryFn: ({ signal }) => call('POST /papers/verifications', { body: { code }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
}

/** What a link leads to, without signing in. Asked once: each time is noted. */
export function useInspection(secret: string) {
  const call = useApi<Routes>()
  return useQuery({
    enabled: secret !== '',
    queryKey: ['inspection', secret],
    queryFn: ({ signal }) => call('POST /inspections', { body: { secret }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    retry: false,
  })
}

/** The logo of whoever gave the link, as an address of this page; undefined until it is here, or where it is not. */
export function useLogoOf(secret: string): string | undefined {
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    const leave = new AbortController()
    let made: string | undefined
    const request = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ secret }),
      signal: leave.signal,
    }
    fetch('/api/v1/inspections/logo.png', request)
      .then(async (response) => {
        if (!response.ok || leave.signal.aborted) return
        made = URL.createObjectURL(await response.blob())
        setAddress(made)
      })
      .catch(() => undefined)
    return () => {
      leave.abort()
      if (made) URL.revokeObjectURL(made)
    }
  }, [secret])
  return address
}
