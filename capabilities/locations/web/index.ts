export { messages as locationsMessages } from './messages.ts'
export { PlacesScreen } from './places-screen.tsx'
