'use client'
import { Button, Dialog } from '@opsflow/platform/web'
import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'

/** A secret on the one occasion it can be read. */
export function ShownOnce({ secret, onClose }: { secret: string | null | undefined; onClose: () => void }) {
  const t = useTranslations('people.shownOnce')
  const [copied, setCopied] = useState(false)
  async function copy() {
    await navigator.clipboard.writeText(secret ?? '')
    setCopied(true)
  }
  return (
    <Dialog
      open={secret !== undefined}
      onClose={onClose}
      title={t('title')}
      description={secret === null ? t('lost') : t('text')}
      footer={
        <Button look="primary" onClick={onClose}>
          {t('done')}
        </Button>
      }
    >
      {secret && (
        <div className="flex items-center gap-2 rounded-lg border border-line bg-sunken ps-4">
          <code className="min-w-0 flex-1 py-3 font-mono text-sm break-all">{secret}</code>
          <Button look="quiet" onClick={copy}>
            {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
            {copied ? t('copied') : t('copy')}
          </Button>
        </div>
      )}
    </Dialog>
  )
}
