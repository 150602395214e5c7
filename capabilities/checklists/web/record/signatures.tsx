'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { DoubtfulTime, StatusBadge } from '@opsflow/platform/web'
import { useEffect, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { Answer } from '../../answer.ts'
import type { Checklist, SignOff } from '../../checklist.ts'
import { digestOf } from '../../client/index.ts'
import type { ChecklistForm } from '../../form.ts'
import { signedWith } from '../../signed-text.ts'

type Props = { list: Checklist; form: ChecklistForm; answers: readonly Answer[] }

/** Who signed, what that means, and whether it is still what stands: made anew by this browser, not taken on trust. */
export function Signatures({ list, form, answers }: Props) {
  const t = useTranslations('doing.record')
  if (list.signOffs.length === 0) return null
  return (
    <section className="break-inside-avoid">
      <h2 className="mb-2 text-lg font-semibold tracking-[-0.01em]">{t('signatures')}</h2>
      <ul className="divide-y divide-line rounded-xl border border-line bg-surface shadow-card print:shadow-none">
        {list.signOffs.map((signed) => (
          <li key={signed.id} className="px-4 py-3 sm:px-5">
            <Signed signed={signed} list={list} form={form} answers={answers} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Signed({ signed, list, form, answers }: Props & { signed: SignOff }) {
  const t = useTranslations('doing.record')
  const format = useFormatter()
  const viewer = useViewer()
  const timeZone = viewer.locations.find(({ id }) => id === list.locationId)?.timezone
  const isIt = useDigest(signed, { list, form, answers })
  const time = format.dateTime(new Date(signed.at), {
    dateStyle: 'medium',
    timeStyle: 'medium',
    ...(timeZone && { timeZone }),
  })
  return (
    <div className="grid gap-1">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="font-medium">
          {t(`meaning.${signed.meaning}`)} · {signed.by?.name ?? t('someone')}
        </p>
        {isIt === undefined ? (
          <span className="text-sm text-ink-muted">{t('checking')}</span>
        ) : (
          <StatusBadge tone={isIt ? 'ok' : 'warn'}>{t(isIt ? 'matches' : 'differs')}</StatusBadge>
        )}
      </div>
      <p className="flex flex-wrap gap-x-2 text-sm text-ink-muted">
        <span>{time}</span>
        {signed.timeQuality === 'doubtful' && <DoubtfulTime />}
        {signed.kiosk && <span>{signed.kiosk.name}</span>}
        <span>{t(`how.${signed.signature}`)}</span>
      </p>
      {signed.note && <p className="text-[0.9375rem]">{signed.note}</p>}
      <p className="text-xs text-ink-muted">
        {t('digest')}: <code className="break-all">{signed.digest}</code>
      </p>
    </div>
  )
}

/** As the server compares: with all that stands, or with what had been answered by then. */
function useDigest({ digest, at, presences = [] }: SignOff, { list, form, answers }: Props): boolean | undefined {
  const [isIt, setIsIt] = useState<boolean>()
  useEffect(() => {
    let isGone = false
    const shown = signedWith(list, presences)
    const byThen = answers.filter(({ answeredAt }) => Date.parse(answeredAt) <= Date.parse(at))
    void Promise.all([digestOf(form, shown, answers), digestOf(form, shown, byThen)]).then((made) => {
      if (!isGone) setIsIt(made.includes(digest))
    })
    return () => {
      isGone = true
    }
  }, [digest, at, presences, list, form, answers])
  return isIt
}
