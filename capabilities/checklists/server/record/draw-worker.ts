import { drawHere } from '@opsflow/platform/server/paper/draw-here'
import { drawSheet } from './draw-sheet.ts'
import type { ChecklistRecord } from './record.ts'
import { sheetOf } from './sheet.ts'
import { type SheetLanguage, sheetWords } from './sheet-words.ts'

export type Drawing = { record: ChecklistRecord; language: SheetLanguage; address: string }

drawHere<Drawing>(({ record, language, address }) =>
  drawSheet(sheetOf(record, language), language, { address, caption: sheetWords[language].verify }),
)
