import { type Task, titleOf } from '@opsflow/capabilities/tasks'
import type { Kind } from '../words.ts'
import { noticeWords } from './notice-words.ts'
import type { Addressee, Said } from './way-out.ts'

/** A matter as a notice tells of it. */
export type Told = {
  matterId: string
  kind: Kind
  isCritical: boolean
  name: string
  said: Task['said']
  place: string
  zone: string
  since: string
  round: number
  breaksQuiet: boolean
  organizationSlug: string
}

/** What one person is told at once: of one matter by its name, of many by their number. Null: there is nothing to say. */
export function say(told: readonly Told[], { language }: Pick<Addressee, 'language'>): Said | null {
  const [first] = told
  const nameOf = (one: Told) => titleOf({ ...one, title: one.name }, language)
  if (!first) return null
  const words = noticeWords[language]
  const time = ({ since, zone }: Told) =>
    new Intl.DateTimeFormat(language, {
      hour: 'numeric',
      minute: '2-digit',
      timeZone: zone,
      timeZoneName: 'short',
    }).format(new Date(since))
  const broken = [...new Set(told.filter(({ breaksQuiet }) => breaksQuiet).map(({ kind }) => words.kinds[kind]))]
  const because = broken.length > 0 ? [words.quiet(broken.join(', '))] : []
  const common = { organizationSlug: first.organizationSlug, isUrgent: told.some(({ isCritical }) => isCritical) }
  if (told.length === 1) {
    const again = first.round > 1 ? [words.again] : []
    return {
      ...common,
      title: words.title[first.kind](nameOf(first)),
      lines: [words.since(first.place, time(first)), ...again, ...because],
      url: `/inbox?id=${first.matterId}`,
      tag: `matter ${first.matterId}`,
    }
  }
  const places = new Set(told.map(({ place }) => place))
  const kinds = new Set(told.map(({ kind }) => kind))
  const isAlike = places.size === 1 && kinds.size === 1
  return {
    ...common,
    title: isAlike
      ? words.many[first.kind](told.length, first.place)
      : words.mixed(told.length, places.size, first.place),
    lines: [
      ...told
        .slice(0, LISTED)
        .map((one) => `${words.title[one.kind](nameOf(one))} (${words.since(one.place, time(one)).slice(0, -1)})`),
      ...because,
    ],
    url: '/inbox',
    tag: 'matters',
  }
}

const LISTED = 20

/** Takes the place of what was said of it. */
export const sayOver = (one: Told, { language }: Pick<Addressee, 'language'>): Said => ({
  title: noticeWords[language].over(
    noticeWords[language].title[one.kind](titleOf({ ...one, title: one.name }, language)),
  ),
  lines: [noticeWords[language].overText(one.place)],
  url: `/inbox?id=${one.matterId}`,
  tag: `matter ${one.matterId}`,
  isUrgent: false,
  organizationSlug: one.organizationSlug,
})
