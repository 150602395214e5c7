export { type LedgerPermission, ledgerPermissions } from './permissions.ts'
export { ledgerRoutes } from './routes.ts'
