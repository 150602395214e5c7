'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, ErrorState, Panel, PickPicture, SkeletonRows, useToast } from '@opsflow/platform/web'
import { ImageUp } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useChooseLogo, useLogoInUse, useSendLogo } from '../client/index.ts'
import type { Logo } from '../logo.ts'
import { LogoRefusal } from './logo-refusal.tsx'

const themes = ['light', 'dark'] as const

/** What stands at the head of papers and before inspectors, as it will look on light and on dark. */
export default function LogoPanel() {
  const t = useTranslations('people.logo')
  const logo = useLogoInUse()
  const send = useSendLogo()
  const choose = useChooseLogo()
  const toast = useToast()
  const pick = ([file]: readonly File[]) =>
    file && send.mutate(file, { onSuccess: () => toast({ message: t('saved') }) })
  const remove = ({ id }: Logo) =>
    choose.mutate(null, {
      onSuccess: () => toast({ message: t('removed'), undo: () => choose.mutate(id) }),
    })
  if (logo.isPending) return <SkeletonRows rows={2} />
  if (logo.isError) return <ErrorState error={logo.error} onRetry={() => void logo.refetch()} />
  return (
    <Panel title={t('title')}>
      <div className="grid gap-4">
        <p className="max-w-2xl text-[0.9375rem] text-ink-muted">{t('text')}</p>
        {logo.data && (
          <div className="grid gap-3 sm:grid-cols-2">
            {themes.map((theme) => (
              <Preview key={theme} theme={theme} logo={logo.data as Logo} />
            ))}
          </div>
        )}
        {(send.error ?? choose.error) && <LogoRefusal error={send.error ?? choose.error} />}
        <div className="flex flex-wrap gap-2">
          <PickPicture icon={<ImageUp aria-hidden />} busy={send.isPending} single onPick={pick}>
            {t(logo.data ? 'another' : 'choose')}
          </PickPicture>
          {logo.data && (
            <Button busy={choose.isPending} onClick={() => remove(logo.data as Logo)}>
              {t('remove')}
            </Button>
          )}
        </div>
        <p className="text-sm text-ink-muted">{t('kinds')}</p>
      </div>
    </Panel>
  )
}

/** A plate stands behind it where it could not be made out. */
function Preview({ theme, logo }: { theme: (typeof themes)[number]; logo: Logo }) {
  const t = useTranslations('people.logo')
  const { organizationId } = useViewer()
  const vanishes = theme === 'light' ? logo.vanishesOnLight : logo.vanishesOnDark
  return (
    <section
      data-theme={theme}
      aria-label={t(`on.${theme}`)}
      className="grid content-start gap-3 rounded-xl border border-line bg-canvas p-4 text-ink"
    >
      <p className="text-fine font-medium text-ink-muted">{t(`on.${theme}`)}</p>
      <span
        data-theme={vanishes ? (theme === 'light' ? 'dark' : 'light') : theme}
        className={vanishes ? 'justify-self-start rounded-lg bg-canvas p-2' : 'justify-self-start'}
      >
        <img
          src={`/api/v1/organization-logos/${logo.id}?${new URLSearchParams({ organizationId })}`}
          alt={t('alt')}
          width={logo.width}
          height={logo.height}
          className="max-h-16 w-auto max-w-full"
        />
      </span>
      {vanishes && <p className="text-sm text-ink-muted">{t('plate')}</p>}
    </section>
  )
}
