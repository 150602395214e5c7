import { drawInWorker } from '@opsflow/platform/server/paper/in-worker'
import type { Drawing } from './draw-worker.ts'
import type { ChecklistRecord } from './record.ts'
import type { SheetLanguage } from './sheet-words.ts'

/** The record as a PDF. */
export const drawRecord = (record: ChecklistRecord, language: SheetLanguage): Promise<Uint8Array> =>
  drawInWorker(new URL('./draw-worker.ts', import.meta.url), { record, language } satisfies Drawing)
