'use client'
import { Avatar, cx, UnsentMark } from '@opsflow/platform/web'
import { Circle, CircleCheck, CirclePlus, Info, OctagonAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useUnsentAnswers } from '../../client/index.ts'
import { isAnswered, type Step } from '../../steps.ts'
import type { Page } from './pages.ts'
import { ValueText } from './value-text.tsx'

/** Everything at a glance: what is done, by whom, what failed, what is owed. Each leads to its item. */
export function WholeList({ pages, onOpen }: { pages: readonly Page[]; onOpen: (key: string) => void }) {
  const t = useTranslations('doing.step')
  const groups = groupsOf(pages)
  return (
    <div className="grid gap-6">
      {groups.map(({ title, key, rows }) => (
        <section key={key}>
          {title && <h2 className="mb-2 text-sm font-semibold text-ink-muted">{title}</h2>}
          <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface">
            {rows.map((page) => (
              <li key={page.key}>
                <button
                  type="button"
                  onClick={() => onOpen(page.key)}
                  className="flex min-h-14 w-full items-center gap-3 px-4 py-2.5 text-start hover:bg-sunken"
                >
                  {page.kind === 'step' ? (
                    <Row step={page.step} />
                  ) : (
                    <>
                      <CirclePlus aria-hidden className="size-6 shrink-0 text-accent-ink" />
                      <span className="font-medium text-accent-ink">
                        {t('add', {
                          noun:
                            page.kind === 'add' && page.section.repeat?.per === 'entry' ? page.section.repeat.noun : '',
                        })}
                      </span>
                    </>
                  )}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function Row({ step: { item, answer, isMissing, isDisputed } }: { step: Step }) {
  const t = useTranslations('doing.step')
  const isUnsent = useUnsentAnswers().has(answer?.id ?? '')
  const given = isAnswered(answer) ? answer : undefined
  const fails = given?.outcome === 'fail'
  const Shape = item.kind === 'instruction' ? Info : fails ? OctagonAlert : given && !isMissing ? CircleCheck : Circle
  return (
    <>
      <Shape
        aria-hidden
        className={cx('size-6 shrink-0', fails ? 'text-danger' : given && !isMissing ? 'text-ok' : 'text-ink-muted')}
      />
      <span className="min-w-0 flex-1">
        <span className="block leading-snug font-medium text-pretty">{item.label}</span>
        <span className={cx('block text-sm', fails ? 'font-medium text-danger' : 'text-ink-muted')}>
          {isDisputed ? (
            t('disputed')
          ) : given ? (
            <ValueText item={item} answer={given} />
          ) : item.kind === 'instruction' ? (
            t('read')
          ) : isMissing ? (
            t('owed')
          ) : (
            t('optional')
          )}
        </span>
      </span>
      {isUnsent && <UnsentMark />}
      {given?.answeredBy && (
        <>
          <Avatar name={given.answeredBy.name} />
          <span className="sr-only">{given.answeredBy.name}</span>
        </>
      )}
    </>
  )
}

type Group = { key: string; title: string; rows: Exclude<Page, { kind: 'finish' }>[] }

function groupsOf(pages: readonly Page[]): Group[] {
  const groups: Group[] = []
  for (const page of pages) {
    if (page.kind === 'finish') continue
    const section = page.kind === 'step' ? page.step.section : page.section
    const entry = page.kind === 'step' ? page.step.entry : null
    const key = `${section.id} ${entry?.id ?? (page.kind === 'add' ? 'add' : '')}`
    const last = groups.at(-1)
    if (last?.key === key) last.rows.push(page)
    else
      groups.push({
        key,
        title: page.kind === 'add' ? '' : [section.title, entry?.label].filter(Boolean).join(' · '),
        rows: [page],
      })
  }
  return groups
}
