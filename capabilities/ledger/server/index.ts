export { ledgerImplementations } from './http.ts'
