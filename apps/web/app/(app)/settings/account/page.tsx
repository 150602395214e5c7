import { AccountScreen } from '@opsflow/capabilities/people/web'

export default AccountScreen
