'use client'
import { Button, Dialog, QrCode } from '@opsflow/platform/web'
import { useFormatter, useTranslations } from 'use-intl'
import { addressOfTablet } from './address.ts'

export type Code = { code: string | null; path: string | null; expiresAt: string }

/** The code on the one occasion it can be read: to type, and to scan. */
export function CodeDialog({ code, onClose }: { code: Code | undefined; onClose: () => void }) {
  const t = useTranslations('kiosks.manage')
  const format = useFormatter()
  const time = code ? format.dateTime(new Date(code.expiresAt), { hour: 'numeric', minute: '2-digit' }) : ''
  return (
    <Dialog
      open={code !== undefined}
      onClose={onClose}
      title={t('codeTitle')}
      description={code?.code ? t('codeText', { address: addressOfTablet(), time }) : t('codeLost')}
      footer={
        <Button look="primary" onClick={onClose}>
          {t('done')}
        </Button>
      }
    >
      {code?.code && code.path && (
        <div className="grid justify-items-center gap-4">
          <p dir="ltr" className="font-mono text-4xl font-semibold tracking-[0.12em] select-all">
            {code.code}
          </p>
          <QrCode
            text={`${location.origin}${code.path}`}
            label={t('qr')}
            className="size-56 rounded-xl border border-line"
          />
        </div>
      )}
    </Dialog>
  )
}
