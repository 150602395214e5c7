'use client'
import { useAssignees } from '@opsflow/capabilities/tasks/client'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  ButtonLink,
  EmptyState,
  ErrorState,
  Field,
  Input,
  NoPermission,
  PageHeader,
  Panel,
  Select,
  SkeletonRows,
  useToast,
} from '@opsflow/platform/web'
import { ClipboardList } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import {
  useChangeSchedule,
  useMakeSchedule,
  useSchedule,
  useSchedulePreview,
  useTemplates,
} from '../../client/index.ts'
import type { ScheduleSummary, Timing } from '../../schedule.ts'
import { DaysFields } from './days-fields.tsx'
import { bodyOf, type Draft, draftOf, EVERYWHERE, lacking, newDraft, todayAtAny } from './draft.ts'
import { MarginsFields } from './margins-fields.tsx'
import { PreviewPanel } from './preview-panel.tsx'
import { ScheduleMenu } from './schedule-menu.tsx'
import { SeasonFields } from './season-fields.tsx'
import { TimesFields } from './times-fields.tsx'
import { WhereFields } from './where-fields.tsx'

type Whence = { onSaved: () => void }

/** A schedule that is being made. `templateId`: what it was asked for. */
export function NewScheduleScreen({ templateId, onSaved }: Whence & { templateId: string | undefined }) {
  const t = useTranslations('schedules')
  const viewer = useViewer()
  const templates = useTemplates('active')
  if (!viewer.can('checklists.manage')) return <NoPermission />
  if (templates.isPending) return <SkeletonRows rows={6} />
  if (templates.isError) return <ErrorState error={templates.error} onRetry={templates.refetch} />
  const published = templates.data.pages
    .flatMap(({ items }) => items)
    .filter(({ publishedVersion }) => publishedVersion !== null)
    .sort((one, other) => one.name.localeCompare(other.name))
  const asked = published.find(({ id }) => id === templateId)
  // Published a moment ago: the list that is at hand may be older than that.
  if (templateId !== undefined && !asked && templates.isFetching) return <SkeletonRows rows={6} />
  if (published.length === 0) {
    return (
      <EmptyState
        icon={<ClipboardList aria-hidden />}
        title={t('noTemplates')}
        action={<ButtonLink href="/settings/checklists">{t('toTemplates')}</ButtonLink>}
      >
        {t('noTemplatesText')}
      </EmptyState>
    )
  }
  const mine = viewer.locations.filter(({ id }) => viewer.can('checklists.manage', id))
  const target =
    viewer.canEverywhere('checklists.manage') || mine.length > 1
      ? EVERYWHERE
      : { ...EVERYWHERE, locations: mine.map(({ id }) => id) }
  return (
    <ScheduleForm
      first={newDraft(asked?.id ?? '', asked?.name ?? '', target, todayAtAny(mine.map(({ timezone }) => timezone)))}
      schedule={undefined}
      templates={published}
      onSaved={onSaved}
    />
  )
}

export function ScheduleScreen({ id, onSaved }: Whence & { id: string }) {
  const viewer = useViewer()
  const asked = useSchedule(id)
  if (!viewer.can('checklists.read')) return <NoPermission />
  if (asked.isPending) return <SkeletonRows rows={6} />
  if (asked.isError) return <ErrorState error={asked.error} onRetry={asked.refetch} />
  const { templateId, templateName, revision } = asked.data
  return (
    <ScheduleForm
      key={revision}
      first={draftOf(asked.data)}
      schedule={asked.data}
      templates={[{ id: templateId, name: templateName }]}
      onSaved={onSaved}
    />
  )
}

