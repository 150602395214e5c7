import { writtenLetter } from '@opsflow/platform/server/letter'
import type { Mail } from '@opsflow/platform/server/mail'
import { noticeWords } from './notice-words.ts'
import type { WayOut } from './way-out.ts'

/** By e-mail, to the address their manager knows them by. */
export const byEmail = (mail: Mail, publicUrl: string): WayOut => ({
  way: 'email',
  isOn: mail.isOn,
  async tell({ email, language }, { title, lines, url, organizationSlug }) {
    if (email === null) return 'nowhere'
    const { open, why } = noticeWords[language]
    const link = `${publicUrl}/o/${organizationSlug}${url}`
    const letter = writtenLetter(language, noticeWords[language], {
      subject: title,
      lines: [title, ...lines],
      action: open,
      url: link,
      after: [why],
    })
    return (await mail.send({ to: email, ...letter })) ? 'sent' : 'failed'
  },
})

type SendPush = (
  to: { tenantId: string; memberId: string },
  message: { title: string; body?: string; url: string; tag?: string; urgency?: 'high' | 'normal' },
) => Promise<{ sent: number; gone: number; failed: number }>

/** To every browser in which they asked for it. */
export const byPush = ({ publicKey, sendPush }: { publicKey: string | null; sendPush: SendPush }): WayOut => ({
  way: 'push',
  isOn: publicKey !== null,
  async tell({ tenantId, memberId }, { title, lines, url, tag, isUrgent }) {
    const urgency = isUrgent ? ('high' as const) : ('normal' as const)
    const { sent, failed } = await sendPush({ tenantId, memberId }, { title, body: lines.join(' '), url, tag, urgency })
    if (sent > 0) return 'sent'
    return failed > 0 ? 'failed' : 'nowhere'
  },
})
