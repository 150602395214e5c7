export { ImportAuditsScreen } from './import-audits-screen.tsx'
export { messages as importsMessages } from './messages.ts'
