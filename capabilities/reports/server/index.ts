export { reportImplementations } from './http.ts'
export { lookAfterMailings, startMailings } from './send-mailings.ts'