function ScheduleForm({
  first,
  schedule,
  templates,
  onSaved,
}: Whence & {
  first: Draft
  schedule: ScheduleSummary | undefined
  templates: readonly { id: string; name: string }[]
}) {
  const t = useTranslations('schedules')
  const viewer = useViewer()
  const toast = useToast()
  const [draft, setDraft] = useState(first)
  const [previewAt, setPreviewAt] = useState<string | null>(null)
  const [isTried, setTried] = useState(false)
  const make = useMakeSchedule()
  const change = useChangeSchedule()
  const isLimited = !viewer.canEverywhere('checklists.manage')
  const isFixed = schedule !== undefined && (!schedule.isMine || schedule.endedAt !== null)
  const lack = lacking(draft, isLimited)
  const preview = useSchedulePreview(
    useSettled(lack === undefined && !isFixed ? { ...bodyOf(draft), previewAt } : undefined),
  )
  const set = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }))
  const setTiming = (part: Partial<Timing>) => setDraft((now) => ({ ...now, timing: { ...now.timing, ...part } }))
  const error = make.error ?? change.error

  function chooseTemplate(templateId: string) {
    const before = templates.find(({ id }) => id === draft.templateId)?.name ?? ''
    const name = templates.find(({ id }) => id === templateId)?.name ?? ''
    set({ templateId, name: draft.name.trim() === '' || draft.name === before ? name : draft.name })
  }

  function save(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (lack !== undefined) return
    const { templateId: _, ...fields } = bodyOf(draft)
    const done = (message: string) => () => {
      toast({ message })
      onSaved()
    }
    if (schedule) {
      change.mutate({ id: schedule.id, revision: schedule.revision, ...fields }, { onSuccess: done(t('changed')) })
    } else make.mutate(bodyOf(draft), { onSuccess: done(t('made', { name: draft.name.trim() })) })
  }

  return (
    <form onSubmit={save} noValidate>
      <PageHeader
        title={schedule ? schedule.name : t('new')}
        text={schedule ? t('changeText') : t('newText')}
        back={{ href: '/settings/schedules', label: t('back') }}
        actions={schedule && <ScheduleMenu schedule={schedule} />}
      />
      {schedule?.endedAt && <p className="mb-4 text-sm text-ink-muted">{t('endedText')}</p>}
      {schedule?.pausedAt && !schedule.endedAt && <p className="mb-4 text-sm text-ink-muted">{t('pausedText')}</p>}
      {schedule && !schedule.isMine && <p className="mb-4 text-sm text-ink-muted">{t('readOnly')}</p>}
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem] xl:gap-6">
        <fieldset disabled={isFixed} className="grid min-w-0 gap-4">
          <legend className="sr-only">{t('title')}</legend>
          <Panel title={t('parts.what')}>
            <div className="grid gap-4 sm:grid-cols-2">
              <Field label={t('template')} error={isTried && lack === 'template' ? t('lack.template') : undefined}>
                <Select
                  value={draft.templateId}
                  disabled={schedule !== undefined}
                  onChange={({ target }) => chooseTemplate(target.value)}
                >
                  {draft.templateId === '' && <option value="">{t('choose')}</option>}
                  {templates.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </Select>
              </Field>
              <Field label={t('name')} error={isTried && lack === 'name' ? t('lack.name') : undefined}>
                <Input value={draft.name} maxLength={200} onChange={({ target }) => set({ name: target.value })} />
              </Field>
            </div>
          </Panel>
          <Panel title={t('parts.when')}>
            <div className="grid gap-5">
              <DaysFields recurrence={draft.timing.recurrence} onChange={(recurrence) => setTiming({ recurrence })} />
              <TimesFields slots={draft.timing.slots} onChange={(slots) => setTiming({ slots })} />
              <SeasonFields timing={draft.timing} onChange={setTiming} />
            </div>
          </Panel>
          <Panel title={t('parts.margins')}>
            <MarginsFields timing={draft.timing} onChange={setTiming} />
          </Panel>
          <Panel title={t('parts.who')}>
            <div className="grid gap-5">
              <RoleField role={draft.role} roleName={schedule?.roleName ?? null} onChange={(role) => set({ role })} />
              <WhereFields target={draft.target} isLimited={isLimited} onChange={(target) => set({ target })} />
            </div>
          </Panel>
        </fieldset>
        <div className="grid gap-4 xl:sticky xl:top-4">
          {!isFixed && (
            <PreviewPanel
              preview={preview}
              onPlace={setPreviewAt}
              lack={lack === undefined ? undefined : t(`lack.${lack}`)}
            />
          )}
          {schedule && !isFixed && <p className="text-sm text-ink-muted">{t('holds')}</p>}
          {error && (
            <p role="alert" className="rounded-lg border border-danger/40 bg-danger-tint px-3.5 py-3 text-sm">
              <RefusalWords error={error} />
            </p>
          )}
          {isTried && lack !== undefined && (
            <p role="alert" className="text-sm font-medium text-danger">
              {t(`lack.${lack}`)}
            </p>
          )}
          {!isFixed && (
            <Button look="primary" type="submit" className="w-full" busy={make.isPending || change.isPending}>
              {t(schedule ? 'save' : 'schedule')}
            </Button>
          )}
        </div>
      </div>
    </form>
  )
}

function RoleField({
  role,
  roleName,
  onChange,
}: {
  role: string | null
  roleName: string | null
  onChange: (role: string | null) => void
}) {
  const t = useTranslations('schedules.roles')
  const { locations } = useViewer()
  const { roles } = useAssignees(locations[0]?.id)
  const own = roles.some(({ id }) => id === role) || !role || role.startsWith('org:')
  return (
    <Field label={t('label')} hint={t('hint')}>
      <Select value={role ?? ''} onChange={({ target }) => onChange(target.value || null)}>
        <option value="">{t('anyone')}</option>
        {(['member', 'manager', 'admin'] as const).map((id) => (
          <option key={id} value={`org:${id}`}>
            {t(id)}
          </option>
        ))}
        {roles.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        {!own && <option value={role ?? ''}>{roleName}</option>}
      </Select>
    </Field>
  )
}

const KNOWN = [
  'schedule_changed_meanwhile',
  'schedule_ended',
  'schedule_not_yours',
  'template_unknown',
  'role_unknown',
  'location_unknown',
  'group_unknown',
] as const

function RefusalWords({ error }: { error: unknown }) {
  const t = useTranslations('schedules.refusal')
  const { code = '', name, message } = error as { code?: string } & Error
  const key = KNOWN.find((one) => `checklists.${one}` === code)
  return key ? t(key) : name === 'Unreachable' ? t('unreachable') : message
}

const SETTLE_MS = 350

/** What is still being typed is not asked about. */
function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value)
  const text = JSON.stringify(value)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a value is as its text is
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
