export { InspectionScreen } from './inspection-screen.tsx'
export { InspectorScreen } from './inspector-screen.tsx'
export { messages as reportsMessages } from './messages.ts'
export { VerifyScreen } from './verify-screen.tsx'
