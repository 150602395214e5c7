'use client'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

/** Asked before what cannot be undone. What can be undone is done at once, with `undo` in its toast. */
export function ConfirmDialog({
  open,
  title,
  children,
  action,
  onConfirm,
  onClose,
  busy,
  look = 'danger',
}: {
  open: boolean
  title: ReactNode
  children?: ReactNode
  /** What happens, as the button says it: "Revoke", never "OK". */
  action: ReactNode
  onConfirm: () => void
  onClose: () => void
  busy?: boolean
  look?: 'danger' | 'primary'
}) {
  const t = useTranslations('ui.dialog')
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look={look} busy={busy} onClick={onConfirm}>
            {action}
          </Button>
        </>
      }
    >
      {children && <div className="text-sm text-ink-muted">{children}</div>}
    </Dialog>
  )
}
