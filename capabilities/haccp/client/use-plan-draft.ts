import { useApi } from '@opsflow/platform/client/api-context'
import { useCallback, useEffect, useRef, useState } from 'react'
import { afterMerge, type DraftHistory, emptyHistory, noted, redone, undone } from '../draft-history.ts'
import type { HaccpPlan } from '../haccp-plan.ts'
import { merged } from '../merged.ts'
import type { PlanContent } from '../plan.ts'
import type { haccpRoutes } from '../routes.ts'
import type { Step } from '../words.ts'

/** saved · waiting: not yet sent · saving · offline: kept here until the network is back · conflict: someone else saved. */
export type SaveState = 'saved' | 'waiting' | 'saving' | 'offline' | 'conflict' | 'refused'

/** Where in the builder someone is: what is undone is shown where it was done. */
export type Place = Step | 'sign'

const PAUSE_MS = 700
const RETRY_MS = 5000

/** A draft that saves itself, with the way back. What cannot be sent stays here and is sent when it can. */
export function usePlanDraft(plan: HaccpPlan, at: Place, goTo: (at: Place) => void) {
  const call = useApi<typeof haccpRoutes>()
  const [draft, setDraft] = useState(plan.draft)
  const [state, setState] = useState<SaveState>('saved')
  const [error, setError] = useState<unknown>()
  const [history, setHistory] = useState<DraftHistory<Place>>(emptyHistory)
  const server = useRef({ revision: plan.revision, saved: plan.draft })
  const latest = useRef(draft)
  latest.current = draft
  const isSending = useRef(false)

  const push = useCallback(async () => {
    if (isSending.current) return
    isSending.current = true
    while (latest.current !== server.current.saved) {
      const sent = latest.current
      setState('saving')
      try {
        const body = { revision: server.current.revision, draft: sent }
        const told = await call('PUT /haccp-plans/{id}/draft', { params: { id: plan.id }, body })
        // The server takes a confirmation back when the diagram changed since.
        const next = { ...sent, confirmation: told.draft.confirmation }
        server.current = { revision: told.revision, saved: sent }
        if (sent.confirmation !== null && told.draft.confirmation === null) {
          server.current.saved = latest.current === sent ? next : sent
          setDraft((now) => (now === sent ? next : { ...now, confirmation: null }))
          latest.current = latest.current === sent ? next : latest.current
        }
        setError(undefined)
        setState('saved')
      } catch (problem) {
        setError(problem)
        setState(stateOf(problem))
        break
      }
    }
    isSending.current = false
  }, [call, plan.id])

  useEffect(() => {
    if (draft === server.current.saved) return
    setState((before) => (before === 'conflict' ? before : 'waiting'))
    const timer = setTimeout(push, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [draft, push])

  useEffect(() => {
    if (state !== 'offline') return
    const timer = setInterval(push, RETRY_MS)
    return () => clearInterval(timer)
  }, [state, push])

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (latest.current !== server.current.saved) event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => {
      window.removeEventListener('beforeunload', warn)
      void push() // left within the app: what is not sent yet is sent now
    }
  }, [push])

  const place = useRef(at)
  place.current = at
  const put = useCallback((next: PlanContent) => {
    latest.current = next
    setDraft(next)
  }, [])
  const change = useCallback(
    (part: Partial<PlanContent>) => {
      const before = latest.current
      const after = { ...before, ...part }
      put(after)
      setHistory((all) => noted(all, { before, after, at: place.current }, Date.now()))
    },
    [put],
  )
  const take = (way: typeof undone<Place>) => {
    const taken = way(history, latest.current)
    if (!taken) return
    put(taken.draft)
    setHistory(taken.history)
    if (taken.at !== at) goTo(taken.at)
  }

  /** After someone else saved: mine stands where I wrote, theirs elsewhere, and is saved as that. */
  const keepMine = useCallback(async () => {
    try {
      const theirs = await call('GET /haccp-plans/{id}', { params: { id: plan.id } })
      const kept = merged(server.current.saved, latest.current, theirs.draft)
      server.current = { revision: theirs.revision, saved: theirs.draft }
      const mine = latest.current
      put(kept)
      setHistory((all) => afterMerge(all, mine, kept))
      setState('waiting')
      await push()
    } catch (problem) {
      setError(problem)
    }
  }, [call, plan.id, push, put])

  return {
    ...{ draft, change, state, error, retry: push, keepMine, revision: () => server.current.revision },
    undo: history.past.length > 0 ? () => take(undone) : undefined,
    redo: history.future.length > 0 ? () => take(redone) : undefined,
  }
}
export type PlanDraft = ReturnType<typeof usePlanDraft>

function stateOf(problem: unknown): SaveState {
  const { name, code } = problem as { name?: string; code?: string }
  if (name === 'Unreachable') return 'offline'
  return code === 'haccp.changed_meanwhile' ? 'conflict' : 'refused'
}
