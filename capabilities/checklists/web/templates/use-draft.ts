'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type Doc, type KeptDraft, useKeepDraft, useTemplateApi } from '../../client/index.ts'
import type { ChecklistTemplate } from '../../template.ts'
import { isSame } from './is-same.ts'

/** saved · waiting: not yet sent · saving · offline: kept here until the network is back · conflict: someone else saved. */
export type SaveState = 'saved' | 'waiting' | 'saving' | 'offline' | 'conflict' | 'refused'

const PAUSE_MS = 700
/** Between typing and the disk. */
const KEEP_MS = 200
const RETRY_MS = 5000
const MOST_STEPS = 100
/** Typing goes on in one step: what follows within this time is undone with it. */
const ONE_STEP_MS = 900

type History = { past: Doc[]; now: Doc; future: Doc[]; at: number }

/**
 * A draft that saves itself, with the way back. What the server does not have is on this device's disk until it does:
 * `kept` is what was found there. It is put back, and saved as if it had just been written, over what it was written on.
 */
export function useDraft(template: ChecklistTemplate, kept: KeptDraft | undefined) {
  const call = useTemplateApi()
  const keep = useKeepDraft(template.id)
  const [restored, setRestored] = useState(() => (kept && !isSame(kept.doc, docOf(template)) ? kept : undefined))
  const [history, setHistory] = useState<History>(() => begin(docOf(template), restored?.doc))
  const [state, setState] = useState<SaveState>('saved')
  const [isKept, setIsKept] = useState(restored !== undefined)
  const isSafe = useRef(isKept)
  const [error, setError] = useState<unknown>()
  const [isChanged, setIsChanged] = useState(template.isChanged)
  const server = useRef({ revision: (restored?.template ?? template).revision, saved: history.past[0] ?? history.now })
  const base = useRef(template)
  base.current = template
  const first = useRef(server.current.saved)
  /** Sent, and never answered: it may have arrived. */
  const unanswered = useRef(restored?.sent)
  /** What this device holds of this template. */
  const here = useRef<Omit<KeptDraft, 'template'> & { revision: number }>(
    kept && { ...kept, revision: kept.template.revision },
  )
  const latest = useRef(history.now)
  latest.current = history.now
  const isSending = useRef(false)

  const keepNow = useCallback(async () => {
    const { revision, saved } = server.current
    const doc = latest.current
    if (doc === saved) {
      const isHere = here.current !== undefined
      here.current = undefined
      if (isHere) await keep(undefined)
      return
    }
    const before = here.current
    const sent = unanswered.current
    if (before?.doc === doc && before.revision === revision && before.sent === sent) return
    const at = before?.doc === doc ? before.at : Date.now()
    here.current = { doc, revision, sent, at }
    const isKept = await keep({ at, template: { ...base.current, ...saved, revision }, doc, sent })
    isSafe.current = isKept && latest.current === doc
    setIsKept(isKept)
  }, [keep])

  /** What was saved meanwhile is this, or what was sent from here before and never answered. */
  const isOurs = useCallback(
    async (doc: Doc) => {
      const asked = call('GET /checklist-templates/{id}', { params: { id: template.id } })
      const theirs = await asked.catch(() => undefined)
      const ours = theirs && [doc, unanswered.current].find((one) => one && isSame(docOf(theirs), one))
      if (!ours) return false
      server.current = { revision: theirs.revision, saved: ours }
      setIsChanged(theirs.isChanged)
      return true
    },
    [call, template.id],
  )

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
      } catch (problem) {
        const after = stateOf(problem)
        if (after !== 'conflict' || !(await isOurs(doc))) {
          if (after === 'offline') unanswered.current = doc
          void keepNow()
          setError(problem)
          setState(after)
          break
        }
      }
      unanswered.current = undefined
      void keepNow()
      setError(undefined)
      setState('saved')
    }
    isSending.current = false
  }, [call, isOurs, keepNow, template.id])

  // biome-ignore lint/correctness/useExhaustiveDependencies: what stands here changed
  useEffect(() => {
    const timer = setTimeout(keepNow, KEEP_MS)
    return () => clearTimeout(timer)
  }, [history.now, keepNow])

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
      if (latest.current !== server.current.saved && !isSafe.current) event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => {
      window.removeEventListener('beforeunload', warn)
      // Left within the app: what is not sent yet is kept, and sent now.
      void keepNow().then(push)
    }
  }, [push, keepNow])

  const change = useCallback((how: (now: Doc) => Doc) => {
    const at = Date.now()
    isSafe.current = false
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
    setRestored(undefined)
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
    if (!isSame(doc, latest.current)) takeTheirs(after)
  }

  return {
    doc: history.now,
    change,
    undo: history.past.length > 0 ? undo : undefined,
    redo: history.future.length > 0 ? redo : undefined,
    state,
    /** It is on this device's disk: the page may be closed. */
    isKept,
    /** When what was found on this device was written. */
    restoredAt: restored?.at,
    /** What was found is let go, and can be had back by undoing. */
    letGo: () => {
      const before = first.current
      setRestored(undefined)
      change(() => before)
      if (before === server.current.saved) setState('saved')
    },
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

const begin = (saved: Doc, kept: Doc | undefined): History =>
  kept ? { past: [saved], now: kept, future: [], at: 0 } : { past: [], now: saved, future: [], at: 0 }

const docOf = ({ name, category, draft }: ChecklistTemplate): Doc => ({ name, category, draft })

function stateOf(problem: unknown): SaveState {
  const { name, code } = problem as { name?: string; code?: string }
  if (name === 'Unreachable') return 'offline'
  return code === 'checklists.template_changed_meanwhile' ? 'conflict' : 'refused'
}
