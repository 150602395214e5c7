export { KioskScreen } from './kiosk-screen.tsx'
export { messages as kiosksMessages } from './messages.ts'
export { OwnPinScreen } from './own-pin-screen.tsx'
export { TabletsScreen } from './tablets-screen.tsx'
