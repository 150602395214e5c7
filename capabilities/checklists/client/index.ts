export { digestOf, signingOf, useAnswer, useComplete, useEmpty, useSign, useVerify } from './doing.ts'
export { useOddities, useOdditiesLately, useRecord } from './record.ts'
export { useChecklistHere, useOpenChecklists, useTaskOf, useUnsentAnswers } from './rows.ts'
export * from './templates.ts'
