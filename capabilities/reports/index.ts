export { type ReportsPermission, reportsPermissions } from './permissions.ts'
export { reportRoutes } from './routes.ts'
