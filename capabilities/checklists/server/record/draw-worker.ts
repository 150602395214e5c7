import { parentPort, workerData } from 'node:worker_threads'
import { drawSheet } from './draw-sheet.ts'
import type { ChecklistRecord } from './record.ts'
import { sheetOf } from './sheet.ts'
import { type SheetLanguage, sheetWords } from './sheet-words.ts'

export type Drawing = { record: ChecklistRecord; language: SheetLanguage; address: string }

const { record, language, address } = workerData as Drawing
const verify = { address, caption: sheetWords[language].verify }
parentPort?.postMessage(new Uint8Array(await drawSheet(sheetOf(record, language), language, verify)))
