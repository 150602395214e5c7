'use client'
import { Button, Dialog } from '@opsflow/platform/web'
import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'

/** Mail is off, or the letter did not leave: whoever invites hands the link over. */
export function InvitationLink({ link, email, onClose }: { link: string; email: string; onClose: () => void }) {
  const t = useTranslations('account.invite')
  const [copied, setCopied] = useState(false)
  async function copy() {
    await navigator.clipboard.writeText(link)
    setCopied(true)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('handOver')}
      description={t('handOverText', { email })}
      footer={
        <>
          <Button onClick={copy}>
            {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
            {copied ? t('copied') : t('copy')}
          </Button>
          <Button look="primary" onClick={onClose}>
            {t('done')}
          </Button>
        </>
      }
    >
      <code className="block rounded-lg border border-line bg-sunken px-4 py-3 font-mono text-sm break-all">
        {link}
      </code>
    </Dialog>
  )
}
