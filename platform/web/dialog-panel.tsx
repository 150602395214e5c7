'use client'
import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { cx } from './classes.ts'

export type DialogProps = {
  open: boolean
  onClose: () => void
  title: ReactNode
  description?: ReactNode
  children: ReactNode
  footer?: ReactNode
  /** In the middle, or a sheet: from the side on wide screens, from below on a phone. */
  place?: 'middle' | 'sheet' | 'top'
  /** The title is spoken, not shown. */
  quietTitle?: boolean
}

const places = {
  middle:
    'inset-x-0 bottom-0 max-h-[92dvh] rounded-t-2xl sm:inset-auto sm:top-1/2 sm:left-1/2 sm:w-[30rem] sm:max-w-[calc(100vw-2rem)] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-2xl data-starting-style:translate-y-4 data-ending-style:translate-y-4 sm:data-starting-style:-translate-y-[48%] sm:data-ending-style:-translate-y-[48%]',
  sheet:
    'inset-x-0 bottom-0 max-h-[94dvh] rounded-t-2xl sm:inset-x-auto sm:inset-y-0 sm:end-0 sm:max-h-none sm:w-[32rem] sm:max-w-[92vw] sm:rounded-none sm:rounded-s-2xl data-starting-style:translate-y-6 data-ending-style:translate-y-6 sm:data-starting-style:translate-x-6 sm:data-starting-style:translate-y-0 sm:data-ending-style:translate-x-6 sm:data-ending-style:translate-y-0',
  top: 'top-[12vh] left-1/2 w-[36rem] max-w-[calc(100vw-1.5rem)] max-h-[70dvh] -translate-x-1/2 rounded-2xl data-starting-style:-translate-y-2 data-ending-style:-translate-y-2',
}

export default function DialogPanel({
  open,
  onClose,
  title,
  description,
  children,
  footer,
  place = 'middle',
  quietTitle,
}: DialogProps) {
  const t = useTranslations('ui.dialog')
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-backdrop transition-opacity duration-(--calm) data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup
          className={cx(
            'fixed z-50 flex flex-col border border-line bg-raised shadow-raised transition-[opacity,transform,translate] duration-(--calm) outline-none data-ending-style:opacity-0 data-starting-style:opacity-0',
            places[place],
          )}
        >
          <header className={cx('flex items-start gap-3 px-5 pt-4', quietTitle && 'sr-only')}>
            <div className="min-w-0 flex-1 py-2">
              <Dialog.Title className="text-lg font-semibold tracking-[-0.015em]">{title}</Dialog.Title>
              {description && (
                <Dialog.Description className="mt-1 text-sm text-ink-muted">{description}</Dialog.Description>
              )}
            </div>
            <Dialog.Close
              aria-label={t('close')}
              className="-me-2 inline-flex size-target items-center justify-center rounded-lg text-ink-muted hover:bg-sunken hover:text-ink"
            >
              <X aria-hidden className="size-5" />
            </Dialog.Close>
          </header>
          <div className={cx('min-h-0 flex-1 overflow-y-auto', quietTitle ? '' : 'px-5 pt-2 pb-5')}>{children}</div>
          {footer && (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
