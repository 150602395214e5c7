import { useViewer } from '@opsflow/platform/client/viewer'
import { ButtonLink, Panel } from '@opsflow/platform/web'
import { Refrigerator, TabletSmartphone, UserPlus } from 'lucide-react'
import { useTranslations } from 'use-intl'

const steps = [
  { id: 'units', href: '/settings/units', permission: 'temperature.configure', Icon: Refrigerator },
  { id: 'people', href: '/settings/people', permission: 'people.manage', Icon: UserPlus },
  { id: 'tablets', href: '/settings/tablets', permission: 'kiosks.manage', Icon: TabletSmartphone },
] as const

/** What a new organization does first. It goes by itself with the first unit: from then on there is something to see. */
export function GettingStarted() {
  const t = useTranslations('app.gettingStarted')
  const { can } = useViewer()
  const own = steps.filter(({ permission }) => can(permission))
  if (own.length === 0) return null
  return (
    <Panel title={t('title')} flush>
      <ol className="divide-y divide-line">
        {own.map(({ id, href, Icon }, index) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-3 px-4 py-4 sm:px-5">
            <Icon aria-hidden className="size-6 shrink-0 text-accent-ink" />
            <div className="min-w-0 flex-1 basis-56">
              <h3 className="font-medium">{t(`${id}.title`)}</h3>
              <p className="text-sm text-ink-muted">{t(`${id}.text`)}</p>
            </div>
            <ButtonLink look={index === 0 ? 'primary' : 'secondary'} href={href}>
              {t(`${id}.action`)}
            </ButtonLink>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
