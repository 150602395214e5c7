'use client'
import { Button, ErrorState, Panel, RelativeTime, SkeletonRows, StatusBadge, useToast } from '@opsflow/platform/web'
import { BellOff, BellRing, MonitorSmartphone, Share } from 'lucide-react'
import type { ReactNode } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { type PushHere, usePush, useRemovePushDevice, useTestPush, useTurnPushOn } from '../client/index.ts'
import type { PushDevice, PushState } from '../push.ts'
import { deviceOf } from './device-of.ts'

/** Messages on this device while the app is closed, and the other devices they go to. */
export function PushCard({ memberId }: { memberId: string }) {
  const t = useTranslations('people.push')
  const { data, here, isError, error, refetch } = usePush()
  return (
    <Panel title={t('title')}>
      {isError ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : !data || !here ? (
        <SkeletonRows rows={2} />
      ) : (
        <div className="grid gap-5">
          <HereNow here={here}>
            {here === 'off' && <TurnOn memberId={memberId} state={data} />}
            {here === 'on' && <Test device={data.devices.find(({ current }) => current)} />}
          </HereNow>
          {data.devices.length > 0 && <Devices memberId={memberId} devices={data.devices} />}
        </div>
      )}
    </Panel>
  )
}

const icons: Record<PushHere, ReactNode> = {
  on: <BellRing aria-hidden />,
  off: <BellOff aria-hidden />,
  denied: <BellOff aria-hidden />,
  elsewhere: <Share aria-hidden />,
  unsupported: <BellOff aria-hidden />,
  'off-everywhere': <BellOff aria-hidden />,
}

/** How it stands on this device, and what can be done about it. */
function HereNow({ here, children }: { here: PushHere; children: ReactNode }) {
  const t = useTranslations('people.push')
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
      <span className={here === 'on' ? 'text-ok [&_svg]:size-5' : 'text-ink-muted [&_svg]:size-5'}>{icons[here]}</span>
      <div className="min-w-56 flex-1">
        <p className="font-medium">{t(`here.${here}`)}</p>
        <p className="mt-0.5 max-w-prose text-sm text-ink-muted">{t(`hereText.${here}`)}</p>
      </div>
      {children}
    </div>
  )
}

function TurnOn({ memberId, state }: { memberId: string; state: PushState }) {
  const t = useTranslations('people.push')
  const turnOn = useTurnPushOn(memberId)
  return (
    <div className="grid justify-items-end gap-1">
      <Button look="primary" busy={turnOn.isPending} onClick={() => turnOn.mutate(state)}>
        {t('turnOn')}
      </Button>
      {(turnOn.isError || turnOn.data === 'refused') && (
        <p role="alert" className="text-sm font-medium text-danger">
          {t(turnOn.isError ? 'failed' : 'refused')}
        </p>
      )}
    </div>
  )
}

function Test({ device }: { device: PushDevice | undefined }) {
  const t = useTranslations('people.push')
  const language = useLocale() as 'en' | 'es'
  const test = useTestPush()
  const toast = useToast()
  if (!device) return null
  const send = () =>
    test.mutate(
      { id: device.id, language },
      {
        onSuccess: ({ outcome }) =>
          toast({ message: t(`tested.${outcome}`), tone: outcome === 'sent' ? 'ok' : 'danger' }),
        onError: (error) =>
          toast({
            message: t((error as { code?: string }).code === 'people.push_test_soon' ? 'testSoon' : 'tested.failed'),
            tone: 'danger',
          }),
      },
    )
  return (
    <Button busy={test.isPending} onClick={send}>
      {t('test')}
    </Button>
  )
}

function Devices({ memberId, devices }: { memberId: string; devices: readonly PushDevice[] }) {
  const t = useTranslations('people.push')
  const remove = useRemovePushDevice(memberId)
  return (
    <section aria-label={t('devices')}>
      <h3 className="text-sm font-medium text-ink-muted">{t('devices')}</h3>
      <ul className="divide-y divide-line">
        {devices.map((device) => (
          <li key={device.id} className="flex items-center gap-x-4 py-1.5">
            <MonitorSmartphone aria-hidden className="size-5 shrink-0 text-ink-muted" />
            <span className="min-w-0 flex-1">
              <span className="flex flex-wrap items-center gap-2 font-medium">
                {deviceOf(device.userAgent) ?? t('unknown')}
                {device.current && <StatusBadge tone="accent">{t('current')}</StatusBadge>}
              </span>
              <span className="block text-sm text-ink-muted">
                {device.lastSentAt === null
                  ? t('nothingYet')
                  : t.rich('last', { when: () => <RelativeTime at={device.lastSentAt as string} /> })}
              </span>
            </span>
            <Button
              look="quiet"
              busy={remove.isPending && remove.variables.id === device.id}
              onClick={() => remove.mutate(device)}
            >
              {t('remove')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
