import type { Matter } from '../matter.ts'

/** The page of what it is about: where it is done, or what became of it. */
export function causeHref({ subject, closedAt }: Pick<Matter, 'subject' | 'closedAt'>): string {
  switch (subject.kind) {
    case 'checklist':
      return `/checklists/${closedAt === null ? 'do' : 'record'}?id=${subject.id}`
    case 'task':
      return `/tasks/one?id=${subject.id}`
    case 'alarm':
      return '/alarms'
    case 'mutation':
      return '/needs-attention'
  }
}
