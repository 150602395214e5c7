import { drawInWorker } from '@opsflow/platform/server/paper/in-worker'
import type { Drawing } from './draw-worker.ts'
import type { ChecklistRecord } from './record.ts'
import type { SheetLanguage } from './sheet-words.ts'

/** The record as a PDF, with the address it can be verified at. */
export const drawRecord = (record: ChecklistRecord, language: SheetLanguage, address: string): Promise<Uint8Array> =>
  drawInWorker(new URL('./draw-worker.ts', import.meta.url), { record, language, address } satisfies Drawing)
