export { FileImport } from './file-import.tsx'
export { LocationsFile } from './locations-file.tsx'
export { messages as locationsMessages } from './messages.ts'
export { PlacesScreen } from './places-screen.tsx'
