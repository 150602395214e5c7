'use client'
import { Ellipsis } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { cx } from './classes.ts'
import { Dialog } from './dialog.tsx'
import { Link } from './link.tsx'

export type NavigationItem = {
  href: string
  label: string
  icon: ReactNode
  /** How many things wait there for someone. */
  count?: number | undefined
  current: boolean
}
export type NavigationGroup = { id: string; label?: string; items: NavigationItem[] }

/** The frame of every screen: a sidebar on a desk, a rail on a tablet, a bar under the thumb on a phone. */
export function AppShell({
  brand,
  navigation,
  switcher,
  tools,
  banner,
  children,
}: {
  brand: ReactNode
  navigation: readonly NavigationGroup[]
  switcher: ReactNode
  tools: ReactNode
  banner?: ReactNode
  children: ReactNode
}) {
  const t = useTranslations('ui.shell')
  return (
    <div className="flex min-h-dvh">
      <a
        href="#content"
        className="fixed start-4 top-2 z-50 -translate-y-20 print:hidden rounded-lg bg-accent px-4 py-3 text-sm font-medium text-on-accent focus:translate-y-0"
      >
        {t('skip')}
      </a>
      <Sidebar brand={brand} navigation={navigation} />
      <Rail brand={brand} navigation={navigation} />
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="glass sticky top-0 z-30 flex print:hidden h-16 items-center gap-2 border-b border-line px-3 sm:px-6">
          <div className="min-w-0 flex-1">{switcher}</div>
          <div className="flex shrink-0 items-center gap-0.5">{tools}</div>
        </header>
        {banner}
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto w-full max-w-[88rem] flex-1 px-4 pt-5 pb-28 outline-none sm:px-6 sm:pt-7 md:pb-12"
        >
          {children}
        </main>
      </div>
      <BottomBar navigation={navigation} />
    </div>
  )
}

