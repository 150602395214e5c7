import { NoPermission } from '@opsflow/platform/web'

export default function NoPermissionPage() {
  return <NoPermission />
}
