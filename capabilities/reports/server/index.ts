export { reportImplementations } from './http.ts'
export { startMailings } from './send-mailings.ts'
