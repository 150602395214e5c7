'use client'
import { Button, Dialog } from '@opsflow/platform/web'
import { Check, Copy, Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'

/** Recovery codes on the one occasion they can be read. */
export function RecoveryCodes({ codes, onClose }: { codes: readonly string[] | undefined; onClose: () => void }) {
  const t = useTranslations('account.recoveryCodes')
  const [copied, setCopied] = useState(false)
  async function copy() {
    await navigator.clipboard.writeText((codes ?? []).join('\n'))
    setCopied(true)
  }
  return (
    <Dialog
      open={codes !== undefined}
      onClose={onClose}
      title={t('title')}
      description={t('text')}
      footer={
        <>
          <Button onClick={copy}>
            {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
            {copied ? t('copied') : t('copy')}
          </Button>
          <Button onClick={() => window.print()}>
            <Printer aria-hidden />
            {t('print')}
          </Button>
          <Button look="primary" onClick={onClose}>
            {t('done')}
          </Button>
        </>
      }
    >
      <ol className="grid gap-x-8 gap-y-2 rounded-lg border border-line bg-sunken px-5 py-4 font-mono text-[0.9375rem] tabular-nums sm:grid-cols-2">
        {(codes ?? []).map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
    </Dialog>
  )
}
