import { Button, useErrorText } from '@opsflow/platform/web'
import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { type Progress, type VerifiedExport, verifyExport } from '../client/index.ts'

type State =
  | { at: 'rest' }
  | { at: 'checking'; progress: Progress }
  | { at: 'found'; found: VerifiedExport }
  | { at: 'failed'; error: unknown }

/** One verification at a time; leaving the page stops it. */
export function useVerification(log: string) {
  const [state, setState] = useState<State>({ at: 'rest' })
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  return {
    state,
    async verify(url: string) {
      const work = new AbortController()
      running.current = work
      setState({ at: 'checking', progress: { lines: 0, share: 0 } })
      try {
        const found = await verifyExport(url, log, (progress) => setState({ at: 'checking', progress }), work.signal)
        setState({ at: 'found', found })
      } catch (error) {
        setState(work.signal.aborted ? { at: 'rest' } : { at: 'failed', error })
      }
    },
    stop: () => running.current?.abort(),
  }
}

/** What is being checked, and what it came to. Sentences of the verifier itself are English, as in its file. */
export function Verification({ state, onStop }: { state: State; onStop: () => void }) {
  return (
    <div aria-live="polite" className="grid gap-3">
      {state.at === 'checking' && <Checking progress={state.progress} onStop={onStop} />}
      {state.at === 'failed' && <Failed error={state.error} />}
      {state.at === 'found' && <Found found={state.found} />}
    </div>
  )
}

/** The file is whole before its first byte comes: until then there is nothing to measure by. */
function Checking({ progress: { lines, share }, onStop }: { progress: Progress; onStop: () => void }) {
  const t = useTranslations('ledger')
  const words = lines === 0 ? t('gathering') : t('verifying', { lines })
  return (
    <div className="flex flex-wrap items-center gap-3 text-[0.9375rem] text-ink-muted">
      <progress aria-label={t('verify')} className="w-40 accent-accent" {...(lines > 0 && { value: share })} />
      <span className="tabular-nums">{words}</span>
      <Button onClick={onStop}>{t('stop')}</Button>
    </div>
  )
}

export function Failed({ error }: { error: unknown }) {
  const t = useTranslations('ledger')
  const errorText = useErrorText()
  const isUnsigned = error instanceof DOMException && error.name === 'NotSupportedError'
  return (
    <Outcome tone="warn">{isUnsigned ? t('unsigned') : t('failed', { problem: errorText(error as Error) })}</Outcome>
  )
}

function Found({ found }: { found: VerifiedExport }) {
  const t = useTranslations('ledger')
  const format = useFormatter()
  const { wrong, notes, events, records, headAt, keptHeads } = found
  if (wrong.length > 0) {
    return (
      <Outcome tone="danger" title={t('wrong')}>
        <p>{t('wrongText')}</p>
        <p lang="en" className="mt-1 font-medium">
          {wrong[0]}
        </p>
      </Outcome>
    )
  }
  const at = format.dateTime(new Date(headAt), { dateStyle: 'medium', timeStyle: 'medium' })
  return (
    <Outcome tone="ok" title={t('holds')}>
      <p>{t('holdsText', { events, records, at })}</p>
      <p>{t(keptHeads > 0 ? 'compared' : 'first')}</p>
      {notes.map((note) => (
        <p key={note} lang="en" className="mt-1 text-sm text-ink-muted">
          {note}
        </p>
      ))}
    </Outcome>
  )
}

const LOOKS = {
  ok: { box: 'border-ok/40 bg-ok-tint', icon: CircleCheck, ink: 'text-ok' },
  warn: { box: 'border-warn/40 bg-warn-tint', icon: TriangleAlert, ink: 'text-warn' },
  danger: { box: 'border-danger/40 bg-danger-tint', icon: CircleX, ink: 'text-danger' },
} as const

/** What a check came to. */
export function Outcome({ tone, title, children }: { tone: keyof typeof LOOKS; title?: string; children: ReactNode }) {
  const { box, icon: Icon, ink } = LOOKS[tone]
  return (
    <div className={`flex gap-2.5 rounded-lg border px-3.5 py-2.5 text-[0.9375rem] leading-snug ${box}`}>
      <Icon aria-hidden className={`mt-0.5 size-5 shrink-0 ${ink}`} />
      <div className="grid min-w-0 gap-1 wrap-anywhere">
        {title && <p className="font-semibold">{title}</p>}
        {children}
      </div>
    </div>
  )
}