function Sidebar({ brand, navigation }: { brand: ReactNode; navigation: readonly NavigationGroup[] }) {
  const t = useTranslations('ui.shell')
  return (
    <div className="sticky top-0 hidden h-dvh w-60 shrink-0 flex-col border-e border-line bg-surface lg:flex print:hidden">
      <div className="flex h-16 items-center px-5">{brand}</div>
      <nav aria-label={t('navigation')} className="flex-1 overflow-y-auto px-3 pb-6">
        {navigation.map((group) => (
          <div key={group.id} className="mt-2 first:mt-0">
            {group.label && <p className="px-3 pt-3 pb-1.5 text-xs font-medium text-ink-muted">{group.label}</p>}
            <ul className="grid gap-0.5">
              {group.items.map((item) => (
                <li key={item.href}>
                  <RowLink item={item} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
    </div>
  )
}

function RowLink({ item, onClick }: { item: NavigationItem; onClick?: () => void }) {
  return (
    <Link
      href={item.href}
      aria-current={item.current ? 'page' : undefined}
      onClick={onClick}
      className={cx(
        'flex min-h-target items-center gap-3 rounded-lg px-3 text-sm font-medium transition-colors [&_svg]:size-[1.125rem]',
        item.current ? 'bg-sunken text-ink [&_svg]:text-accent-ink' : 'text-ink-muted hover:bg-sunken hover:text-ink',
      )}
    >
      {item.icon}
      <span className="flex-1 truncate">{item.label}</span>
      <Count of={item.count} />
    </Link>
  )
}

/** Icon above word, as on a phone, down the side: a tablet keeps its width for the work. */
function Rail({ brand, navigation }: { brand: ReactNode; navigation: readonly NavigationGroup[] }) {
  const t = useTranslations('ui.shell')
  return (
    <div className="sticky top-0 hidden h-dvh w-22 shrink-0 flex-col border-e border-line bg-surface md:flex lg:hidden print:hidden">
      {/* Only its mark has room here. */}
      <div className="mx-auto flex h-16 w-7 shrink-0 items-center overflow-hidden">{brand}</div>
      <nav aria-label={t('navigation')} className="flex-1 overflow-y-auto px-1.5 pb-4">
        {navigation.map((group) => (
          <ul key={group.id} className="grid gap-0.5 border-line not-first:mt-2 not-first:border-t not-first:pt-2">
            {group.items.map((item) => (
              <li key={item.href}>
                <Link
                  href={item.href}
                  aria-current={item.current ? 'page' : undefined}
                  className={cx(barClass(item.current), 'rounded-lg px-1 text-center', item.current && 'bg-sunken')}
                >
                  <IconWithCount item={item} />
                  <span className="line-clamp-2 max-w-full leading-tight hyphens-auto">{item.label}</span>
                </Link>
              </li>
            ))}
          </ul>
        ))}
      </nav>
    </div>
  )
}

const IconWithCount = ({ item }: { item: NavigationItem }) => (
  <span className="relative">
    {item.icon}
    {item.count ? (
      <span className="absolute -end-3.5 -top-1.5">
        <Count of={item.count} />
      </span>
    ) : null}
  </span>
)

const Count = ({ of }: { of: number | undefined }) =>
  of ? (
    <span className="min-w-5 rounded-full bg-danger px-1.5 text-center text-xs leading-5 font-semibold tabular-nums text-on-danger">
      {of > 99 ? '99+' : of}
    </span>
  ) : null

const placesInBar = 4

function BottomBar({ navigation }: { navigation: readonly NavigationGroup[] }) {
  const t = useTranslations('ui.shell')
  const [more, setMore] = useState(false)
  const items = navigation.flatMap((group) => group.items)
  return (
    <nav
      aria-label={t('navigation')}
      className="glass fixed inset-x-0 bottom-0 z-30 border-t border-line pb-[env(safe-area-inset-bottom)] md:hidden print:hidden"
    >
      <ul className="mx-auto flex max-w-xl">
        {items.slice(0, placesInBar).map((item) => (
          <li key={item.href} className="min-w-0 flex-1">
            <Link href={item.href} aria-current={item.current ? 'page' : undefined} className={barClass(item.current)}>
              <IconWithCount item={item} />
              <span className="max-w-full truncate">{item.label}</span>
            </Link>
          </li>
        ))}
        {items.length > placesInBar && (
          <li className="min-w-0 flex-1">
            <button type="button" onClick={() => setMore(true)} className={cx(barClass(false), 'w-full')}>
              <Ellipsis aria-hidden />
              {t('more')}
            </button>
          </li>
        )}
      </ul>
      <Dialog open={more} onClose={() => setMore(false)} title={t('more')} place="sheet">
        <ul className="grid gap-0.5">
          {items.slice(placesInBar).map((item) => (
            <li key={item.href}>
              <RowLink item={item} onClick={() => setMore(false)} />
            </li>
          ))}
        </ul>
      </Dialog>
    </nav>
  )
}

const barClass = (current: boolean) =>
  cx(
    'flex min-h-16 flex-col items-center justify-center gap-1 text-[0.6875rem] font-medium -outline-offset-2! [&_svg]:size-5',
    current ? 'text-accent-ink' : 'text-ink-muted',
  )

/** The head of a page: what it is, and the one thing to do here. */
export function PageHeader({
  title,
  text,
  actions,
  back,
}: {
  title: ReactNode
  text?: ReactNode
  actions?: ReactNode
  back?: { href: string; label: string }
}) {
  return (
    <div className="mb-5 flex flex-wrap items-end gap-x-4 gap-y-3 sm:mb-6">
      <div className="min-w-0 flex-1 max-sm:basis-full">
        {back && (
          <Link
            href={back.href}
            className="-ms-1 -mt-2.5 -mb-2 inline-flex min-h-target items-center rounded px-1 text-sm text-ink-muted hover:text-ink"
          >
            ← {back.label}
          </Link>
        )}
        <h1 className="text-[1.5rem] leading-tight font-semibold tracking-[-0.022em] text-balance sm:text-[1.625rem]">
          {title}
        </h1>
        {text && <div className="mt-1 text-[0.9375rem] text-ink-muted">{text}</div>}
      </div>
      {actions && <div className="flex flex-wrap gap-2 max-sm:w-full max-sm:*:flex-1">{actions}</div>}
    </div>
  )
}
