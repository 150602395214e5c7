import { placeOf } from '../../standing-answers.ts'
import { stepsOf } from '../../steps.ts'
import type { ChecklistRecord } from './record.ts'
import { answerText } from './sheet.ts'
import { type SheetLanguage, sheetWords } from './sheet-words.ts'

const HEADER = [
  ...['location', 'checklist', 'business_day', 'section', 'entry', 'question', 'answer', 'outcome', 'counts', 'note'],
  ...['photos', 'answered_by', 'answered_at', 'time_quality', 'tablet', 'question_id', 'answer_id'],
]

/** A record as rows for a spreadsheet: every answer to what was asked, in its order; times in UTC. */
export function recordTable(record: ChecklistRecord, language: SheetLanguage): string[][] {
  const { checklist, form, location, answers, units } = record
  const words = sheetWords[language]
  const rows = stepsOf(form.content, answers, units).flatMap(({ section, entry, item, answer: standing }) => {
    const place = placeOf({ itemId: item.id, entryId: entry?.id ?? null })
    const given = answers
      .filter((answer) => placeOf(answer) === place)
      .sort((one, other) => Date.parse(one.answeredAt) - Date.parse(other.answeredAt))
    return given.map((answer) => [
      ...[location.name, checklist.name, checklist.day, section.title, entry?.label ?? '', item.label],
      ...[answerText(item, answer, words), answer.outcome, answer.id === standing?.id ? 'yes' : 'no', answer.note],
      ...[String(answer.photos), answer.answeredBy?.name ?? '', answer.answeredAt, answer.timeQuality ?? ''],
      ...[answer.kiosk?.name ?? '', item.id, answer.id],
    ])
  })
  return [HEADER, ...rows]
}
