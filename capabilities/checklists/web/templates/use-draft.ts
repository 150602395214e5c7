'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTemplateApi } from '../../client/index.ts'
import type { Category, ChecklistTemplate, DraftContent } from '../../template.ts'

/** All that is edited. */
export type Doc = { name: string; category: Category; draft: DraftContent }

/** saved · waiting: not yet sent · saving · offline: kept here until the network is back · conflict: someone else saved. */
export type SaveState = 'saved' | 'waiting' | 'saving' | 'offline' | 'conflict' | 'refused'

const PAUSE_MS = 700
const RETRY_MS = 5000
const MOST_STEPS = 100
/** Typing goes on in one step: what follows within this time is undone with it. */
const ONE_STEP_MS = 900

type History = { past: Doc[]; now: Doc; future: Doc[]; at: number }

/** A draft that saves itself, with the way back. What cannot be sent stays here and is sent when it can. */
export function useDraft(template: ChecklistTemplate) {
  const call = useTemplateApi()
  const [history, setHistory] = useState<History>(() => ({ past: [], now: docOf(template), future: [], at: 0 }))
  const [state, setState] = useState<SaveState>('saved')
  const [error, setError] = useState<unknown>()
  const [isChanged, setIsChanged] = useState(template.isChanged)
  const server = useRef({ revision: template.revision, saved: history.now })
  const latest = useRef(history.now)
  latest.current = history.now
  const isSending = useRef(false)

  const push = useCallback(async () => {
    if (isSending.current) return
    isSending.current = true
    while (latest.current !== server.current.saved) {
      const doc = latest.current
      setState('saving')
      try {
        const body = { revision: server.current.revision, ...doc }
        const { revision, isChanged } = await call('PATCH /checklist-templates/{id}', {
          params: { id: template.id },
          body,
        })
        server.current = { revision, saved: doc }
        setIsChanged(isChanged)
        setError(undefined)
        setState('saved')
      } catch (problem) {
        setError(problem)
        setState(stateOf(problem))
        break
      }
    }
    isSending.current = false
  }, [call, template.id])

  useEffect(() => {
    if (history.now === server.current.saved) return
    setState((before) => (before === 'conflict' ? before : 'waiting'))
    const timer = setTimeout(push, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [history.now, push])

  useEffect(() => {
    if (state !== 'offline') return
    const timer = setInterval(push, RETRY_MS)
    window.addEventListener('online', push)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', push)
    }
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

  const change = useCallback((how: (now: Doc) => Doc) => {
    const at = Date.now()
    setHistory(({ past, now, at: before }) => {
      const next = how(now)
      const isSameStep = at - before < ONE_STEP_MS && past.length > 0
      return { past: isSameStep ? past : [...past, now].slice(-MOST_STEPS), now: next, future: [], at }
    })
  }, [])
  const undo = () =>
    setHistory(({ past, now, future }) => {
      const before = past.at(-1)
      return before
        ? { past: past.slice(0, -1), now: before, future: [now, ...future], at: 0 }
        : { past, now, future, at: 0 }
    })
  const redo = () =>
    setHistory(({ past, now, future }) => {
      const [next, ...rest] = future
      return next ? { past: [...past, now], now: next, future: rest, at: 0 } : { past, now, future, at: 0 }
    })

  /** What another saved is taken instead of what stands here. */
  const takeTheirs = (theirs: ChecklistTemplate) => {
    const doc = docOf(theirs)
    server.current = { revision: theirs.revision, saved: doc }
    setIsChanged(theirs.isChanged)
    setHistory(({ past, now }) => ({ past: [...past, now], now: doc, future: [], at: 0 }))
    setState('saved')
  }
  /** What stands here is saved over what another saved. */
  const keepMine = (theirs: Pick<ChecklistTemplate, 'revision'>) => {
    server.current = { ...server.current, revision: theirs.revision }
    void push()
  }
  /** A publication or roll-back made the next revision. */
  const follow = (after: ChecklistTemplate) => {
    const doc = docOf(after)
    server.current = { revision: after.revision, saved: latest.current }
    setIsChanged(after.isChanged)
    if (JSON.stringify(doc) !== JSON.stringify(latest.current)) takeTheirs(after)
  }

  return {
    doc: history.now,
    change,
    undo: history.past.length > 0 ? undo : undefined,
    redo: history.future.length > 0 ? redo : undefined,
    state,
    /** The draft says something else than what is in use, as the server last said. */
    isChanged: isChanged || state !== 'saved',
    error,
    retry: push,
    revision: () => server.current.revision,
    takeTheirs,
    keepMine,
    follow,
  }
}

const docOf = ({ name, category, draft }: ChecklistTemplate): Doc => ({ name, category, draft })

function stateOf(problem: unknown): SaveState {
  const { name, code } = problem as { name?: string; code?: string }
  if (name === 'Unreachable') return 'offline'
  return code === 'checklists.template_changed_meanwhile' ? 'conflict' : 'refused'
}
