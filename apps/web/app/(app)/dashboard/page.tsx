import type { Metadata } from 'next'
import { RoleDashboard } from '../../../dashboard/role-dashboard.tsx'

export const metadata: Metadata = { title: 'Dashboard' }

export default RoleDashboard
