'use client'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { NavigationItem } from './app-shell.tsx'
import { Avatar } from './avatar.tsx'
import { cx } from './classes.ts'
import { Link } from './link.tsx'

/**
 * The frame of a shared tablet: who works now stands largest, beside the way to end it; few places, each a big target.
 * It is laid out for kitchen density.
 */
export function KioskShell({
  place,
  person,
  navigation,
  tools,
  children,
}: {
  place: ReactNode
  person?: { name: string; photo?: string | undefined } | undefined
  navigation: readonly NavigationItem[]
  /** The lock, above all. */
  tools: ReactNode
  children: ReactNode
}) {
  const t = useTranslations('ui')
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="glass sticky top-0 z-30 flex min-h-20 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-3 sm:px-6">
        {person && <Avatar name={person.name} photo={person.photo} size="medium" />}
        <div className="min-w-0 flex-1">
          <p className="truncate text-heading leading-tight font-semibold">
            {person && <span className="sr-only">{t('kiosk.working')}: </span>}
            {person?.name ?? place}
          </p>
          {person && <p className="truncate text-sm text-ink-muted">{place}</p>}
        </div>
        <div className="flex items-center gap-2">{tools}</div>
      </header>
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-5xl flex-1 p-4 outline-none sm:p-6">
        {children}
      </main>
      {navigation.length > 0 && (
        <nav
          aria-label={t('shell.navigation')}
          data-foot-bar
          className="glass sticky bottom-0 z-30 border-t border-line"
        >
          <ul className="mx-auto flex max-w-5xl">
            {navigation.map((item) => (
              <li key={item.href} className="min-w-0 flex-1">
                <Link
                  href={item.href}
                  aria-current={item.current ? 'page' : undefined}
                  className={cx(
                    'flex min-h-20 flex-col items-center justify-center gap-1.5 px-2 text-sm font-medium -outline-offset-2! [&_svg]:size-7',
                    item.current ? 'text-accent-ink' : 'text-ink-muted',
                  )}
                >
                  {item.icon}
                  <span className="max-w-full truncate">{item.label}</span>
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </div>
  )
}
