'use client'
import { CircleCheck, TriangleAlert, X } from 'lucide-react'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'

type Toast = { message: ReactNode; tone?: 'ok' | 'danger'; undo?: () => void }
type Shown = Toast & { id: number }

const shownMs = 7000
const ToastContext = createContext<(toast: Toast) => void>(() => {})

/** Says briefly that something was done, and lets it be undone. */
export const useToast = () => useContext(ToastContext)

let lastId = 0

export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useTranslations('ui.toast')
  const [toasts, setToasts] = useState<Shown[]>([])
  const show = useCallback((toast: Toast) => setToasts((now) => [...now.slice(-2), { ...toast, id: ++lastId }]), [])
  const dismiss = useCallback((id: number) => setToasts((now) => now.filter((toast) => toast.id !== id)), [])
  return (
    <ToastContext value={show}>
      {children}
      <section
        aria-label={t('label')}
        aria-live="polite"
        className="pointer-events-none fixed inset-x-0 bottom-[calc(var(--foot)+1rem)] z-[60] flex flex-col items-center gap-2 px-4"
      >
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} onDismiss={dismiss} />
        ))}
      </section>
    </ToastContext>
  )
}

function ToastCard({ toast, onDismiss }: { toast: Shown; onDismiss: (id: number) => void }) {
  const t = useTranslations('ui.toast')
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => onDismiss(toast.id), shownMs)
    return () => clearTimeout(timer)
  }, [held, onDismiss, toast.id])
  const Shape = toast.tone === 'danger' ? TriangleAlert : CircleCheck
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a pointer or the focus on it only keeps it from going away
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex w-full max-w-md animate-[appear_var(--calm)_var(--ease)] items-center gap-3 rounded-xl border border-line bg-raised py-1 ps-4 pe-1 text-sm shadow-raised"
    >
      <Shape
        aria-hidden
        className={toast.tone === 'danger' ? 'size-5 shrink-0 text-danger' : 'size-5 shrink-0 text-ok'}
      />
      <span className="min-w-0 flex-1 py-2">{toast.message}</span>
      {toast.undo && (
        <button
          type="button"
          className="min-h-target rounded-lg px-3 font-medium text-accent-ink hover:bg-sunken"
          onClick={() => {
            toast.undo?.()
            onDismiss(toast.id)
          }}
        >
          {t('undo')}
        </button>
      )}
      <button
        type="button"
        aria-label={t('dismiss')}
        className="inline-flex size-target items-center justify-center rounded-lg text-ink-muted hover:bg-sunken"
        onClick={() => onDismiss(toast.id)}
      >
        <X aria-hidden className="size-4" />
      </button>
    </div>
  )
}
