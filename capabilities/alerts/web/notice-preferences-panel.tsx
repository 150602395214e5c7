'use client'
import { Checkbox, ErrorState, Field, Input, Panel, SkeletonRows, Switch, useToast } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { useNoticePreferences, useSaveNoticePreferences } from '../client/index.ts'
import type { NoticePreferences } from '../policy-record.ts'
import { KINDS } from '../words.ts'

/** How someone wants to be told: by which ways, when not, and of what only in the inbox. */
export function NoticePreferencesPanel() {
  const t = useTranslations('alerts.preferences')
  const { data, error, refetch } = useNoticePreferences()
  return (
    <Panel title={t('title')} hint={t('text')}>
      {data ? <Ways now={data} /> : error ? <ErrorState error={error} onRetry={refetch} /> : <SkeletonRows rows={3} />}
    </Panel>
  )
}

const USUAL = { from: '22:00', to: '07:00' }

function Ways({ now }: { now: NoticePreferences }) {
  const t = useTranslations('alerts.preferences')
  const kinds = useTranslations('alerts.kinds')
  const toast = useToast()
  const save = useSaveNoticePreferences()
  const change = (part: Partial<NoticePreferences>) =>
    save.mutate({ ...now, ...part }, { onError: () => toast({ message: t('saveFailed'), tone: 'danger' }) })
  const { quiet } = now
  const zone = now.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  const hour = (part: 'from' | 'to', value: string) => {
    if (!quiet || !/^\d\d:\d\d$/.test(value)) return
    const next = { ...quiet, [part]: value }
    if (next.from !== next.to) change({ quiet: next, zone })
  }
  return (
    <div className="grid gap-4">
      <div className="divide-y divide-line">
        <Switch label={t('push')} hint={t('pushHint')} checked={now.byPush} onChange={(byPush) => change({ byPush })} />
        <Switch
          label={t('email')}
          hint={t('emailHint')}
          checked={now.byEmail}
          onChange={(byEmail) => change({ byEmail })}
        />
        <Switch
          label={t('quiet')}
          hint={t('quietHint')}
          checked={quiet !== null}
          onChange={(on) => change({ quiet: on ? USUAL : null, zone })}
        />
      </div>
      {quiet && (
        <div className="grid max-w-md grid-cols-2 gap-3">
          <Field label={t('from')} hint={t('zone', { zone })}>
            <Input type="time" value={quiet.from} onChange={(event) => hour('from', event.target.value)} />
          </Field>
          <Field label={t('to')}>
            <Input type="time" value={quiet.to} onChange={(event) => hour('to', event.target.value)} />
          </Field>
        </div>
      )}
      <fieldset>
        <legend className="text-sm font-medium">{t('kinds')}</legend>
        <p className="text-sm text-ink-muted">{t('kindsHint')}</p>
        <div className="mt-1 grid gap-x-4 sm:grid-cols-2 lg:grid-cols-3">
          {KINDS.map((kind) => (
            <Checkbox
              key={kind}
              label={kinds(kind)}
              checked={now.muted.includes(kind)}
              onChange={(event) =>
                change({ muted: event.target.checked ? [...now.muted, kind] : now.muted.filter((one) => one !== kind) })
              }
            />
          ))}
        </div>
      </fieldset>
    </div>
  )
}
