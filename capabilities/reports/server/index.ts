export { reportImplementations } from './http.ts'
