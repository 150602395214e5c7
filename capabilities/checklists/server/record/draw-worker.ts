import { parentPort, workerData } from 'node:worker_threads'
import { drawSheet } from './draw-sheet.ts'
import type { ChecklistRecord } from './record.ts'
import { sheetOf } from './sheet.ts'
import type { SheetLanguage } from './sheet-words.ts'

export type Drawing = { record: ChecklistRecord; language: SheetLanguage }

const { record, language } = workerData as Drawing
parentPort?.postMessage(new Uint8Array(await drawSheet(sheetOf(record, language), language)))
