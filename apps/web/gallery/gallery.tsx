'use client'
import {
  AppShell,
  Banner,
  Button,
  ButtonLink,
  EmptyState,
  ErrorState,
  Field,
  NoPermission,
  PageHeader,
  Panel,
  prefer,
  Select,
  SkeletonRows,
  Switch,
  usePreferences,
} from '@opsflow/platform/web'
import {
  BellOff,
  ChartLine,
  Keyboard,
  Languages,
  Layers,
  MousePointerClick,
  Palette,
  Route,
  Shapes,
  Sparkles,
  Table2,
  TextCursorInput,
  Type,
  WifiOff,
} from 'lucide-react'
import { Brand } from '../shell/brand.tsx'
import { useLocaleChoice } from '../shell/words.tsx'
import { Charts, Tables } from './data.tsx'
import { Fields, Keypads } from './fields.tsx'
import { Buttons, Colours, Statuses, TypeAndSpace } from './looks.tsx'
import { Motion, Moving } from './moving.tsx'
import { Overlays } from './overlays.tsx'
import { Part } from './part.tsx'
import { useWords } from './words.ts'

const icons = {
  colour: Palette,
  type: Type,
  buttons: MousePointerClick,
  fields: TextCursorInput,
  keypad: Keyboard,
  overlays: Layers,
  status: Shapes,
  tables: Table2,
  charts: ChartLine,
  moving: Route,
  motion: Sparkles,
} as const

/** Every component in its states, for review: what one sees here is what the screens are made of. */
export function Gallery() {
  const words = useWords()
  const locale = useLocaleChoice()
  const items = (Object.keys(icons) as (keyof typeof icons)[]).map((id, index) => {
    const Icon = icons[id]
    return { href: `#${id}`, label: words.sections[id], icon: <Icon aria-hidden />, current: index === 0 }
  })
  return (
    <AppShell
      brand={<Brand />}
      navigation={[{ id: 'parts', items }]}
      switcher={<p className="truncate px-2 font-semibold">{words.title}</p>}
      tools={
        <Button
          look="quiet"
          lang={locale === 'en' ? 'es' : 'en'}
          onClick={() => prefer({ locale: locale === 'en' ? 'es' : 'en' })}
        >
          <Languages aria-hidden />
          {words.language}
        </Button>
      }
    >
      <PageHeader
        title={words.title}
        text={words.text}
        actions={<ButtonLink href="/design/kiosk">{words.kiosk}</ButtonLink>}
      />
      <Appearance />
      <Colours />
      <TypeAndSpace />
      <Buttons />
      <Fields />
      <Keypads />
      <Overlays />
      <States />
      <Tables />
      <Charts />
      <Moving />
      <Motion />
    </AppShell>
  )
}

function Appearance() {
  const words = useWords()
  const { theme, density } = usePreferences()
  return (
    <div className="mb-6 grid items-end gap-x-8 gap-y-3 sm:max-w-xl sm:grid-cols-2">
      <Field label={words.theme}>
        <Select
          value={theme ?? 'system'}
          onChange={({ target }) =>
            prefer({ theme: target.value === 'system' ? undefined : (target.value as NonNullable<typeof theme>) })
          }
        >
          {(['system', 'light', 'dark', 'contrast'] as const).map((one) => (
            <option key={one} value={one}>
              {words.themes[one]}
            </option>
          ))}
        </Select>
      </Field>
      <Switch
        label={words.kitchen}
        checked={density === 'kitchen'}
        onChange={(on) => prefer({ density: on ? 'kitchen' : undefined })}
      />
    </div>
  )
}

function States() {
  const words = useWords()
  return (
    <Part id="status" title={words.sections.status}>
      <Statuses />
      <Banner tone="warn" icon={<WifiOff aria-hidden />}>
        {words.states.since}
      </Banner>
      <div className="grid items-start gap-4 md:grid-cols-2">
        <Panel title={words.states.empty} flush>
          <EmptyState compact icon={<BellOff aria-hidden />} title={words.states.empty}>
            {words.states.emptyText}
          </EmptyState>
        </Panel>
        <Panel title="503" flush>
          <ErrorState compact error={{ problem: { status: 503, requestId: '019a-busy' } }} onRetry={() => undefined} />
        </Panel>
        <Panel title="403" flush>
          <NoPermission />
        </Panel>
        <Panel title={words.buttons.busy}>
          <SkeletonRows rows={4} />
        </Panel>
      </div>
    </Part>
  )
}
